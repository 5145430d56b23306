import type { Delegation } from '@zonedeck/shared/delegation'
import type { ApplyInput, HistoryEntry, Job, Plan, PlanInput } from '@zonedeck/shared/job'
import type { DnssecState } from '@zonedeck/shared/dnssec'
import type { Zone, ZoneContent, ZoneSettings } from '@zonedeck/shared/zone'
import type { ZonePermissions } from '@zonedeck/shared/zone-permissions'
import type { Problem } from '@zonedeck/shared/problem'
import { api, call, respond } from '#lib/api.ts'
import { readLines } from './lines.ts'

/** Where a zone is. */
export interface Place {
  connection: string
  zone: string
}

const zones = api.connections[':connection'].zones

// Zone names may hold a slash (RFC 2317), which the client leaves as it is.
function param({ connection, zone }: Place) {
  return { connection, zone: encodeURIComponent(zone) }
}

export function readZone(place: Place): Promise<ZoneContent> {
  return call(zones[':zone'].$get({ param: param(place) }))
}

/** What the zone above says of it, asked now. */
export function readDelegation(place: Place): Promise<Delegation> {
  return call(zones[':zone'].delegation.$get({ param: param(place) }))
}

/** Checks changes against the zone as it is now. Writes nothing. */
export function makePlan(place: Place, json: PlanInput): Promise<Plan> {
  return call(zones[':zone'].plans.$post({ param: param(place), json }))
}

/** Applies a plan. The job may still be running. */
export function startJob(place: Place, json: ApplyInput): Promise<Job> {
  return call(zones[':zone'].jobs.$post({ param: param(place), json }))
}

export function readJob(place: Place, job: string): Promise<Job> {
  return call(zones[':zone'].jobs[':job'].$get({ param: { ...param(place), job } }))
}

export function readSettings(place: Place): Promise<ZoneSettings> {
  return call(zones[':zone'].settings.$get({ param: param(place) }))
}

/** The server's own rights on a zone. */
export function readPermissions(place: Place): Promise<ZonePermissions> {
  return call(zones[':zone'].permissions.$get({ param: param(place) }))
}

export function readDnssec(place: Place): Promise<DnssecState> {
  return call(zones[':zone'].dnssec.$get({ param: param(place) }))
}

/** The zone file as the server itself writes it. */
export async function exportNative(place: Place): Promise<string> {
  return (await respond(zones[':zone'].export.$get({ param: param(place) }))).text()
}

/** History of one zone, or of all the caller may see: newest first, without the changes. */
export function readHistory(place: Place | null, before?: string): Promise<HistoryEntry[]> {
  const query = before === undefined ? {} : { before }
  if (place === null) return call(api.history.$get({ query }))
  return call(zones[':zone'].history.$get({ param: param(place), query }))
}

export function readEntry(id: string): Promise<HistoryEntry> {
  return call(api.history[':id'].$get({ param: { id } }))
}

/** One line of the merged list: what a connection answered. */
export type ZoneLine = { connection: string; zones: Zone[] } | { connection: string; problem: Problem }

/** The zones of every connection, each as soon as its server answers. */
export async function* streamZones(signal?: AbortSignal): AsyncGenerator<ZoneLine> {
  const response = await respond(api.zones.$get({}, signal === undefined ? {} : { init: { signal } }))
  if (response.body === null) return
  // The worker's own lines, checked there; a line is a connection's answer by the contract of the route.
  const body: ReadableStream<Uint8Array> = response.body as ReadableStream<Uint8Array>
  for await (const line of readLines(body)) yield JSON.parse(line) as ZoneLine
}
