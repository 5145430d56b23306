import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import { quote, wordBytes } from '@zonedeck/shared/records/fields/escapes'
import { printStrings } from '@zonedeck/shared/records/fields/texts'
import { txtStrings } from '@zonedeck/shared/records/txt'
import { ProviderError } from '../provider-error.ts'

/** Thalassa counts characters; bytes are never fewer. */
const MAX_TEXT = 4096

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * One of a record's `values` → canonical rdata. Hosts come without the last dot, a TXT as plain text, the value of a CAA
 * without quotes; all of them with, too, is fine. What cannot be read stays as the server said it.
 */
export function readValue(type: string, value: string): string {
  if (type === 'TXT') return printStrings([...encoder.encode(value)])
  try {
    return canonicalRdata(type, type === 'CAA' ? quotedCaa(value) : value)
  } catch {
    return value
  }
}

/** `0 issue ca.example; a=b` → `0 issue "ca.example; a=b"`. */
function quotedCaa(value: string): string {
  const [, flags = '', tag = '', rest = ''] = /^\s*(\d+)\s+(\S+)\s+(.*)$/s.exec(value) ?? []
  return /^".*"$/s.test(rest) ? value : `${flags} ${tag} ${quote(encoder.encode(rest))}`
}

/** Canonical rdata → what Thalassa takes. Throws `refused` for what would come back as something else. */
export function writeValue(type: string, rdata: string): string {
  switch (type) {
    case 'TXT':
      return plainText(rdata)
    case 'CAA':
      return bareCaa(rdata)
    case 'CNAME':
    case 'MX':
    case 'NS':
    case 'SRV':
      // The root, where a service is not offered (RFC 7505), is nothing but a dot.
      return rdata.replace(/(?<=[^ ])\.$/, '')
    default:
      return rdata
  }
}

function plainText(rdata: string): string {
  const bytes = txtStrings(rdata).flat()
  if (printStrings(bytes) !== rdata) {
    throw new ProviderError(
      'refused',
      'Thalassa holds a TXT as one text and cuts it into strings every 255 bytes; this one is cut elsewhere. Write it as one text.',
    )
  }
  const text = utf8(bytes, 'This TXT')
  if (text === '') throw new ProviderError('refused', 'Thalassa takes no empty TXT. Give it some text.')
  if (bytes.length > MAX_TEXT) {
    throw new ProviderError(
      'refused',
      `This TXT has ${bytes.length} bytes; Thalassa takes ${MAX_TEXT} characters at most.`,
    )
  }
  return text
}

function bareCaa(rdata: string): string {
  const [, start = '', quoted = ''] = /^(\d+ \S+) "(.*)"$/s.exec(rdata) ?? []
  const value = utf8(wordBytes(quoted), 'The value of this CAA')
  if (value.trim() !== value || value === '' || value.includes('"')) {
    throw new ProviderError(
      'refused',
      'Thalassa takes the value of a CAA without quotes: it cannot be empty, contain quotes or begin or end with a space. “;” stands for nobody.',
    )
  }
  return `${start} ${value}`
}

function utf8(bytes: number[], what: string): string {
  try {
    return decoder.decode(Uint8Array.from(bytes))
  } catch {
    throw new ProviderError('refused', `${what} has bytes that are no UTF-8. Thalassa takes plain text only.`)
  }
}
