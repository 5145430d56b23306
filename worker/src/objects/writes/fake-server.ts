import type { Capabilities } from '@zonedeck/shared/capabilities'
import type { Change, ChangeResult } from '@zonedeck/shared/change'
import type { Delegation } from '@zonedeck/shared/delegation'
import type { RecordSet } from '@zonedeck/shared/record-set'
import { setKey } from '@zonedeck/shared/plan/keys'
import type { OpenConnection } from '../../features/connections/open.ts'
import type { DnsProvider, FilterBackend, UserDirectory } from '../../providers/provider.ts'
import { ProviderError } from '../../providers/provider-error.ts'

/** A server for the writer's tests: one zone in memory that fails, lies, hangs or stops early on command. */
export interface FakeServer {
  zones: Map<string, { sets: Map<string, RecordSet>; disabled: boolean }>
  /** Every write it saw, as `apply www A`, `create`, `delete` … */
  log: string[]
  reads: number
  capabilities: Capabilities
  /** Called before a change is made: may throw, wait, or answer a result instead of making it. */
  onChange: (change: Change, index: number) => Promise<ChangeResult | void> | ChangeResult | void
  /** Called after the changes are made and before the answer goes out. */
  onAnswer: () => Promise<void> | void
  onRead: () => Promise<void> | void
  /** Changes one call gets through. */
  pace: number
  /** The adapter itself: tests give it further members. */
  dns: DnsProvider
  users: UserDirectory | undefined
  filter: FilterBackend | undefined
  open: (connection: string, calls: number) => Promise<OpenConnection>
}

/** A parent that has no DS of the zone. */
export const noDs: Delegation['ds'] = {
  state: 'none',
  records: [],
  ttl: null,
  cachedUntil: null,
  validates: null,
  detail: 'The parent has none.',
}

export const set = (name: string, type: string, ...rdata: string[]): RecordSet => ({
  name,
  type,
  ttl: 300,
  records: rdata.map((value) => ({ rdata: value })),
})

const capabilities: Capabilities = {
  zones: true,
  types: { A: true, MX: true, TXT: true, SOA: true, NS: true, CNAME: true },
  unknownTypes: true,
  ttl: { min: 0, max: 2_147_483_647, default: 3600 },
  apply: 'sequential',
  comments: 'set',
  disableRecord: true,
  enableZone: true,
  createZone: {
    kinds: [
      { id: 'Primary', label: 'Primary' },
      { id: 'Secondary', label: 'Secondary', records: 'elsewhere' },
    ],
  },
  deleteZone: true,
  soa: 'editable',
  apexNs: 'editable',
  txt: { maxBytes: 65_535, nonAscii: true },
  settings: true,
  permissions: true,
  dnssec: true,
  nativeImport: ['merge', 'replace'],
  nativeExport: { reason: 'It has none.' },
  search: { reason: 'It has none.' },
  users: true,
  statistics: { reason: 'It has none.' },
  queryLog: { reason: 'It has none.' },
  filter: true,
  actions: [],
}

export function fakeServer(zone: string, sets: RecordSet[]): FakeServer {
  const toMap = (list: RecordSet[]) => new Map(list.map((item) => [setKey(item), item]))
  const server: FakeServer = {
    zones: new Map([[zone, { sets: toMap(sets), disabled: false }]]),
    log: [],
    reads: 0,
    capabilities: structuredClone(capabilities),
    onChange: () => undefined,
    onAnswer: () => undefined,
    onRead: () => undefined,
    pace: Number.POSITIVE_INFINITY,
    get dns() {
      return dns
    },
    users: undefined,
    filter: undefined,
    open: (id) =>
      Promise.resolve({
        about: {
          id: 'fake',
          label: 'Fake',
          tile: 'Fa',
          summary: '',
          link: 'https://example.org/',
          urlHelp: '',
          urlExample: '',
          fields: [],
          rights: [],
          capabilities: server.capabilities,
        },
        dns,
        users: server.users,
        filter: server.filter,
        stats: undefined,
        memory: { get: () => undefined, set: () => undefined, delete: () => undefined },
        connection: { id, name: 'office', provider: 'fake', url: 'https://dns.example.org/', source: 'panel' },
      }),
  }
  const find = (name: string) => {
    const found = server.zones.get(name)
    if (found === undefined) throw new ProviderError('missing', 'There is no such zone.')
    return found
  }
  const dns: DnsProvider = {
    test: () => Promise.resolve({ missing: [] }),
    listZones: () => Promise.resolve([...server.zones.keys()].map((name) => ({ name, kind: 'Primary' }))),
    readZone: async (name) => {
      server.reads += 1
      await server.onRead()
      const { sets: all, disabled } = find(name)
      return { zone: { name, kind: 'Primary', disabled }, recordSets: structuredClone([...all.values()]) }
    },
    apply: async (name, changes) => {
      const { sets: all } = find(name)
      const results: ChangeResult[] = []
      for (const [index, change] of changes.slice(0, server.pace).entries()) {
        server.log.push(`apply ${setKey(change)}`)
        const instead = await server.onChange(change, index)
        if (!instead) {
          if (change.after === null) all.delete(setKey(change))
          else all.set(setKey(change), change.after)
        }
        results.push(instead ?? { name: change.name, type: change.type, status: 'done' })
      }
      await server.onAnswer()
      return { results, more: false }
    },
    createZone: async (name) => {
      server.log.push('create')
      server.zones.set(name, {
        sets: toMap([set('@', 'SOA', `ns1.fake. host.${name}. 1 2 3 4 5`), set('@', 'NS', 'ns1.fake.')]),
        disabled: false,
      })
      await server.onAnswer()
      return { name }
    },
    deleteZone: async (name) => {
      server.log.push('delete')
      server.zones.delete(name)
      await server.onAnswer()
    },
    setZoneEnabled: async (name, enabled) => {
      server.log.push(enabled ? 'enable' : 'disable')
      find(name).disabled = !enabled
      await server.onAnswer()
    },
  }
  return server
}
