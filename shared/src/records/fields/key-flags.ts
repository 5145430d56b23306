import type { Kind } from './kind.ts'
import { uint16 } from './numbers.ts'

/** The words of RFC 2535 §7.1 for the flags of a key, and KSK of RFC 3757. */
const words: readonly (readonly [string, number])[] = [
  ['NOCONF', 0x4000],
  ['NOAUTH', 0x8000],
  ['NOKEY', 0xc000],
  ['FLAG2', 0x2000],
  ['EXTEND', 0x1000],
  ['FLAG4', 0x0800],
  ['FLAG5', 0x0400],
  ['USER', 0],
  ['ZONE', 0x0100],
  ['HOST', 0x0200],
  ['NTYP3', 0x0300],
  ['FLAG8', 0x0080],
  ['FLAG9', 0x0040],
  ['FLAG10', 0x0020],
  ['FLAG11', 0x0010],
  ...Array.from({ length: 16 }, (_, value) => [`SIG${value}`, value] as const),
  ['KSK', 1],
]

/** `ZONE|KSK` → 257; undefined when a word is none. BIND takes the beginning of a word for the first that begins so. */
function flagsOf(text: string): number | undefined {
  let flags = 0
  for (const part of text.toUpperCase().replace(/\|$/, '').split('|')) {
    const found = words.find(([word]) => word.startsWith(part))
    if (found === undefined) return undefined
    flags |= found[1]
  }
  return flags
}

/** The flags of DNSKEY and its relatives: a number, also in hex (`0x101`), or words with `|` between. */
export const keyflags: Kind = {
  ...uint16,
  normalise(value, field) {
    const text = String(value)
    if (/^0x[0-9a-f]{1,4}$/i.test(text)) return Number(text)
    return uint16.normalise(/^[a-z|]/i.test(text) ? flagsOf(text) : value, field)
  },
}
