import type { Attachment } from 'svelte/attachments'

/**
 * Shows a `<dialog>` as a modal while it is in the page. The browser makes the rest inert and keeps the focus inside;
 * on the way out the focus returns to the element that had it. Escape and a press on the backdrop call `close`.
 */
export function modal(close: () => void): Attachment<HTMLDialogElement> {
  return (dialog) => {
    const opener = document.activeElement
    dialog.showModal()
    // The page behind must not scroll away under a finger.
    const { overflow } = document.documentElement.style
    document.documentElement.style.overflow = 'hidden'

    const onCancel = (event: Event) => {
      event.preventDefault()
      close()
    }
    // A drag that began inside (selecting text) may end on the backdrop: only a whole press there closes.
    let pressedOutside = false
    const onDown = (event: PointerEvent) => {
      pressedOutside = event.target === dialog
    }
    const onClick = (event: MouseEvent) => {
      if (pressedOutside && event.target === dialog) close()
    }
    dialog.addEventListener('cancel', onCancel)
    dialog.addEventListener('pointerdown', onDown)
    dialog.addEventListener('click', onClick)

    return () => {
      dialog.removeEventListener('cancel', onCancel)
      dialog.removeEventListener('pointerdown', onDown)
      dialog.removeEventListener('click', onClick)
      dialog.close()
      document.documentElement.style.overflow = overflow
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
    }
  }
}
