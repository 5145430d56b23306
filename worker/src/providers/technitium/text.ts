import { ProviderError } from '../provider-error.ts'
import { quote, words } from './words.ts'

const MAX_STRING = 255
/** RDATA has a 16-bit length (RFC 1035 §3.2.1); the server takes more and can then answer with none of it. */
const MAX_RDATA = 65_535

function cut(text: string): string[] {
  const parts: string[] = []
  for (let at = 0; at < text.length; at += MAX_STRING) parts.push(text.slice(at, at + MAX_STRING))
  return parts
}

/** Canonical rdata of what `records/get` says of a TXT: its strings, as they are on the wire. */
export function readText(data: Record<string, unknown>): string {
  const strings = Array.isArray(data['characterStrings']) ? data['characterStrings'] : [data['text']]
  return strings.map((string) => quote(String(string))).join(' ')
}

/**
 * The parameters that name or write one TXT value. A value cut every 255 bytes, as the server itself cuts, goes as one
 * text; any other division goes as `splitText`, one string a line with the server's own escapes.
 */
export function textParams(rdata: string): { text: string; splitText: 'true' | 'false' } {
  const strings = words(rdata).map((word) => word.text)
  const whole = strings.join('')
  if (cut(whole).every((part, at) => part === strings[at]) && strings.length === Math.max(1, cut(whole).length)) {
    return { text: whole, splitText: 'false' }
  }
  const line = (string: string) => string.replace(/\\/g, '\\\\').replace(/\r/g, '\\r').replace(/\n/g, '\\n')
  return { text: strings.map(line).join('\n'), splitText: 'true' }
}

/** Throws `refused` for a TXT that the server would accept and then spoil. */
export function refuseSpoiledText(rdata: string): void {
  const strings = words(rdata).map((word) => word.text)
  const whole = strings.join('')
  if (/[^\x00-\x7f]/.test(whole)) {
    throw new ProviderError(
      'refused',
      'Technitium would store "?" for every character outside of ASCII in this TXT. Write it in ASCII.',
    )
  }
  if (strings.some((string) => string === '')) {
    throw new ProviderError('refused', 'Technitium cannot hold an empty TXT string. Give the TXT some text.')
  }
  const bytes = strings.reduce((sum, string) => sum + 1 + string.length, 0)
  if (bytes > MAX_RDATA) {
    throw new ProviderError(
      'refused',
      `This TXT takes ${bytes} bytes; a record holds at most ${MAX_RDATA}. Technitium would accept it and never answer it.`,
    )
  }
}
