import type { Pause } from '@zonedeck/shared/content-filter'
import type { AppClient, AppConfig } from '@zonedeck/shared/filter/app-config'
import { clientProfiles } from '@zonedeck/shared/filter/findings/profiles'
import {
  clientsOfOneName,
  clientsWithoutIds,
  duplicateIds,
  impossibleIds,
  oddAddresses,
} from '@zonedeck/shared/filter/findings/clients'
import type { ConfigFinding } from '@zonedeck/shared/filter/findings/finding'
import { pairItems } from '@zonedeck/shared/filter/identity'
import { arrayOf, isObject, sameJson, type JsonObject } from '@zonedeck/shared/filter/json'
import { withoutPaused } from '../pauses/paused-findings.ts'
import { readAsked } from './asked.ts'
import type { ClientForm } from './client-edits.ts'
import { clientCoverage, type Coverage } from './coverage.ts'
import { clientName, whoIs } from './who-is.ts'

/** A client entry as the list shows it. */
export interface ClientRow {
  /** Its position among the clients of the draft. */
  index: number
  /** As the app reads it. */
  client: AppClient
  name: string
  ids: readonly string[]
  coverage: Coverage
  findings: readonly ConfigFinding[]
  /** What the draft does to it. */
  change: 'added' | 'changed' | null
  /** What a search looks through, in lower case. */
  text: string
}

const idRules = [impossibleIds, oddAddresses, duplicateIds]
const rules = [clientProfiles, ...idRules, clientsWithoutIds, clientsOfOneName]

/**
 * The clients of a configuration, in their order.
 *
 * @param json the same configuration as it is written
 * @param before the one that the server holds
 * @param pauses what lasts at this moment
 */
export function clientRows(
  config: AppConfig,
  json: JsonObject,
  before: JsonObject,
  pauses: readonly Pause[] = [],
): ClientRow[] {
  const now = arrayOf(json['clients'])
  const old = arrayOf(before['clients'])
  const pairs = now === old ? null : pairItems('client', old, now)
  const found = findingsByClient(config, json, pauses)
  return (config.clients ?? []).flatMap((client, index): ClientRow[] => {
    if (client === null) return []
    const name = clientName(client, index)
    const ids = (client.ids ?? []).filter((id) => id !== null)
    const was = pairs === null ? index : (pairs[index] ?? -1)
    const change = was < 0 ? 'added' : sameJson(old[was], now[index]) ? null : 'changed'
    return [
      {
        index,
        client,
        name,
        ids,
        coverage: clientCoverage(config, client, pauses),
        findings: found.get(index) ?? [],
        change,
        text: [name, ...ids, client.profile ?? ''].join('\n').toLowerCase(),
      },
    ]
  })
}

function findingsByClient(config: AppConfig, json: JsonObject, pauses: readonly Pause[]): Map<number, ConfigFinding[]> {
  const byClient = new Map<number, ConfigFinding[]>()
  const all = rules.flatMap((rule) => rule({ config, json }))
  for (const finding of withoutPaused(all, config, pauses)) {
    const index = Number(/^\/clients\/(\d+)/.exec(finding.pointer)?.[1] ?? NaN)
    byClient.set(index, [...(byClient.get(index) ?? []), finding])
  }
  return byClient
}

/**
 * What would be wrong with a client if it were as somebody has typed it.
 *
 * @param index its position; null for a new one
 */
export function formFindings(
  config: AppConfig,
  index: number | null,
  { name, ids, profile }: ClientForm,
): ConfigFinding[] {
  const at = index ?? config.clients?.length ?? 0
  const clients = [...(config.clients ?? [])]
  clients[at] = { name, ids, profile }
  const context = { config: { ...config, clients }, json: {} }
  return idRules.flatMap((rule) => rule(context)).filter(({ pointer }) => pointer.startsWith(`/clients/${at}/`))
}

/** Clients that the draft takes away, by the name they had. */
export function removedClients(json: JsonObject, before: JsonObject): string[] {
  const old = arrayOf(before['clients'])
  const kept = new Set(pairItems('client', old, arrayOf(json['clients'])))
  return old.flatMap((client, index) =>
    kept.has(index)
      ? []
      : [isObject(client) && typeof client['name'] === 'string' ? client['name'] : `client ${index + 1}`],
  )
}

/** The id to test a client by: one whose queries the app really gives to this entry. Null: there is none. */
export function testableId(clients: AppConfig['clients'], index: number): string | null {
  const ids = clients?.[index]?.ids ?? []
  return (
    ids.find((id) => {
      const asked = id === null ? null : readAsked(id)
      return asked !== null && whoIs({ clients }, asked).found?.index === index
    }) ?? null
  )
}
