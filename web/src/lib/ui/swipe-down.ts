import type { Attachment } from 'svelte/attachments'

/** Drags the parent of a handle down with the finger; beyond 90 px it calls `close`, otherwise it springs back. */
export function swipeDown(close: () => void): Attachment<HTMLElement> {
  return (handle) => {
    const sheet = handle.parentElement
    if (sheet === null) return
    let start: number | null = null

    const down = (event: PointerEvent) => {
      start = event.clientY
      handle.setPointerCapture(event.pointerId)
    }
    const move = (event: PointerEvent) => {
      if (start !== null) sheet.style.translate = `0 ${Math.max(0, event.clientY - start)}px`
    }
    const up = (event: PointerEvent) => {
      if (start === null) return
      const far = event.clientY - start > 90
      start = null
      sheet.style.translate = ''
      if (far) close()
    }
    handle.addEventListener('pointerdown', down)
    handle.addEventListener('pointermove', move)
    handle.addEventListener('pointerup', up)
    handle.addEventListener('pointercancel', up)
    return () => {
      handle.removeEventListener('pointerdown', down)
      handle.removeEventListener('pointermove', move)
      handle.removeEventListener('pointerup', up)
      handle.removeEventListener('pointercancel', up)
    }
  }
}
