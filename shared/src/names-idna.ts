// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- a declaration has nothing to import
/// <reference path="./names-punycode.d.ts" />
import { decode } from 'punycode/punycode.es6.js'

/** Only these ASCII characters may stand beside others in an internationalised label. */
const OUTSIDE_LDH = /[\u0000-\u007f]/
const LDH = /^[A-Za-z0-9-]$/
/** What a label comes to: “🄐” would be “(a)”, which is a label of other characters than these. */
const A_LABEL = /^[a-z0-9-]+$/

/**
 * One label with letters outside of ASCII → its A-label (UTS-46, as browsers do it), or null when it has none.
 *
 * The URL parser knows the Unicode tables; `.a` keeps it from reading digits as an IPv4 address.
 */
export function labelToAscii(label: string): string | null {
  for (const character of label) if (OUTSIDE_LDH.test(character) && !LDH.test(character)) return null
  if (!URL.canParse(`http://${label}.a`)) return null
  const host = new URL(`http://${label}.a`).hostname
  const ascii = host.slice(0, -2)
  return A_LABEL.test(ascii) && host.endsWith('.a') ? ascii : null
}

/** An A-label → its U-label; anything else, false A-labels among them, comes back as it is. */
export function labelToUnicode(label: string): string {
  if (!label.startsWith('xn--')) return label
  try {
    const unicode = decode(label.slice(4))
    return labelToAscii(unicode) === label ? unicode : label
  } catch {
    return label
  }
}
