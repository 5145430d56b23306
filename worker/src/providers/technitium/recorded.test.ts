import { readdir, readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { optionFields } from './options-fields.ts'
import { parseRecording } from './replay.ts'
import { signedState } from './dnssec-state.ts'
import {
  catalogList,
  created,
  dashboardStats,
  dnssecProperties,
  dsInfo,
  logPage,
  recordList,
  sessionInfo,
  topStats,
  zoneList,
  zoneOptions,
  zonePermissions,
} from './wire.ts'
import { toZone } from './zones.ts'

/** The calls whose answers are read, and the members of those answers that are dropped: `wire.ts` says why. */
const READ: Record<string, { shape: z.ZodType; dropped: string[] }> = {
  'zones/list': { shape: zoneList, dropped: ['nameIdn', 'hasDnssecPrivateKeys', 'pageNumber', 'totalPages'] },
  'zones/catalogs/list': { shape: catalogList, dropped: [] },
  'zones/create': { shape: created, dropped: [] },
  'zones/options/get': { shape: zoneOptions, dropped: ['nameIdn', 'internal', 'dnssecStatus', 'disabled'] },
  'zones/permissions/get': { shape: zonePermissions, dropped: ['section', 'subItem'] },
  'zones/dnssec/properties/get': { shape: dnssecProperties, dropped: ['name', 'type', 'internal', 'disabled'] },
  'zones/dnssec/viewDS': {
    shape: dsInfo,
    dropped: [
      ...['name', 'type', 'internal', 'disabled', 'isRetiring', 'dnsKeyStateReadyBy'],
      ...['algorithm', 'publicKey', 'digestType'],
    ],
  },
  'zones/records/get': {
    shape: recordList,
    dropped: [
      ...['nameIdn', 'hasDnssecPrivateKeys', 'ttlString', 'expiryTtlString', 'lastUsedOn', 'lastModified'],
      'dnssecStatus',
    ],
  },
  'dashboard/stats/get': {
    shape: dashboardStats,
    dropped: [
      ...['nameIdn', 'backgroundColor', 'borderColor', 'borderWidth', 'fill'],
      // The totals say the same.
      'queryResponseChartData',
    ],
  },
  'dashboard/stats/getTop': { shape: topStats, dropped: ['nameIdn'] },
  'logs/query': { shape: logPage, dropped: [] },
  'user/session/get': {
    shape: sessionInfo,
    dropped: [
      ...['displayName', 'isSsoUser', 'totpEnabled', 'token', 'server', 'status', 'uptimestamp', 'dnsServerDomain'],
      ...[
        'defaultRecordTtl',
        'defaultNsRecordTtl',
        'defaultSoaRecordTtl',
        'useSoaSerialDateScheme',
        'dnssecValidation',
      ],
    ],
  },
}

interface Answer {
  name: string
  path: string
  response: unknown
}

const answers: Answer[] = []

beforeAll(async () => {
  for (const folder of ['technitium', 'technitium-14.3']) {
    const url = new URL(`fixtures/${folder}/`, import.meta.url)
    for (const file of await readdir(url)) {
      const { exchanges } = parseRecording(await readFile(new URL(file, url), 'utf8'))
      for (const { name, request, response } of exchanges) {
        const json = response.json as { status?: string; response?: unknown } | undefined
        if (json?.status !== 'ok') continue
        answers.push({ name, path: request.path.replace('/api/', ''), response: json.response ?? json })
      }
    }
  }
})

/** Names of members that parsing took away. */
function lost(given: unknown, read: unknown): string[] {
  if (Array.isArray(given) && Array.isArray(read)) return given.flatMap((each, at) => lost(each, read[at]))
  if (typeof given !== 'object' || given === null || typeof read !== 'object' || read === null) return []
  return Object.entries(given).flatMap(([name, value]) =>
    name in read ? lost(value, (read as Record<string, unknown>)[name]) : [name],
  )
}

describe('every recorded answer of a real server', () => {
  it.each(Object.entries(READ))('to %s is read, and nothing of it is lost unawares', (path, { shape, dropped }) => {
    const own = answers.filter((answer) => answer.path === path)
    expect(own.length).toBeGreaterThan(0)
    const missed = new Set(own.flatMap(({ response }) => lost(response, shape.parse(response))))
    expect([...missed].filter((name) => !dropped.includes(name))).toEqual([])
  })

  it('shows every option of a zone as a field or a fact', () => {
    const own = answers.filter(({ path }) => path === 'zones/options/get')
    for (const { name, response } of own) {
      const options = zoneOptions.parse(response)
      const shown = optionFields(options).map(({ id }) => id)
      const other = ['name', 'type', 'notifyFailed', 'notifyFailedFor', 'isSecondaryCatalogMember']
      const held = Object.entries(options).flatMap(([id, value]) => (value === undefined ? [] : [id]))
      const hidden = held.filter((id) => !shown.includes(id) && !other.includes(id) && !id.startsWith('available'))
      // Where the server has no keys there is nothing to choose from.
      expect(
        hidden.filter((id) => id !== 'zoneTransferTsigKeyNames'),
        name,
      ).toEqual([])
    }
  })

  it('tells of a signed zone what it is in', () => {
    const find = (path: string) => answers.filter((answer) => answer.path === path).map(({ response }) => response)
    const [properties] = find('zones/dnssec/properties/get')
      .map((response) => dnssecProperties.parse(response))
      .filter(({ dnssecPrivateKeys }) => dnssecPrivateKeys.length > 0)
    const [ds] = find('zones/dnssec/viewDS').map((response) => dsInfo.parse(response))
    const zone = find('zones/records/get')
      .map((response) => recordList.parse(response))
      .find((list) => list.zone.name === 'sec.example')
    const state = signedState(properties!, ds!.dsRecords, zone!.records, true)
    expect(state.state).toBe('pending')
    expect(state.keys.map(({ keyTag, role, dnskey }) => [keyTag, role, dnskey?.flags])).toEqual([
      [39_316, 'ksk', 257],
      [1757, 'zsk', 256],
    ])
    expect(state.ds[0]).toEqual({
      keyTag: 39_316,
      algorithm: 13,
      digestType: 2,
      digest: '03851ad9cf2b4e392598756ada3882d7ac240ad36ae900cf5f5cb8039855cab6',
    })
    expect(toZone(zone!.zone)).toMatchObject({ name: 'sec.example', kind: 'Primary', dnssec: true })
  })
})
