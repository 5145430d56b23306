/**
 * The bytes of a master file as a string whose characters the reader can count on.
 *
 * UTF-8 is read as text and turned back into its bytes where a name or a string holds it. Anything else is taken byte by
 * byte (latin-1 and the like), so that no byte is lost or guessed at.
 */
export interface ZoneText {
  text: string
  /** Each character is one byte; otherwise a character stands for its UTF-8 bytes. */
  bytes: boolean
}

/** The windows-1252 characters (WHATWG's "latin1") that do not have their byte's number. */
const WINDOWS_1252 = new Map(
  [
    [0x20ac, 0x80],
    [0x201a, 0x82],
    [0x0192, 0x83],
    [0x201e, 0x84],
    [0x2026, 0x85],
    [0x2020, 0x86],
    [0x2021, 0x87],
    [0x02c6, 0x88],
    [0x2030, 0x89],
    [0x0160, 0x8a],
    [0x2039, 0x8b],
    [0x0152, 0x8c],
    [0x017d, 0x8e],
    [0x2018, 0x91],
    [0x2019, 0x92],
    [0x201c, 0x93],
    [0x201d, 0x94],
    [0x2022, 0x95],
    [0x2013, 0x96],
    [0x2014, 0x97],
    [0x02dc, 0x98],
    [0x2122, 0x99],
    [0x0161, 0x9a],
    [0x203a, 0x9b],
    [0x0153, 0x9c],
    [0x017e, 0x9e],
    [0x0178, 0x9f],
  ].map(([code, byte]) => [code!, byte!]),
)

/** Bytes or text → text without a byte order mark. Never throws. */
export function decodeZoneText(source: string | Uint8Array): ZoneText {
  if (typeof source === 'string') {
    return { text: source.charCodeAt(0) === 0xfeff ? source.slice(1) : source, bytes: false }
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(source), bytes: false }
  } catch {
    return { text: new TextDecoder('latin1').decode(source), bytes: true }
  }
}

/** A byte as RFC 1035 §5.1 writes any byte. */
export function decimalEscape(byte: number): string {
  return `\\${String(byte).padStart(3, '0')}`
}

const utf8 = new TextEncoder()

/** Every byte outside of ASCII as `\DDD` (RFC 1035 §5.1), which a name and a string take alike. */
export function escapeForeign(text: string, bytes: boolean): string {
  return text.replace(/[^\0-\x7f]+/g, (run) => {
    const octets = bytes ? Array.from(run, (char) => toByte(char.charCodeAt(0))) : Array.from(utf8.encode(run))
    return octets.map(decimalEscape).join('')
  })
}

function toByte(code: number): number {
  return code < 0x100 ? code : (WINDOWS_1252.get(code) ?? 0x3f)
}
