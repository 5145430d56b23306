/**
 * Short cuts for the rdata of common types: each looks at the text in place and answers where it ends when it is
 * canonical already, or −1 when the full reader must look. They accept less than `canonicalRdata` and never more.
 */
const TAB = 9
const SPACE = 32
const QUOTE = 34
const DOT = 46
const COLON = 58
const BACKSLASH = 92

/** Does `code` end a field? Blank, line break or the start of a comment. */
function endsField(code: number): boolean {
  return code === SPACE || code === 10 || code === 13 || code === TAB || code === 59
}

/** Four decimal numbers without leading zeros. */
export function endOfIpv4(text: string, pos: number): number {
  for (let part = 0; ; part++) {
    let code = text.charCodeAt(pos)
    if (code < 48 || code > 57) return -1
    let value = code - 48
    const zero = value === 0
    code = text.charCodeAt(++pos)
    while (code >= 48 && code <= 57) {
      value = value * 10 + code - 48
      if (zero || value > 255) return -1
      code = text.charCodeAt(++pos)
    }
    if (part === 3) return endsField(code) ? pos : -1
    if (code !== DOT) return -1
    pos++
  }
}

/** An IPv6 address already as RFC 5952 writes it; IPv4-mapped ones are left to the full reader. */
export function endOfIpv6(text: string, pos: number): number {
  let groups = 0
  let gap = -1
  let zeros = 0
  let longestZeros = 0
  let code = text.charCodeAt(pos)
  if (code === COLON) {
    if (text.charCodeAt(pos + 1) !== COLON) return -1
    gap = 0
    pos += 2
    code = text.charCodeAt(pos)
    if (endsField(code)) return pos
  }
  for (;;) {
    const start = pos
    const first = code
    while ((code >= 48 && code <= 57) || (code >= 97 && code <= 102)) code = text.charCodeAt(++pos)
    const length = pos - start
    if (length === 0 || length > 4 || (first === 48 && length > 1)) return -1
    // A zero right behind the gap belongs into it.
    if (first === 48 && gap === groups) return -1
    if (++groups > 8) return -1
    zeros = first === 48 ? zeros + 1 : 0
    if (zeros > longestZeros) longestZeros = zeros
    if (code !== COLON) break
    code = text.charCodeAt(++pos)
    if (code === COLON) {
      if (gap !== -1 || zeros > 0) return -1
      gap = groups
      code = text.charCodeAt(++pos)
      if (endsField(code)) break
    }
  }
  if (!endsField(code)) return -1
  if (gap === -1) return groups === 8 && longestZeros < 2 ? pos : -1
  const hidden = 8 - groups
  // The gap stands for the longest run of zeros, and for two groups at least. A second run as long as it is rare, and so
  // is `::x:y:z`, which may be an IPv4-mapped address (written with dots): the full reader judges those.
  return hidden >= 2 && longestZeros < hidden && !(gap === 0 && groups === 3) ? pos : -1
}

/** A decimal number up to `most` without leading zeros, followed by a blank; answers where the blank is. */
export function endOfNumber(text: string, pos: number, most: number): number {
  let code = text.charCodeAt(pos)
  if (code < 48 || code > 57) return -1
  let value = code - 48
  const zero = value === 0
  code = text.charCodeAt(++pos)
  while (code >= 48 && code <= 57) {
    value = value * 10 + code - 48
    if (zero || value > most) return -1
    code = text.charCodeAt(++pos)
  }
  return code === SPACE || code === TAB ? pos : -1
}

/** `"…"` of at most 255 printable bytes, with no escapes but `\"` and `\\`. */
function endOfString(text: string, pos: number): number {
  if (text.charCodeAt(pos) !== QUOTE) return -1
  let extra = 1
  const start = pos
  for (;;) {
    const code = text.charCodeAt(++pos)
    if (code === QUOTE) break
    if (code < 32 || code > 126) return -1
    if (code === BACKSLASH) {
      const next = text.charCodeAt(++pos)
      if (next !== QUOTE && next !== BACKSLASH) return -1
      extra++
    }
  }
  return pos - start - extra > 255 ? -1 : pos + 1
}

/** Quoted strings, one blank between each. */
export function endOfStrings(text: string, pos: number): number {
  for (;;) {
    const end = endOfString(text, pos)
    if (end === -1) return -1
    if (text.charCodeAt(end) !== SPACE || text.charCodeAt(end + 1) !== QUOTE) {
      return endsField(text.charCodeAt(end)) ? end : -1
    }
    pos = end + 1
  }
}

/** `0 issue "…"`: flags, a tag in lower case, a quoted value. */
export function endOfCaa(text: string, pos: number): number {
  const flags = endOfNumber(text, pos, 255)
  if (flags === -1 || text.charCodeAt(flags) !== SPACE) return -1
  let tag = flags + 1
  let code = text.charCodeAt(tag)
  while ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) code = text.charCodeAt(++tag)
  if (tag === flags + 1 || tag - flags > 16 || code !== SPACE) return -1
  const end = endOfString(text, tag + 1)
  return end !== -1 && endsField(text.charCodeAt(end)) ? end : -1
}
