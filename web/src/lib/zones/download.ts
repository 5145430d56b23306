/** Gives a text to the browser to save as a file. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has begun reading by then.
  setTimeout(() => {
    URL.revokeObjectURL(url)
  }, 10_000)
}
