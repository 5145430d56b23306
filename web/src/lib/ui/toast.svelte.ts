interface Toast {
  text: string
  /** One act: Undo. */
  action?: { label: string; run: () => void }
}

/** The one note at a time above the tabs. Never for errors, and never the only place of a result. */
class Toaster {
  current = $state.raw<Toast | null>(null)

  show(text: string, action?: Toast['action']): void {
    this.current = action === undefined ? { text } : { text, action }
  }

  hide(): void {
    this.current = null
  }
}

export const toaster = new Toaster()
