import { parseAddress } from './address.ts'
import { ServerError } from './errors.ts'
import { hexWithColons, parseEnum, parseRawData, parseUint16, type Enumeration } from './numbers.ts'
import { relativeTo, sameName } from './names.ts'
import type { Rdata, Svcb, SvcParams } from './rdata.ts'

const KEYS: Enumeration = {
  Mandatory: 0,
  ALPN: 1,
  No_Default_ALPN: 2,
  Port: 3,
  IPv4Hint: 4,
  ECH: 5,
  IPv6Hint: 6,
  DoHPath: 7,
  InvalidKey: 65_535,
}
const parseName = parseEnum(KEYS)

function parseKey(text: string): string {
  return parseName(text.replaceAll('-', '_')).toLowerCase().replaceAll('_', '-')
}

/** Two names of one enumeration value, or a number and its name, are the same key. */
function add(params: SvcParams, keyText: string, value: () => string): void {
  const key = parseKey(keyText)
  const parsed = parseValue(key, value())
  if (params.has(key)) {
    throw new ServerError(
      `An item with the same key has already been added. Key: ${parseName(keyText.replaceAll('-', '_'))}`,
    )
  }
  params.set(key, parsed)
}

/** The parameter's form: `alpn|h2,h3|port|443`, or `false` for none. */
export function parsePipedParams(text: string): SvcParams {
  const params: SvcParams = new Map()
  if (text.toLowerCase() === 'false') return params
  const parts = text.split('|')
  for (let at = 0; at < parts.length; at += 2) {
    add(params, parts[at]!, () => {
      const value = parts[at + 1]
      if (value === undefined) throw new ServerError('Index was outside the bounds of the array.')
      return value
    })
  }
  return params
}

/** One word of a zone file, `key=value` or `key` alone. */
export function addFileParam(params: SvcParams, word: string): 'ipv4' | 'ipv6' | null {
  const equals = word.indexOf('=')
  const key = equals < 0 ? word : word.slice(0, equals)
  const value = word.slice(equals + 1)
  const name = parseKey(key)
  if ((name === 'ipv4hint' || name === 'ipv6hint') && value.toLowerCase() === 'auto') {
    return name === 'ipv4hint' ? 'ipv4' : 'ipv6'
  }
  add(params, key, () => value)
  return null
}

function words(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

function parseValue(key: string, text: string): string | null {
  switch (key) {
    case 'mandatory':
      return some(key, words(text).map(parseKey)).join(',')
    case 'alpn':
      return some(key, words(text)).join(',')
    case 'no-default-alpn':
      return null
    case 'port':
      if (text === '') throw new ServerError("Missing param value for 'port' key.")
      return String(parseUint16(text))
    case 'ipv4hint':
    case 'ipv6hint':
      return parseHints(key, text)
    case 'dohpath':
      if (!text.startsWith('/')) {
        throw new ServerError("DoH path template must be relative and start with a '/'.")
      }
      if (!text.includes('{?dns}')) throw new ServerError("DoH path template must contain a 'dns' variable.")
      return text
    default:
      return hexWithColons(parseRawData(text))
  }
}

function some<T>(key: string, values: T[]): T[] {
  if (values.length === 0) throw new ServerError(`Missing param value for '${key}' key.`)
  return values
}

function parseHints(key: 'ipv4hint' | 'ipv6hint', text: string): string {
  const family = key === 'ipv4hint' ? 4 : 6
  const addresses = some(key, words(text).map(parseAddress))
  if (addresses.some((address) => address.family !== family)) {
    throw new ServerError(`IPv${family} hints must contain only IPv${family} addresses.`)
  }
  return addresses.map((address) => address.text).join(',')
}

/** The target is not checked by the server, and the root reads back as the empty text. */
export function svcbRdata(svcb: Svcb): Rdata {
  const { priority, target, params } = svcb
  const compared = [...params].map(([key, value]) => `${key}=${key === 'alpn' ? value?.toLowerCase() : value}`)
  return {
    key: `${priority} ${target.toLowerCase()} ${compared.sort().join(' ')}`,
    json: { svcPriority: priority, svcTargetName: target, svcParams: Object.fromEntries(params) },
    print: (origin, hints) => {
      const parts = [`${priority}`, relativeTo(origin, target)]
      for (const [key, value] of params) {
        if ((key === 'ipv4hint' && hints?.ipv4) || (key === 'ipv6hint' && hints?.ipv6)) continue
        parts.push(value === null ? key : `${key}=${value}`)
      }
      if (hints?.ipv4) parts.push('ipv4hint=auto')
      if (hints?.ipv6) parts.push('ipv6hint=auto')
      return parts.join(' ')
    },
    svcb,
  }
}

/** The name whose addresses become the hints: the target, or the record's own name in service mode. */
export function hintTarget(owner: string, svcb: Svcb): string | null {
  if (svcb.target !== '') return svcb.target
  return svcb.priority === 0 ? null : owner
}

export function isHintTarget(owner: string, svcb: Svcb, name: string): boolean {
  const target = hintTarget(owner, svcb)
  return target !== null && sameName(target, name)
}
