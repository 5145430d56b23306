import { RdataError, type Field } from '../record-type.ts'
import { addressText, ipv4Bytes, ipv6Bytes } from './address.ts'
import { base64Bytes, bytesBase64, isBase64 } from './bytes.ts'
import { quote, wordBytes } from './escapes.ts'
import type { Kind } from './kind.ts'
import { pushNumber, readBytes, readNumber } from './numbers.ts'
import { readTokens, type TextReader } from './tokens.ts'

/** SvcParams of SVCB and HTTPS (RFC 9460 §2, §14.3.2), by number. */
const keyNames = [
  'mandatory',
  'alpn',
  'no-default-alpn',
  'port',
  'ipv4hint',
  'ech',
  'ipv6hint',
  'dohpath',
  'ohttp',
  'tls-supported-groups',
]
const [MANDATORY, ALPN, NO_DEFAULT_ALPN, PORT, IPV4HINT, ECH, IPV6HINT, DOHPATH, OHTTP, GROUPS] = keyNames.keys()

/** The keys after RFC 9461's are young: every server reads their numbers, few their names. */
const keyName = (key: number) => (key < OHTTP! ? keyNames[key]! : `key${key}`)

function keyNumber(name: string, field: Field): number {
  const known = keyNames.indexOf(name)
  if (known !== -1) return known
  const number = /^key(?:0|[1-9][0-9]{0,4})$/.test(name) ? Number(name.slice(3)) : 65536
  if (number < 65536) return number
  throw new RdataError(
    `“${name}” is no parameter: the known ones are ${keyNames.slice(0, 9).join(', ')}; others are written key65000.`,
    field.id,
  )
}

/** RFC 9460 appendix A.1: commas separate, `\,` and `\\` do not. */
function splitList(bytes: number[]): number[][] {
  const items: number[][] = [[]]
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === 44) items.push([])
    else items.at(-1)!.push(byte === 92 && i + 1 < bytes.length ? bytes[++i]! : byte)
  }
  return items
}

const ascii = (bytes: number[]) => String.fromCharCode(...bytes)

/** A value as written → its wire form. `generic`: written under `key<n>`, where the text is the wire form itself. */
function encodeValue(key: number, value: number[] | null, generic: boolean, field: Field): number[] {
  const fail = (expected: string): never => {
    throw new RdataError(`${keyName(key)} ${expected}`, field.id)
  }
  // Keys that came after RFC 9460's: written by number they may hold anything.
  if (generic && key >= OHTTP!) return value ?? []
  if (key === ECH && (value === null || value.length === 0)) return []
  if (key === DOHPATH && !isDohPath(value ?? [])) return fail('is a path with {?dns} in it, such as /dns-query{?dns}.')
  if (key === NO_DEFAULT_ALPN || key === OHTTP) return value === null || value.length === 0 ? [] : fail('has no value.')
  if (generic || key >= keyNames.length) return value ?? []
  if (value === null || value.length === 0) return fail('needs a value: write key=value.')
  const out: number[] = []
  const text = () => ascii(value)
  switch (key) {
    case MANDATORY: {
      const keys = text()
        .split(',')
        .map((name) => keyNumber(name, field))
      for (const listed of keys.sort((a, b) => a - b)) pushNumber(listed, 2, out)
      return out
    }
    case ALPN:
      for (const item of splitList(value)) {
        if (item.length === 0 || item.length > 255) return fail('is a list of protocols, such as h2,h3.')
        out.push(item.length, ...item)
      }
      return out
    case PORT:
      if (!/^[0-9]{1,5}$/.test(text()) || Number(text()) > 65535) return fail('is a number from 0 to 65535.')
      pushNumber(Number(text()), 2, out)
      return out
    case IPV4HINT:
      for (const item of text().split(',')) out.push(...(ipv4Bytes(item) ?? fail('is a list of IPv4 addresses.')))
      return out
    case IPV6HINT:
      for (const item of text().split(',')) out.push(...(ipv6Bytes(item) ?? fail('is a list of IPv6 addresses.')))
      return out
    case ECH:
      return isBase64(text()) ? base64Bytes(text()) : fail('is a base64 text.')
    case GROUPS:
      for (const item of text().split(',')) {
        if (!/^[0-9]{1,5}$/.test(item) || Number(item) > 65535) return fail('is a list of numbers.')
        pushNumber(Number(item), 2, out)
      }
      return out
    default:
      return value
  }
}

/** RFC 9461 §5: a relative URI template that takes the variable `dns`. */
function isDohPath(bytes: readonly number[]): boolean {
  const path = String.fromCharCode(...bytes)
  return path.startsWith('/') && /\{[^}]*\bdns\b[^}]*\}/.test(path)
}

function numbers16(bytes: number[]): number[] | null {
  if (bytes.length === 0 || bytes.length % 2 === 1) return null
  return bytes.flatMap((byte, i) => (i % 2 === 0 ? [byte * 256 + bytes[i + 1]!] : []))
}

function addresses(bytes: number[], size: number): string | null {
  if (bytes.length === 0 || bytes.length % size !== 0) return null
  return bytes.flatMap((_, i) => (i % size === 0 ? [addressText(bytes.slice(i, i + size))] : [])).join(',')
}

function alpnList(bytes: number[]): number[] | null {
  const list: number[] = []
  for (let at = 0; at < bytes.length; at += bytes[at]! + 1) {
    const item = bytes.slice(at + 1, at + 1 + bytes[at]!)
    if (item.length === 0 || item.length !== bytes[at]) return null
    if (at > 0) list.push(44)
    for (const byte of item) list.push(...(byte === 44 || byte === 92 ? [92, byte] : [byte]))
  }
  return list.length === 0 ? null : list
}

/** The wire form of a value → bytes of its text; `null` when it is none of this key, `undefined` when there is no value. */
function decodeValue(key: number, bytes: number[]): number[] | null | undefined {
  const text = (value: string | undefined | null) => (value == null ? null : wordBytes(value))
  switch (key) {
    case MANDATORY:
      return text(numbers16(bytes)?.map(keyName).join(','))
    case ALPN:
      return alpnList(bytes)
    case NO_DEFAULT_ALPN:
      return bytes.length === 0 ? undefined : null
    case PORT:
      return bytes.length === 2 ? text(String(bytes[0]! * 256 + bytes[1]!)) : null
    case IPV4HINT:
      return text(addresses(bytes, 4))
    case IPV6HINT:
      return text(addresses(bytes, 16))
    case ECH:
      return bytes.length === 0 ? undefined : text(bytesBase64(bytes))
    case DOHPATH:
      return isDohPath(bytes) ? bytes : null
    default:
      return bytes.length === 0 ? undefined : bytes
  }
}

type Params = Map<number, number[]>

function readParams(reader: TextReader, field: Field): Params {
  const params: Params = new Map()
  while (reader.at < reader.tokens.length) {
    const token = reader.tokens[reader.at++]!
    if (token.quoted)
      throw new RdataError('A parameter is written key="value", with quotes around the value alone.', field.id)
    const equals = token.text.indexOf('=')
    const name = equals === -1 ? token.text : token.text.slice(0, equals)
    let value = equals === -1 ? null : token.text.slice(equals + 1)
    const next = reader.tokens[reader.at]
    if (value === '' && next?.glued === true && next.quoted) {
      value = next.text
      reader.at++
    }
    const key = keyNumber(name, field)
    if (params.has(key)) throw new RdataError(`${keyName(key)} is there twice.`, field.id)
    const generic = name.toLowerCase().startsWith('key')
    params.set(key, encodeValue(key, value === null ? null : wordBytes(value), generic, field))
  }
  return params
}

function checkMandatory(params: Params, field: Field): void {
  const keys = numbers16(params.get(MANDATORY!) ?? []) ?? []
  for (const [at, key] of keys.entries()) {
    if (key === MANDATORY) throw new RdataError('mandatory does not list itself.', field.id)
    if (keys[at + 1] === key) throw new RdataError(`mandatory lists ${keyName(key)} twice.`, field.id)
    if (!params.has(key)) throw new RdataError(`mandatory lists ${keyName(key)}, which is not there.`, field.id)
  }
  if (params.has(NO_DEFAULT_ALPN!) && !params.has(ALPN!)) {
    throw new RdataError('no-default-alpn stands beside alpn only.', field.id)
  }
}

/** Characters that need no quotes: visible ASCII without `"`, `(`, `)`, `;` and `\`. */
const plain = /^"[!#-'*-:<-[\]-~]+"$/

function printParams(params: Params, field: Field): string {
  checkMandatory(params, field)
  const parts = [...params]
    .sort(([a], [b]) => a - b)
    .map(([key, bytes]) => {
      const value = decodeValue(key, bytes)
      if (value === null) throw new RdataError(`The value of ${keyName(key)} is none.`, field.id)
      if (value === undefined) return keyName(key)
      const text = quote(value)
      return `${keyName(key)}=${plain.test(text) ? text.slice(1, -1) : text}`
    })
  return parts.join(' ')
}

export const svcparams: Kind = {
  take: (reader, field) => printParams(readParams(reader, field), field),
  normalise: (value, field) => printParams(readParams(readTokens(String(value), '.'), field), field),
  encode(value, out) {
    const params = readParams(readTokens(String(value), '.'), { id: '', label: '', kind: 'svcparams' })
    for (const [key, bytes] of params) {
      pushNumber(key, 2, out)
      pushNumber(bytes.length, 2, out)
      for (const byte of bytes) out.push(byte)
    }
  },
  decode(reader) {
    const params: Params = new Map()
    let last = -1
    while (reader.at < reader.end) {
      const key = readNumber(reader, 2)
      if (key <= last) throw new RdataError('The parameters are not in order.')
      last = key
      params.set(key, readBytes(reader, readNumber(reader, 2)))
    }
    return printParams(params, { id: 'params', label: 'Parameters', kind: 'svcparams' })
  },
}
