import { recordJson } from './answers-json.ts'
import { requireSection, type Call, type Handler, type Members } from './call.ts'
import { shownTime } from './call.ts'
import type { Section } from './directory.ts'
import { reverseName, tryAddress } from './address.ts'
import { toAscii, toUnicode } from './names.ts'
import { nsRdata } from './rdata-hosts.ts'
import { soaRdata } from './rdata-soa.ts'
import { NS_TTL, type State } from './state.ts'
import { ttlString } from './ttl.ts'
import { makeRecord } from './zone.ts'

/** The allowed and the blocked zones, and the cache: names in a tree that is walked level by level. */

interface Tree {
  names: () => Iterable<string>
  /** Of one name; empty for a name that is only on the way to others. */
  recordsOf: (name: string) => Members[]
}

/** Levels with a single name below and nothing in them are passed over: the answer can be deeper than what was asked. */
function listTree({ parameters }: Call, tree: Tree): Members {
  const names = [...tree.names()]
  const up = parameters.text('direction', '').toLowerCase() === 'up'
  let domain = toAscii(parameters.text('domain', ''))
  for (;;) {
    const below = labelsBelow(names, domain)
    const records = tree.recordsOf(domain)
    if (records.length > 0 || below.length !== 1 || (up && domain === '')) return treeJson(domain, below, records)
    if (up) domain = domain.includes('.') ? domain.slice(domain.indexOf('.') + 1) : ''
    else domain = joined(below[0]!, domain)
  }
}

function joined(label: string, domain: string): string {
  return domain === '' ? label : `${label}.${domain}`
}

function labelsBelow(names: readonly string[], domain: string): string[] {
  const end = domain === '' ? '' : `.${domain}`
  const labels = names
    .filter((name) => name.endsWith(end) && name.length > end.length)
    .map((name) =>
      name
        .slice(0, name.length - end.length)
        .split('.')
        .at(-1)!,
    )
  return [...new Set(labels)].sort()
}

function treeJson(domain: string, below: readonly string[], records: Members[]): Members {
  const unicode = toUnicode(domain)
  const names = below.map((label) => joined(label, domain))
  return {
    domain,
    ...(unicode === undefined ? {} : { domainIdn: unicode }),
    zones: names.map((name) => toUnicode(name) ?? name),
    records,
  }
}

type ListName = 'allowed' | 'blocked'

const SECTION: Readonly<Record<ListName, Section>> = { allowed: 'Allowed', blocked: 'Blocked' }
/** Seconds: what a client may keep of a blocked name. */
const BLOCKING_TTL = 30

/** A listed name is a zone of its own. Its contact is the machine's, not the server's: it was made when that had none. */
function listedRecords(state: State, name: string): Members[] {
  const soa = soaRdata({
    primaryNameServer: state.serverDomain,
    responsiblePerson: `hostadmin@${state.machineName}`,
    serial: 1,
    refresh: 900,
    retry: 300,
    expire: 604_800,
    minimum: BLOCKING_TTL,
  })
  return [
    recordJson(makeRecord(name, 'NS', NS_TTL, nsRdata(state.serverDomain)), null),
    recordJson(makeRecord(name, 'SOA', BLOCKING_TTL, soa), null),
  ]
}

/** A name, or the reverse name of an address. */
function listedName(text: string): string {
  const address = tryAddress(text)
  return (address ? reverseName(address) : toAscii(text)).toLowerCase()
}

interface ListHandlers {
  list: Handler
  add: Handler
  remove: Handler
  flush: Handler
  fill: Handler
  /** The answer is text. */
  print: (call: Call) => { text: string; filename: string }
}

function listHandlers(list: ListName): ListHandlers {
  const section = SECTION[list]
  return {
    list(call) {
      requireSection(call, section, 'canView')
      const { state } = call
      const names = state[list]
      return listTree(call, {
        names: () => names,
        recordsOf: (name) => (names.has(name) ? listedRecords(state, name) : []),
      })
    },
    add(call) {
      requireSection(call, section, 'canModify')
      call.state[list].add(listedName(call.parameters.text('domain')))
      return {}
    },
    remove(call) {
      requireSection(call, section, 'canDelete')
      call.state[list].delete(toAscii(call.parameters.text('domain')).toLowerCase())
      return {}
    },
    flush(call) {
      requireSection(call, section, 'canDelete')
      call.state[list].clear()
      return {}
    },
    fill(call) {
      requireSection(call, section, 'canModify')
      const names = call.parameters.text(`${list}Zones`).split(',')
      for (const name of names) if (name !== '') call.state[list].add(listedName(name))
      return {}
    },
    print(call) {
      requireSection(call, section, 'canView')
      const names = [...call.state[list]].sort()
      const filename = list === 'allowed' ? 'AllowedZones.txt' : 'BlockedZones.txt'
      return { text: names.map((name) => `${name}\n`).join(''), filename }
    },
  }
}

export const allowedZones = listHandlers('allowed')
export const blockedZones = listHandlers('blocked')

export const listCache: Handler = (call) => {
  requireSection(call, 'Cache', 'canView')
  const { state } = call
  return listTree(call, { names: () => state.cache.keys(), recordsOf: (name) => cachedRecords(state, name) })
}

/** In the cache's own form: the TTL is a text, and there is neither a comment nor an expiry. */
function cachedRecords(state: State, name: string): Members[] {
  const address = state.cache.get(name)
  if (!address) return []
  const ttl = 300
  return [
    {
      name,
      type: address.includes(':') ? 'AAAA' : 'A',
      ttl: `${ttl} (${ttlString(ttl)})`,
      rData: { ipAddress: address },
      dnssecStatus: 'Unknown',
      responseMetadata: { nameServer: null, protocol: 'Udp', datagramSize: '0 bytes', roundTripTime: '0 ms' },
      lastUsedOn: shownTime(state.now()),
    },
  ]
}

/** A name goes with everything below it. */
export const deleteCached: Handler = (call) => {
  requireSection(call, 'Cache', 'canDelete')
  const domain = toAscii(call.parameters.text('domain')).toLowerCase()
  for (const name of call.state.cache.keys()) {
    if (name === domain || name.endsWith(`.${domain}`)) call.state.cache.delete(name)
  }
  return {}
}

export const flushCache: Handler = (call) => {
  requireSection(call, 'Cache', 'canDelete')
  call.state.cache.clear()
  return {}
}
