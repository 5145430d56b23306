import type { Address } from './address.ts'
import { hexWithColons } from './numbers.ts'
import { shown, toUnicode } from './names.ts'

/** Times in seconds. The responsible person is held as a mail address. */
export interface Soa {
  primaryNameServer: string
  responsiblePerson: string
  serial: number
  refresh: number
  retry: number
  expire: number
  minimum: number
}

/** SvcParams by key as printed (`no-default-alpn`), in the order they were given. A key without a value holds null. */
export type SvcParams = Map<string, string | null>

export interface Svcb {
  priority: number
  target: string
  params: SvcParams
}

/** The data of one record: what is equal, what the API answers, and its line in a zone file. */
export interface Rdata {
  /** Two records hold the same data when their keys are equal. */
  key: string
  /** Set on data that names a record by the beginning of its key (a forwarder without its options). */
  prefix?: string
  json: Record<string, unknown>
  /** Zone-file text, relative to the origin; the empty origin makes every name absolute. */
  print: (origin: string, hints?: Hints) => string
  /** Only of A and AAAA. */
  address?: Address
  /** The host name of NS and PTR. */
  host?: string
  soa?: Soa
  svcb?: Svcb
}

/** Which address hints of an SVCB or HTTPS record the server fills in by itself. */
export interface Hints {
  ipv4: boolean
  ipv6: boolean
}

export function matches(wanted: Rdata, held: Rdata): boolean {
  return wanted.prefix === undefined ? wanted.key === held.key : held.key.startsWith(wanted.prefix)
}

/** A host name as a member of an answer, with its Unicode form beside it where there is one. */
export function hostJson(member: string, name: string): Record<string, string> {
  const unicode = toUnicode(name)
  return { [member]: shown(name), ...(unicode === undefined ? {} : { [`${member}Idn`]: unicode }) }
}

/** RFC 3597. */
export function rawRdata(hex: string): Rdata {
  return {
    key: `raw ${hex}`,
    json: { value: hexWithColons(hex) },
    print: () => `\\# ${hex.length / 2}${hex === '' ? '' : ` ${hex}`}`,
  }
}

/** As the server writes character strings: it escapes quotes and backslashes only, and never decodes them again. */
export function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
