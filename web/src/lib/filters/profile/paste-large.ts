/** Characters from which a browser's own way of pasting, line by line, keeps a page waiting. */
const LARGE = 20_000

/** Puts a long text from the clipboard into a text field at once. */
export function pasteLarge(event: ClipboardEvent & { currentTarget: HTMLTextAreaElement }): void {
  const text = event.clipboardData?.getData('text/plain') ?? ''
  const area = event.currentTarget
  if (text.length < LARGE || area.readOnly) return
  event.preventDefault()
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end')
  area.dispatchEvent(new Event('input', { bubbles: true }))
}
