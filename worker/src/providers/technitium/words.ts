/** A value of a server's answer as text; what is no plain value is nothing. */
export const plainText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

/** One field of canonical record text, unescaped: `quoted` fields are character-strings, the others words. */
export interface Word {
  text: string
  quoted: boolean
  /** As it stands in the rdata, escapes and all. */
  raw: string
}

/**
 * Cuts canonical rdata into its fields. `\DDD` becomes the character of that byte, `\x` becomes x. The text is canonical,
 * so quotes are balanced and fields are parted by single spaces.
 */
export function words(rdata: string): Word[] {
  const found: Word[] = []
  let text = ''
  let quoted = false
  let inside = false
  let start = 0
  const push = (end: number) => {
    if (text !== '' || quoted) found.push({ text, quoted, raw: rdata.slice(start, end) })
    text = ''
    quoted = false
    start = end + 1
  }
  for (let at = 0; at < rdata.length; at += 1) {
    const char = rdata.charAt(at)
    if (char === '"') {
      inside = !inside
      quoted = true
    } else if (char === '\\') {
      const code = /^\d{3}/.exec(rdata.slice(at + 1, at + 4))?.[0]
      text += code === undefined ? rdata.charAt(at + 1) : String.fromCharCode(Number(code))
      at += code === undefined ? 1 : 3
    } else if (char === ' ' && !inside) push(at)
    else text += char
  }
  push(rdata.length)
  return found
}

/** A character-string in canonical form: quoted, with everything outside of printable ASCII as `\DDD` of its UTF-8 bytes. */
export function quote(text: string): string {
  let out = ''
  for (const byte of new TextEncoder().encode(text)) {
    if (byte === 0x22 || byte === 0x5c) out += `\\${String.fromCharCode(byte)}`
    else if (byte >= 0x20 && byte < 0x7f) out += String.fromCharCode(byte)
    else out += `\\${String(byte).padStart(3, '0')}`
  }
  return `"${out}"`
}
