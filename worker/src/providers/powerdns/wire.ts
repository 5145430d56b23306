import { parseName, toAbsolute, toRelative } from '@zonedeck/shared/names'
import type { DnsRecord, RecordSet } from '@zonedeck/shared/record-set'
import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import type { Zone } from '@zonedeck/shared/zone'
import * as z from 'zod'
import { ProviderError } from '../provider-error.ts'
import { readKind } from './zone-kinds.ts'

/** `GET /servers/{server}`. */
export const serverSchema = z.looseObject({ id: z.string(), daemon_type: z.string(), version: z.string() })

/** One element of `GET /zones`, and the head of `GET /zones/{id}`. */
const headSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  dnssec: z.boolean().optional(),
  serial: z.int().optional(),
  catalog: z.string().optional(),
})
export const headsSchema = z.array(headSchema)

const wireRecordSchema = z.looseObject({ content: z.string(), disabled: z.boolean().optional() })
const wireCommentSchema = z.looseObject({
  content: z.string(),
  account: z.string().optional(),
  /** Seconds since 1970. */
  modified_at: z.int().optional(),
})
const wireSetSchema = z.looseObject({
  name: z.string(),
  type: z.string(),
  ttl: z.int(),
  records: z.array(wireRecordSchema),
  comments: z.array(wireCommentSchema).optional(),
})
export const zoneSchema = headSchema.extend({ rrsets: z.array(wireSetSchema).optional() })

/** `GET /zones/{id}` with what it tells beside the records; older servers leave some of it out. */
export const zoneDetailsSchema = headSchema.extend({
  account: z.string().optional(),
  masters: z.array(z.string()).optional(),
  soa_edit: z.string().optional(),
  soa_edit_api: z.string().optional(),
  api_rectify: z.boolean().optional(),
  nsec3param: z.string().optional(),
  nsec3narrow: z.boolean().optional(),
  master_tsig_key_ids: z.array(z.string()).optional(),
  slave_tsig_key_ids: z.array(z.string()).optional(),
})
export type ZoneDetails = z.infer<typeof zoneDetailsSchema>

/** `GET /zones/{id}/metadata`. */
export const metadataSchema = z.array(z.looseObject({ kind: z.string(), metadata: z.array(z.string()) }))

/**
 * One element of `GET /zones/{id}/cryptokeys`. What is not named here is dropped: a single key's own address, and the
 * answer to a new one, also hold its private part.
 */
const keySchema = z.object({
  id: z.int(),
  keytype: z.string(),
  active: z.boolean(),
  /** Since 4.3. */
  published: z.boolean().default(true),
  bits: z.int().optional(),
  /** The rdata of the DNSKEY. */
  dnskey: z.string(),
  /** The rdata of a DS per digest; none for a zone-signing key. */
  ds: z.array(z.string()).default([]),
})
export const keysSchema = z.array(keySchema)
export type WireKey = z.infer<typeof keySchema>

/** The answer to a new key: its id, and none of the rest. */
export const newKeySchema = z.object({ id: z.int() })

/** `GET /tsigkeys`, without the keys themselves, which the list leaves empty. */
export const tsigKeysSchema = z.array(z.object({ name: z.string() }))

/** `GET /zones/{id}/export` asked for as JSON: a master file without disabled records and signatures. */
export const exportSchema = z.looseObject({ zone: z.string() })

/** The body of an error answered as JSON. */
export const errorSchema = z.looseObject({ error: z.string() })

type Head = z.infer<typeof headSchema>
type WireSet = z.infer<typeof wireSetSchema>
type WireRecord = z.infer<typeof wireRecordSchema>

/** One element of a PATCH's `rrsets`. */
export type WireChange = { name: string; type: string } & (
  | { changetype: 'DELETE' }
  | {
      changetype: 'REPLACE'
      ttl: number
      records: (Record<string, unknown> & { content: string; disabled: boolean })[]
      comments?: { content: string; account: string; modified_at?: number }[]
    }
)

const MAX_TTL = 2 ** 31 - 1
/** What PowerDNS itself writes into a signed zone, or a transfer brought along. */
const SIGNATURE_TYPES = new Set(['RRSIG', 'NSEC', 'NSEC3', 'NSEC3PARAM'])
/** Types of nothing but numbers and host names. */
const HOST_TYPES = new Set('AFSDB ALIAS CNAME DNAME KX LP MX NS PTR RP SOA SRV'.split(' '))
const READ_ONLY_KINDS: Record<string, string> = {
  Secondary: 'A secondary zone is a copy: the next transfer would undo every edit.',
  Consumer: 'A consumer zone is a copy of a catalog: the next transfer would undo every edit.',
  Producer: 'PowerDNS writes the records of a catalog zone itself.',
}

/**
 * The path segment of a zone: its name with a final dot, everything but letters, digits, dots and hyphens as `=XX`. The
 * server lists the same text as `id`; spelling it out saves a listing before every call.
 */
export function zoneId(zone: string): string {
  if (zone === '@') return '=2E'
  return `${zone}.`.replace(
    /[^a-z0-9.-]/g,
    (character) => `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

/** Name with a final dot, as PowerDNS wants every name. */
export function absoluteZone(zone: string): string {
  return zone === '@' ? '.' : `${zone}.`
}

export function toZone(head: Head): Zone {
  const kind = readKind(head.kind)
  const readOnly = READ_ONLY_KINDS[kind]
  const name = readName(head.name)
  return {
    name: name === '.' ? '@' : name.slice(0, -1),
    kind,
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(head.dnssec === undefined ? {} : { dnssec: head.dnssec }),
    ...(head.serial === undefined ? {} : { serial: head.serial }),
    ...(head.catalog ? { catalog: head.catalog.replace(/\.$/, '') } : {}),
    ref: head.id,
  }
}

/** The zone's sets; comments whose records are gone have no place in the model and stay on the server untouched. */
export function toRecordSets(zone: string, sets: readonly WireSet[]): RecordSet[] {
  return sets.flatMap((set) => {
    const name = toRelative(readName(set.name), zone)
    if (name === null || set.records.length === 0) return []
    const comments = set.comments ?? []
    const warnings =
      set.ttl > MAX_TTL ? [`The server holds a TTL of ${set.ttl}, which is out of range; resolvers take it as 0.`] : []
    return [
      {
        name,
        type: set.type,
        ttl: set.ttl > MAX_TTL || set.ttl < 0 ? 0 : set.ttl,
        records: set.records.map((record) => toRecord(set.type, record)),
        ...(comments.length > 0
          ? {
              comments: comments.map(({ content, account, modified_at: at }) => ({
                content,
                ...(account ? { account } : {}),
                ...(at ? { modifiedAt: new Date(at * 1000).toISOString() } : {}),
              })),
            }
          : {}),
        ...(SIGNATURE_TYPES.has(set.type) ? { readOnly: 'dnssec' as const } : {}),
        ...(warnings.length > 0 ? { warnings } : {}),
      },
    ]
  })
}

function readName(text: string): string {
  try {
    return parseName(text)
  } catch {
    throw new ProviderError('protocol', 'The server lists a name that is no DNS name.')
  }
}

function toRecord(type: string, wire: WireRecord): DnsRecord {
  const { content, disabled, modified_at: _, 'set-ptr': __, ...native } = wire
  return {
    rdata: canonical(type, content),
    ...(disabled ? { disabled } : {}),
    ...(Object.keys(native).length > 0 ? { native: z.record(z.string(), z.json()).parse(native) } : {}),
  }
}

/** Canonical text, or the server's own where it is of a type or spelling that only it understands. */
export function canonical(type: string, content: string): string {
  try {
    return canonicalRdata(type, readable(type, content))
  } catch {
    return content
  }
}

/** PowerDNS's own ways of writing that a master file does not know. */
function readable(type: string, content: string): string {
  if (type === 'TXT' || type === 'SPF') return splitStrings(content)
  // It rounds 9 minutes to 8 minutes and 60 seconds.
  if (type === 'LOC') return content.replace(/(\d+) (\d+) 60\.000 (?=[NSEW])/g, nextMinute)
  if (HOST_TYPES.has(type)) return content.replace(/\\.|[@$();"]/g, (part) => (part.length > 1 ? part : `\\${part}`))
  return content
}

function nextMinute(_: string, degrees: string, minutes: string): string {
  const all = Number(degrees) * 60 + Number(minutes) + 1
  return `${Math.floor(all / 60)} ${all % 60} 0.000 `
}

/** PowerDNS keeps a quoted string of any length and cuts it where 255 bytes end only when it answers. */
function splitStrings(content: string): string {
  return content.replace(/"((?:\\.|[^"\\])*)"/gs, (quoted, text: string) => {
    const bytes = escapeBytes(text).match(/\\\d{3}|\\?./gs) ?? []
    if (bytes.length <= 255) return quoted
    const strings: string[] = []
    for (let at = 0; at < bytes.length; at += 255) strings.push(`"${bytes.slice(at, at + 255).join('')}"`)
    return strings.join(' ')
  })
}

function escapeBytes(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (character) =>
    [...new TextEncoder().encode(character)].map((byte) => `\\${String(byte).padStart(3, '0')}`).join(''),
  )
}

export function toWireDelete(zone: string, { name, type }: { name: string; type: string }): WireChange {
  return { name: toAbsolute(name, zone), type, changetype: 'DELETE' }
}

/**
 * A whole set, disabled records included: what is left out of a REPLACE is gone. `commented`: the set had comments
 * before, so that an absence of new ones must be said (some backends refuse to hear of comments at all).
 */
export function toWireSet(zone: string, set: RecordSet, commented: boolean): WireChange {
  const comments = set.comments ?? []
  return {
    name: toAbsolute(set.name, zone),
    type: set.type,
    changetype: 'REPLACE',
    ttl: set.ttl,
    records: set.records.map(({ rdata, disabled, native }) => ({
      ...native,
      content: spelling(set.type, rdata),
      disabled: disabled ?? false,
    })),
    ...(commented || comments.length > 0
      ? {
          comments: comments.map(({ content, account, modifiedAt }) => ({
            content,
            account: account ?? '',
            ...(modifiedAt ? { modified_at: Math.floor(Date.parse(modifiedAt) / 1000) } : {}),
          })),
        }
      : {}),
  }
}

/** Canonical text in the one spelling that PowerDNS takes: it refuses others instead of reading them. */
export function spelling(type: string, rdata: string): string {
  if (rdata === '\\# 0') return '\\# 0 '
  if (type === 'AAAA') return rdata.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, hexGroups)
  if (type === 'LOC')
    return rdata.replace(
      /(\d+)(?:\.(\d+))?m/g,
      (_, whole: string, part: string = '') => `${whole}.${part.padEnd(2, '0')}m`,
    )
  if (type === 'HTTPS' || type === 'SVCB') return svcbSpelling(rdata)
  if (HOST_TYPES.has(type)) return plainHosts(rdata)
  return rdata
}

/** In names it escapes nothing but dots, backslashes and what cannot be printed. */
function plainHosts(text: string): string {
  return text.replace(/\\(.)/g, (escaped, character: string) => (/[0-9.\\]/.test(character) ? escaped : character))
}

function hexGroups(_: string, ...bytes: string[]): string {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number)
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
}

/** Service parameters by the names that PowerDNS 4.7 does not know yet (RFC 9461, RFC 9540). */
const NEWER_PARAMETERS: Record<string, string> = { dohpath: 'key7', ohttp: 'key8' }
/** The parameters it prints without quotes, and wants without. */
const BARE_PARAMETERS = new Set(['mandatory', 'alpn', 'port', 'ipv4hint', 'ipv6hint'])

function svcbSpelling(rdata: string): string {
  const tokens = rdata.match(/(?:"(?:\\.|[^"\\])*"|[^" ])+/g) ?? []
  const spelt = tokens.slice(2).map((token) => {
    const at = token.indexOf('=')
    const key = at < 0 ? token : token.slice(0, at)
    const name = NEWER_PARAMETERS[key] ?? key
    if (at < 0) return name.startsWith('key') ? `${name}=""` : name
    const value = token.slice(at + 1).replace(/^"(.*)"$/s, '$1')
    return BARE_PARAMETERS.has(name) ? `${name}=${value}` : `${name}="${value}"`
  })
  return [tokens[0], plainHosts(tokens[1] ?? ''), ...spelt].join(' ')
}
