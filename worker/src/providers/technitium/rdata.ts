import { canonicalRdata, rdataBytes } from '@zonedeck/shared/records/rdata'
import { ProviderError } from '../provider-error.ts'
import { FIELDS } from './codecs.ts'
import { host, mailbox, plain } from './fields.ts'
import { readForwarder, forwarderParams } from './forwarder.ts'
import { readSigned } from './signed.ts'
import { readParams, writeParams } from './svcb.ts'
import { readText, refuseSpoiledText, textParams } from './text.ts'
import { plainText, quote, type Word, words } from './words.ts'

type Data = Record<string, unknown>
type Params = Record<string, string>

const SOA = [
  { name: 'primaryNameServer', kind: host },
  { name: 'responsiblePerson', kind: mailbox },
  ...['serial', 'refresh', 'retry', 'expire', 'minimum'].map((name) => ({ name, kind: plain })),
]

/** `rData` of one record as presentation text, before it is made canonical. */
function presentation(type: string, data: Data): string {
  const fields = FIELDS[type]
  if (typeof data['dataType'] === 'string') return plainText(data['data'])
  if (fields) return fields.map(({ read, kind }) => kind.read(data[read], data)).join(' ')
  switch (type) {
    case 'SOA':
      return SOA.map(({ name, kind }) => kind.read(data[name], data)).join(' ')
    case 'TXT':
      return readText(data)
    case 'SVCB':
    case 'HTTPS':
      return `${plainText(data['svcPriority'])} ${host.read(data['svcTargetName'], data)}${readParams(data['svcParams'])}`
    case 'FWD':
      return readForwarder(data)
    case 'APP':
      return ['appName', 'classPath', 'data'].map((name) => quote(plainText(data[name]))).join(' ')
    case 'ALIAS':
      return host.read(data['alias'], data)
  }
  if (typeof data['value'] === 'string') {
    const hex = data['value'].replaceAll(':', '').toLowerCase()
    return `\\# ${hex.length / 2}${hex === '' ? '' : ` ${hex}`}`
  }
  return readSigned(type, data)
}

/** `65400` is how the server names a type it has no name for; we write TYPE65400 (RFC 3597 §5). */
export function readType(type: string): string {
  return /^\d+$/.test(type) ? `TYPE${type}` : type.toUpperCase()
}

export function writeType(type: string): string {
  return type.replace(/^TYPE(?=\d)/, '')
}

/** Canonical rdata of one record that was read. What we cannot read stays as the server said it. */
export function readRdata(type: string, data: Data): string {
  const text = presentation(type, data)
  try {
    return canonicalRdata(readType(type), text)
  } catch {
    return text
  }
}

const at = (found: readonly Word[], index: number): Word => found[index] ?? { text: '', quoted: false, raw: '' }

/**
 * The parameters of one value: those that name it (`old`, in add, delete and as the present value of an update) or those
 * that write it as the new value of an update. Throws `refused` with the reason for what the server would spoil.
 */
export function valueParams(type: string, rdata: string, use: 'old' | 'new'): Params {
  const fields = FIELDS[type]
  const found = words(rdata)
  const named = (name: string) => (use === 'new' ? `new${name.charAt(0).toUpperCase()}${name.slice(1)}` : name)
  if (fields) {
    return Object.fromEntries(
      fields.map(({ write, update, kind }, index) => [use === 'new' ? update : write, kind.write(at(found, index))]),
    )
  }
  switch (type) {
    case 'SOA':
      return Object.fromEntries(SOA.map(({ name, kind }, index) => [name, kind.write(at(found, index))]))
    case 'TXT': {
      const { text, splitText } = textParams(rdata)
      return { [named('text')]: text, [named('splitText')]: splitText }
    }
    case 'SVCB':
    case 'HTTPS':
      return {
        [named('svcPriority')]: at(found, 0).text,
        [named('svcTargetName')]: host.write(at(found, 1)),
        [named('svcParams')]: writeParams(found.slice(2).map((word) => word.text)),
      }
    case 'FWD':
      return forwarderParams(found, use)
    case 'APP':
      return { appName: at(found, 0).text, classPath: at(found, 1).text, recordData: at(found, 2).text }
    default:
      return { [use === 'new' ? 'newRData' : 'rdata']: wireHex(type, rdata) }
  }
}

/** Types without parameters of their own go as the bytes on the wire. Throws `refused` for a form nobody knows. */
function wireHex(type: string, rdata: string): string {
  try {
    return [...rdataBytes(type, rdata)]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase()
  } catch (error) {
    throw new ProviderError('refused', error instanceof Error ? error.message : `This ${type} cannot be written.`)
  }
}

/** Refuses, with the reason, what the server would accept and spoil. */
export function refuseSpoiled(type: string, rdata: string): void {
  if (type === 'TXT') refuseSpoiledText(rdata)
  if (/^TYPE6528[012]$/.test(type)) {
    throw new ProviderError('refused', `Technitium uses ${type} for a type of its own (ANAME, FWD or APP).`)
  }
}
