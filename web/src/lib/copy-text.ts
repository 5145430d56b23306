/** Puts a text onto the clipboard. False when the browser has none for this page: without HTTPS, or when it is not allowed. */
export function copyText(text: string): Promise<boolean> {
  return Promise.resolve()
    .then(() => navigator.clipboard.writeText(text))
    .then(
      () => true,
      () => false,
    )
}
