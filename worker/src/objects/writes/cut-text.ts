/**
 * Cuts a text into parts of at most `most` UTF-16 units, never inside of a surrogate pair: half a pair does not survive
 * being stored. 150,000 units are 450 kB of UTF-8 at the most, below the 500 kB a row should have.
 */
export function cutText(text: string, most = 150_000): string[] {
  const parts: string[] = []
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + most, text.length)
    const code = text.charCodeAt(end - 1)
    if (end < text.length && code >= 0xd800 && code <= 0xdbff) end -= 1
    parts.push(text.slice(start, end))
    start = end
  }
  return parts
}
