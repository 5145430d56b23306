import type { Delegation } from '@zonedeck/shared/delegation'
import type { Ds } from '@zonedeck/shared/dnssec'
import { bareName } from '@zonedeck/shared/name-servers'
import { duration } from '@zonedeck/shared/plan/duration'
import { ds as dsType } from '@zonedeck/shared/records/ds'
import type { Answer } from '../../dns-message/resolver.ts'
import type { ResourceRecord } from '../../dns-message/message.ts'
import type { Asked, Findings } from './ask-parent.ts'
import type { OwnServers } from './own-servers.ts'

type NameServers = Delegation['nameServers']
type DsAnswer = Omit<Delegation['ds'], 'cachedUntil'>

/** Where no signature tells the whole TTL: no registry is known to give DS records a longer one. */
const LONGEST_TTL = 172_800

/** The zone above, as far as the answers name it: a DS record is signed by it, a negative answer comes from it. */
export function judgeParent(asked: Asked, name: string): string | null {
  if (asked.state !== 'found') return null
  const { ns, ds } = asked.findings
  const signer = signatures(ds, name)[0]?.rdata.split(' ')[7]
  const named = [signer, ds.soa?.name, ns.soa?.name].find((zone) => zone !== undefined && isAbove(zone, name))
  return named === undefined ? null : bareName(named)
}

export function judgeNameServers(asked: Asked, own: OwnServers, name: string, parent: string | null): NameServers {
  const inZone = 'servers' in own ? own.servers : null
  if (asked.state !== 'found') return { state: asked.state, atParent: null, inZone, ttl: null, detail: asked.reason }
  const { ns } = asked.findings
  const above = parent === null ? 'The parent' : parent === '@' ? 'The root zone' : `The parent (${parent})`
  const atParent = recordsAt(ns, name, 'NS')
    .map(({ rdata }) => bareName(rdata))
    .toSorted()
  if (atParent.length === 0) return { ...noServers(asked.findings, name, above), atParent: null, inZone, ttl: ns.ttl }
  return { ...compare(atParent, own, above), atParent, inZone, ttl: ns.ttl }
}

/** The resolver found no name servers. */
function noServers({ ns, ds }: Findings, name: string, above: string): Pick<NameServers, 'state' | 'detail'> {
  const kept = ns.ttl !== null && ns.ttl > 60 ? ` The resolver may keep this answer for up to ${duration(ns.ttl)}.` : ''
  if (ns.kind === 'nxdomain') {
    return { state: 'not-delegated', detail: `${above} does not have this name: nothing is delegated yet.${kept}` }
  }
  if (ns.kind === 'servfail') {
    // The parent itself answers for the DS records: it has the name, and what it says leads nowhere.
    const known = ds.kind === 'nodata' || ds.kind === 'records'
    const lame = `${above} has this name, but the name servers it leads to give no answer. ${ns.trouble ?? ''}`
    return { state: 'unknown', detail: known ? lame.trimEnd() : (ns.trouble ?? '') }
  }
  if (ns.kind === 'silent') return { state: 'unknown', detail: ns.trouble ?? '' }
  if (ns.soa?.name === name) {
    return {
      state: 'unknown',
      detail: 'The zone is delegated, and the servers that answer for it name no name servers.',
    }
  }
  return { state: 'not-delegated', detail: `${above} has this name, but no name servers for it.${kept}` }
}

function compare(atParent: readonly string[], own: OwnServers, above: string): Pick<NameServers, 'state' | 'detail'> {
  if (!('servers' in own)) {
    return { state: 'unknown', detail: `${above} delegates to ${list(atParent)}. ${own.reason}` }
  }
  const ours = own.servers.map(({ name }) => name)
  const missing = ours.filter((host) => !atParent.includes(host))
  const foreign = atParent.filter((host) => !ours.includes(host))
  if (missing.length === 0 && foreign.length === 0) {
    return { state: 'delegated', detail: `${above} delegates to exactly these name servers.` }
  }
  if (foreign.length === atParent.length) {
    const none = ours.length === 0 ? ' This zone names no name servers at all.' : ''
    return {
      state: 'elsewhere',
      detail: `${above} delegates to ${list(foreign)}: other servers answer for this name.${none}`,
    }
  }
  const lacks = missing.length === 0 ? '' : ` It lacks ${list(missing)}.`
  const more = foreign.length === 0 ? '' : ` It also names ${list(foreign)}, which this zone does not.`
  return { state: 'partly', detail: `${above} does not have the same name servers as this zone.${lacks}${more}` }
}

export function judgeDs(asked: Asked, name: string): DsAnswer {
  const empty = { records: [], ttl: null, validates: null }
  if (asked.state === 'private') return { ...empty, state: 'none', detail: 'No zone above can have DS records for it.' }
  if (asked.state !== 'found') return { ...empty, state: 'unknown', detail: asked.reason }
  const { ds, ns, bogus } = asked.findings
  if (ds.kind === 'servfail' || ds.kind === 'silent') return { ...empty, state: 'unknown', detail: ds.trouble ?? '' }
  const records = recordsAt(ds, name, 'DS')
  if (records.length === 0) return { ...empty, state: 'none', detail: 'The parent has no DS records for this zone.' }
  const originals = signatures(ds, name).map(({ rdata }) => Number(rdata.split(' ')[3]))
  const validates = bogus ? false : ns.kind === 'records' && ns.validated ? true : null
  const fits = {
    true: ', and its signatures fit.',
    false: ', and its signatures do not fit: resolvers that validate refuse it.',
  }
  const end = validates === null ? '.' : fits[`${validates}`]
  return {
    state: 'present',
    records: records.map(({ rdata }) => toDs(rdata)),
    // RFC 4035 §5.3.3: no validating resolver keeps them longer than the signature says.
    ttl: originals.length > 0 ? Math.max(...originals) : Math.max(LONGEST_TTL, ...records.map(({ ttl }) => ttl)),
    validates,
    detail: `The parent has ${records.length === 1 ? 'a DS record' : `${records.length} DS records`} for this zone${end}`,
  }
}

function toDs(rdata: string): Ds {
  const { keyTag, algorithm, digestType, digest } = dsType.parse(rdata)
  return {
    keyTag: Number(keyTag),
    algorithm: Number(algorithm),
    digestType: Number(digestType),
    digest: String(digest),
  }
}

/** Of an alias's target nothing is wanted: an alias is no delegation. */
function recordsAt({ records }: Answer, name: string, type: string): ResourceRecord[] {
  return records.filter((record) => record.type === type && record.name === name)
}

function signatures(ds: Answer, name: string): ResourceRecord[] {
  return recordsAt(ds, name, 'RRSIG').filter(({ rdata }) => rdata.startsWith('DS '))
}

function isAbove(zone: string, name: string): boolean {
  return zone !== name && (zone === '.' || name.endsWith(`.${zone}`))
}

function list(hosts: readonly string[]): string {
  return hosts.length < 2 ? hosts.join('') : `${hosts.slice(0, -1).join(', ')} and ${hosts.at(-1)}`
}
