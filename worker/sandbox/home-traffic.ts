import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseBlockList } from '@zonedeck/shared/filter/block-list'
import { compileConfig, type CompiledConfig } from '@zonedeck/shared/filter/compile'
import { explain } from '@zonedeck/shared/filter/explain'
import { listsInUse, type Lists } from '@zonedeck/shared/filter/lists-in-use'
import { readConfig } from '@zonedeck/shared/filter/read-config'
import type { SeenQuery, Traffic } from '../src/providers/technitium/simulator/traffic.ts'
import { busyAt, household, type Device } from './household.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const HALF_HOUR = 30 * MINUTE
const WEEK = 7 * 24 * HOUR
/** Central European winter time, all year. */
const OFFSET = HOUR
/** So many minutes are held: what the log app keeps is read again and again. */
const HELD = 6000

/**
 * The queries of the family's devices, the same for a minute whenever they are asked for. What becomes of them is what
 * their filter makes of them, as it was when the sandbox started.
 *
 * @param config the configuration of their filter
 */
export async function homeTraffic(config: string): Promise<Traffic> {
  const filter = await compiled(config)
  const verdicts = new Map<string, Filtered | null>()
  const held = new Map<number, SeenQuery[]>()
  const planned = new Set(filter === null ? [] : household.map(({ address }) => address).filter(hasSchedule(filter)))

  /** Of a week like all others: what a schedule makes of a half hour is asked for once, and of others nothing changes. */
  function filtered(client: string, name: string, type: string, at: number): Filtered | null {
    const half = planned.has(client) ? Math.floor((at % WEEK) / HALF_HOUR) : ''
    const key = `${client} ${name} ${type} ${half}`
    const known = verdicts.get(key)
    if (known !== undefined) return known
    const found = filter === null ? null : verdictOf(filter, { client, name, type, time: at })
    verdicts.set(key, found)
    return found
  }

  function queriesOf(minute: number): SeenQuery[] {
    const queries = household.flatMap((device, index) => {
      const seed = minute / MINUTE + index * 7_919
      const length = Math.floor(rate(device, minute) + roll(seed, 1))
      return Array.from({ length }, (_, number) => query(device, minute, seed + number * 104_729))
    })
    return queries.sort((a, b) => a.at - b.at)
  }

  function query({ address, encrypted, names }: Device, minute: number, seed: number): SeenQuery {
    const name = names[Math.floor(names.length * roll(seed, 2) ** 1.6)]!
    const type = typeOf(roll(seed, 3))
    const at = minute + roll(seed, 4) * MINUTE
    const protocol = encrypted ? 'Tls' : roll(seed, 5) < 0.02 ? 'Tcp' : roll(seed, 5) > 0.96 ? 'Https' : 'Udp'
    const seen = { at, client: address, protocol, name, type } as const
    const owned = name.endsWith('.home.arpa') || name.endsWith('kids-club.example')
    if (owned) {
      const answer = type === 'A' ? 'A 192.168.20.10' : null
      return { ...seen, answeredBy: 'Authoritative', rcode: 'NoError', answer }
    }
    const verdict = filtered(address, name, type, at)
    if (verdict !== null) return { ...seen, answeredBy: 'Blocked', ...verdict }
    return { ...seen, ...resolved(name, type, seed) }
  }

  return (minute) => {
    const known = held.get(minute)
    if (known !== undefined) return known
    const queries = queriesOf(minute)
    held.set(minute, queries)
    const [oldest] = held.keys()
    if (held.size > HELD && oldest !== undefined) held.delete(oldest)
    return queries
  }
}

function hasSchedule(filter: CompiledConfig): (client: string) => boolean {
  return (client) => {
    const { profile } = explain(filter, { client, name: 'example.org', type: 'A', time: 0 })
    return profile !== null && (filter.schedules.get(profile) ?? null) !== null
  }
}

type Filtered = Pick<SeenQuery, 'rcode' | 'answer'>

function verdictOf(filter: CompiledConfig, query: Parameters<typeof explain>[1]): Filtered | null {
  const { answer } = explain(filter, query)
  if (answer === null) return null
  const records = answer.records.map(([type, , data]) => `${type} ${data}`)
  return {
    rcode: answer.rcode === 'NXDOMAIN' ? 'NxDomain' : 'NoError',
    answer: records.length === 0 ? null : records.join(', '),
  }
}

/** Lists that are not the sandbox's own could not be fetched. */
async function compiled(text: string): Promise<CompiledConfig | null> {
  const { config } = readConfig(text)
  if (config === null) return null
  const lists: [string, Awaited<ReturnType<typeof listContent>>][] = []
  for (const { url, type } of listsInUse(config.blockLists).values()) lists.push([url, await listContent(url, type)])
  return compileConfig(config, new Map(lists) satisfies Lists)
}

async function listContent(url: string, type: string | null) {
  const file = new URL(`data/lists/${basename(new URL(url).pathname)}`, import.meta.url)
  const text = await readFile(file, 'utf8').catch(() => null)
  return text === null ? null : parseBlockList(text, type)
}

/** Queries a minute: more at weekends, little in the summer holidays. */
function rate({ busy, hours }: Device, minute: number): number {
  const local = new Date(minute + OFFSET)
  const weekend = [0, 6].includes(local.getUTCDay())
  const away = local.getUTCMonth() === 6 && local.getUTCDate() > 8 && local.getUTCDate() < 29
  const likeYesterday = 0.85 + 0.3 * roll(Math.floor(minute / HOUR), busy * 100)
  return busy * busyAt(hours, local.getUTCHours()) * (weekend ? 1.25 : 1) * (away ? 0.35 : 1) * likeYesterday
}

function typeOf(luck: number): string {
  if (luck < 0.47) return 'A'
  if (luck < 0.8) return 'AAAA'
  if (luck < 0.97) return 'HTTPS'
  return luck < 0.985 ? 'TXT' : 'SRV'
}

/** Most of what is asked for was asked for before. */
function resolved(
  name: string,
  type: string,
  seed: number,
): Omit<SeenQuery, 'at' | 'client' | 'protocol' | 'name' | 'type'> {
  const luck = roll(seed, 6)
  const fresh = roll(seed, 7) < 0.31
  const how = fresh
    ? { answeredBy: 'Recursive' as const, took: Math.round(60_000 * roll(seed, 8) ** 3 + 70_000 * 0.1) / 1000 }
    : { answeredBy: 'Cached' as const }
  if (luck < 0.004) return { ...how, rcode: 'ServerFailure', answer: null }
  if (luck < 0.03) return { ...how, rcode: 'NxDomain', answer: null }
  const host = 1 + Math.floor(roll(name.length * 31 + name.charCodeAt(0), 9) * 250)
  const answers: Record<string, string> = {
    A: `A 203.0.113.${host}`,
    AAAA: `AAAA 2001:db8:113::${host.toString(16)}`,
    HTTPS: 'HTTPS 1 . alpn=h3,h2',
  }
  return { ...how, rcode: 'NoError', answer: answers[type] ?? null }
}

/** 0 to 1, the same for the same numbers; the finalizer of MurmurHash3. */
function roll(seed: number, kind: number): number {
  let hash = (Math.imul(seed | 0, 0x9e37_79b1) ^ Math.imul((kind * 1000) | 0, 0x85eb_ca6b)) >>> 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
