import { quickName } from '../../names.ts'

/**
 * The usual spellings of the types that zones are full of, read in one pass without making words of them. Each gives the
 * canonical text, or null for anything unusual or wrong, which then goes the careful way and gets its sentence there.
 */

/** Numbers of 16 bits with single spaces, then a host: MX, SRV and their like. */
export const quickHost =
  (numbers: number) =>
  (text: string, origin: string): string | null => {
    let at = 0
    for (let i = 0; i < numbers; i++) {
      let value = 0
      const start = at
      for (; at < text.length; at++) {
        const digit = text.charCodeAt(at) - 48
        if (digit < 0 || digit > 9) break
        value = value * 10 + digit
      }
      const leadingZero = text.charCodeAt(start) === 48 && at - start > 1
      if (at === start || at - start > 5 || value > 65535 || leadingZero || text.charCodeAt(at) !== 32) return null
      at++
    }
    if (at === 0) return quickName(text, origin)
    const typed = text.slice(at)
    const name = quickName(typed, origin)
    return name === null ? null : name === typed ? text : text.slice(0, at) + name
  }

/** Quoted strings of plain ASCII with single spaces between: TXT as everyone writes it. */
export function quickStrings(text: string): string | null {
  const length = text.length
  for (let i = 0; i < length; i++) {
    if (text.charCodeAt(i) !== 34) return null
    const start = ++i
    for (; i < length; i++) {
      const code = text.charCodeAt(i)
      if (code === 34) break
      if (code === 92 || code < 32 || code > 126) return null
    }
    if (i === length || i - start > 255) return null
    if (++i === length) return text
    if (text.charCodeAt(i) !== 32) return null
  }
  return null
}
