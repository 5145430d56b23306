import ipaddr from 'ipaddr.js'
import { Answer, json, object, type Json } from './simulator-answer.ts'
import { defaultKey } from './simulator-dnssec.ts'
import { withoutDot, zoneOfId } from './simulator-names.ts'
import { countUp, isPresigned, isSecured, kindOf, type SimulatedZone } from './simulator-zone.ts'

/** Besides `X-…`, which is always taken. */
const READABLE =
  'ALLOW-AXFR-FROM AXFR-SOURCE ALLOW-DNSUPDATE-FROM TSIG-ALLOW-DNSUPDATE FORWARD-DNSUPDATE SOA-EDIT-DNSUPDATE NOTIFY-DNSUPDATE ALSO-NOTIFY AXFR-MASTER-TSIG GSS-ALLOW-AXFR-PRINCIPAL GSS-ACCEPTOR-PRINCIPAL IXFR LUA-AXFR-SCRIPT NSEC3NARROW NSEC3PARAM PRESIGNED PUBLISH-CDNSKEY PUBLISH-CDS SLAVE-RENOTIFY SOA-EDIT TSIG-ALLOW-AXFR'.split(
    ' ',
  )
const NOT_WRITABLE = 'AXFR-MASTER-TSIG NSEC3NARROW NSEC3PARAM PRESIGNED LUA-AXFR-SCRIPT TSIG-ALLOW-AXFR'.split(' ')
const MAX_ITERATIONS = 100

/** `/zones/{id}/metadata[/{kind}]`. */
export function metadataAnswer(zone: SimulatedZone, method: string, kind: string | undefined, body: string): Response {
  if (kind === undefined) {
    if (method === 'GET') {
      return json([...zone.metadata].map(([each, metadata]) => ({ type: 'Metadata', kind: each, metadata })))
    }
    if (method !== 'POST') throw new Answer(405)
    const input = object(body)
    if (typeof input.kind !== 'string') throw new Answer(422, 'kind is not specified or not a string')
    checkKind(input.kind, true)
    const held = zone.metadata.get(input.kind) ?? []
    return json(store(zone, input.kind, [...new Set([...held, ...textsOf(input)])]), 201)
  }
  switch (method) {
    case 'GET':
      checkKind(kind, false)
      return json({ type: 'Metadata', kind, metadata: zone.metadata.get(kind) ?? [] })
    case 'PUT': {
      const input = object(body)
      checkKind(kind, true)
      return json(store(zone, kind, textsOf(input)))
    }
    case 'DELETE':
      checkKind(kind, true)
      store(zone, kind, [])
      return new Response('', { headers: { 'content-type': 'text/html; charset=utf-8' } })
    default:
      throw new Answer(405)
  }
}

function checkKind(kind: string, write: boolean): void {
  const known = kind.startsWith('X-') || (READABLE.includes(kind) && !(write && NOT_WRITABLE.includes(kind)))
  if (!known) throw new Answer(422, `Unsupported metadata kind '${kind}'`)
}

function textsOf({ metadata }: Json): string[] {
  if (!Array.isArray(metadata)) throw new Answer(422, 'metadata is not specified or not an array')
  return metadata.map((each: unknown) => {
    if (typeof each !== 'string') throw new Answer(422, 'metadata must be strings')
    return each
  })
}

/** Kinds come back in the order of the alphabet; one without values is not there. */
function store({ metadata }: SimulatedZone, kind: string, values: string[]): Json {
  if (values.length === 0) metadata.delete(kind)
  else metadata.set(kind, values)
  return { type: 'Metadata', kind, metadata: values }
}

/**
 * What `PUT /zones/{id}` and the making of a zone take beside records, all or nothing. Values of the wrong type are
 * passed over without a word.
 */
export function applySettings(
  zone: SimulatedZone,
  input: Json,
  world: { tsigKeys: ReadonlyMap<string, unknown>; nextId: () => number; now: number },
  modified: boolean,
): void {
  if (Array.isArray(input.masters)) zone.masters = input.masters.map(String).map(address)
  if (typeof input.kind === 'string') zone.kind = kindOf(input.kind)
  if (typeof input.catalog === 'string') zone.catalog = input.catalog === '' ? '' : zoneOfId(input.catalog)
  if (typeof input.account === 'string') zone.account = input.account
  if (typeof input.soa_edit_api === 'string') zone.metadata.set('SOA-EDIT-API', [input.soa_edit_api])
  if (typeof input.soa_edit === 'string') zone.metadata.set('SOA-EDIT', [input.soa_edit])
  if (typeof input.api_rectify === 'boolean') zone.metadata.set('API-RECTIFY', [input.api_rectify ? '1' : '0'])
  const switched = typeof input.dnssec === 'boolean' && input.dnssec !== isSecured(zone)
  if (switched) switchSigning(zone, input.dnssec === true, world.nextId)
  const { nsec3param } = input
  if (switched || typeof nsec3param === 'string') {
    setNsec3(zone, typeof nsec3param === 'string' ? nsec3param : '', input.nsec3narrow === true)
  }
  if ((modified || switched || typeof nsec3param === 'string') && !isPresigned(zone)) {
    const rectify = zone.metadata.get('API-RECTIFY')?.[0]
    if (rectify === undefined || rectify === '1') checkRectifiable(zone)
    countUp(zone, world.now)
  }
  for (const [property, kind] of [
    ['master_tsig_key_ids', 'TSIG-ALLOW-AXFR'],
    ['slave_tsig_key_ids', 'AXFR-MASTER-TSIG'],
  ] as const) {
    const ids = input[property]
    if (!Array.isArray(ids)) continue
    const names = ids.map(String).map(zoneOfId)
    const unknown = names.find((name) => !world.tsigKeys.has(name))
    if (unknown !== undefined) {
      throw new Answer(422, `A TSIG key with the name '${withoutDot(unknown)}' does not exist`)
    }
    store(zone, kind, names)
  }
}

function address(text: string): string {
  const [, six, four, port] = /^(?:\[([0-9a-f:.]+)\]|([0-9.]+)):(\d+)$/i.exec(text) ?? []
  const host = six ?? four ?? text
  if (!ipaddr.IPv6.isValid(host) && !ipaddr.IPv4.isValidFourPartDecimal(host)) {
    throw new Answer(422, `Master (${text}) is not an IP address: Unable to convert presentation address '${text}'`)
  }
  const kept = ipaddr.IPv6.isValid(host) ? ipaddr.IPv6.parse(host).toRFC5952String() : host
  if (port === undefined || Number(port) === 53) return kept
  return kept.includes(':') ? `[${kept}]:${Number(port)}` : `${kept}:${Number(port)}`
}

function switchSigning(zone: SimulatedZone, on: boolean, nextId: () => number): void {
  if (on) {
    zone.keys = [...zone.keys, defaultKey(nextId())]
    return
  }
  if (zone.keys.length === 0) {
    throw new Answer(422, `Error while un-securing zone '${zone.name}': No keys for zone '${withoutDot(zone.name)}'.`)
  }
  zone.keys = []
  zone.metadata.delete('PRESIGNED')
}

function setNsec3(zone: SimulatedZone, text: string, narrow: boolean): void {
  if (text === '') {
    zone.metadata.delete('NSEC3PARAM')
    zone.metadata.delete('NSEC3NARROW')
    return
  }
  if (!isSecured(zone)) {
    throw new Answer(422, `NSEC3PARAM value provided for zone '${zone.name}', but zone is not DNSSEC secured.`)
  }
  const [, hash, flags, iterations, salt = ''] = /^(\d+) (\d+) (\d+) (-|(?:[0-9a-f]{2})+)$/i.exec(text) ?? []
  // A text that it cannot read is more than it can bear.
  if (iterations === undefined) throw new Answer(500)
  const invalid = `NSEC3PARAMs provided for zone '${zone.name}' are invalid. `
  if (Number(hash) !== 1) {
    throw new Answer(422, `${invalid}Invalid hash algorithm for NSEC3: '${hash}', the only valid value is '1'.`)
  }
  if (Number(iterations) > MAX_ITERATIONS) {
    throw new Answer(422, `${invalid}Number of NSEC3 iterations is above 'max-nsec3-iterations'.`)
  }
  zone.metadata.set('NSEC3PARAM', [`1 ${Number(flags)} ${Number(iterations)} ${salt.toLowerCase()}`])
  if (narrow) zone.metadata.set('NSEC3NARROW', ['1'])
  else zone.metadata.delete('NSEC3NARROW')
}

export function checkRectifiable(zone: SimulatedZone): void {
  if (zone.sets.has(`${zone.name} SOA`)) return
  throw new Answer(
    422,
    `Failed to rectify '${zone.name}' No SOA known for '${withoutDot(zone.name)}', is such a zone in the database?`,
  )
}
