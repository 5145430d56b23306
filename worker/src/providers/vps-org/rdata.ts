import { NameError, toAbsolute } from '@zonedeck/shared/names'
import { printStrings } from '@zonedeck/shared/records/fields/texts'
import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import { RdataError } from '@zonedeck/shared/records/record-type'
import { txtStrings } from '@zonedeck/shared/records/txt'
import { ProviderError } from '../provider-error.ts'
import type { WireRecord } from './wire.ts'

/** The two fields that hold what a master file has in one. */
export interface NativeValue {
  value: string
  /** MX and SRV only. */
  priority?: number
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * A record's data in canonical form. What cannot be read as its type is shown as the server holds it, so that nothing is
 * hidden and the rest of its set can be edited.
 */
export function readRdata({ record_type: type, value, priority }: WireRecord, zone: string): string {
  if (type === 'TXT') return printStrings([...encoder.encode(value)])
  const words = value.trim().split(/\s+/)
  try {
    switch (type) {
      case 'CNAME':
      case 'NS':
        return canonicalRdata(type, words.map((word) => readHost(word, zone)).join(' '))
      case 'MX':
      case 'SRV': {
        const fields = withoutPriority(words, type === 'MX' ? 1 : 3, priority)
        const host = readHost(fields.at(-1) ?? '', zone)
        return canonicalRdata(type, [...fields.slice(0, -1), host].join(' '))
      }
      default:
        return canonicalRdata(type, value.trim())
    }
  } catch (error) {
    if (!(error instanceof RdataError) && !(error instanceof NameError)) throw error
    return [priority ?? [], value].flat().join(' ').trim() || '\\# 0'
  }
}

/** Priority first, once: values that repeat it are read too, as long as the two agree. */
function withoutPriority(words: string[], rest: number, priority: number | null | undefined): string[] {
  const repeated = words.length === rest + 1 && (priority == null || words[0] === String(priority))
  return repeated ? words : [String(priority ?? ''), ...words]
}

/** Host names have no last dot here, and are never relative; `@` is the zone itself. */
function readHost(text: string, zone: string): string {
  if (text === '@') return toAbsolute('@', zone)
  return text === '' || text.endsWith('.') ? text : `${text}.`
}

/** What is to be sent for a record's data. Throws `refused` for what VPS.org cannot hold. */
export function writeRdata(type: string, rdata: string): NativeValue {
  switch (type) {
    case 'TXT':
      return { value: writeText(rdata) }
    case 'CNAME':
    case 'NS':
      return { value: writeHost(rdata) }
    case 'MX':
    case 'SRV': {
      const [priority = '', ...fields] = rdata.split(' ')
      const host = writeHost(fields.pop() ?? '')
      return { value: [...fields, host].join(' '), priority: Number(priority) }
    }
    default:
      return { value: rdata }
  }
}

function writeHost(host: string): string {
  if (host === '.') {
    throw new ProviderError(
      'refused',
      'VPS.org writes host names without their last dot, so it cannot hold the lone “.” that says that there is none.',
    )
  }
  return writeName(host).replace(/\.$/, '')
}

/** A name without escapes, which no document of VPS.org knows. */
export function writeName(name: string): string {
  if (!name.includes('\\')) return name
  throw new ProviderError('refused', `VPS.org has no way to write the characters of “${name.slice(0, 80)}”.`)
}

function writeText(rdata: string): string {
  const bytes = txtStrings(rdata).flat()
  if (bytes.length === 0) throw new ProviderError('refused', 'VPS.org takes no empty TXT. Give it some text.')
  if (printStrings(bytes) !== rdata) {
    throw new ProviderError(
      'refused',
      'VPS.org keeps a TXT as one text and divides it itself, every 255 bytes. Write this one as one text.',
    )
  }
  let text: string
  try {
    text = decoder.decode(Uint8Array.from(bytes))
  } catch {
    throw new ProviderError('refused', 'VPS.org keeps a TXT as Unicode text, and this one has bytes that are none.')
  }
  if (/\p{Cc}/u.test(text)) {
    throw new ProviderError('refused', 'VPS.org takes no line breaks or control characters in a TXT.')
  }
  return text
}
