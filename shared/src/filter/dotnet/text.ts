/**
 * How .NET sees text, where that is not how JavaScript sees it. The app is a .NET program; whether an entry matches hangs
 * on its notions of white space and of case.
 */

/** `char.IsWhiteSpace`: with U+0085, without U+FEFF. */
const SPACE = '\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, 'gu')
const BLANK = new RegExp(`^[${SPACE}]*$`, 'u')

/** `string.Trim()`. */
export function trim(text: string): string {
  return text.replace(ENDS, '')
}

/** `string.IsNullOrWhiteSpace`. */
export function isBlank(text: string | null): boolean {
  return text === null || BLANK.test(text)
}

/**
 * A text such that two are the same when `OrdinalIgnoreCase` says so: the simple upper case of each character (the lower
 * case where upper case would take two), without ı and ſ, which keep to themselves.
 */
export function fold(text: string): string {
  if (isAscii(text)) return text.toUpperCase()
  let folded = ''
  for (const character of text) {
    if (character === 'ı' || character === 'ſ') folded += character
    else {
      const upper = character.toUpperCase()
      folded += upper.length === character.length ? upper : character.toLowerCase()
    }
  }
  return folded
}

export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}

/** What `Encoding.ASCII` leaves of a text: a question mark for every UTF-16 unit outside of ASCII. */
export function toAscii(text: string): string {
  return text.replace(/[^\0-\u007f]/g, '?')
}
