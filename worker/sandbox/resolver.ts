import { splitLabels, toAbsolute, toRelative } from '@zonedeck/shared/names'
import type { RecordSet } from '@zonedeck/shared/record-set'
import { simulate, type Cut, type Denial } from '../src/dns-message/simulator.ts'
import { ProviderError } from '../src/providers/provider-error.ts'
import type { SandboxServer } from './servers.ts'

/** So long after it is first asked about a new zone is delegated, as if someone had gone to the registrar. */
const REGISTRAR = 20_000
const DAY = 86_400
/** Who has just changed something does not want to wait a day to see it. */
const SIGNED = 300

/** Domains that the family keeps a copy of at home; the internet asks their registrar's servers. */
const ELSEWHERE: Record<string, string[]> = {
  'kids-club.example': ['ns1.mailhost.example.', 'ns2.mailhost.example.'],
  'xn--familie-jrgensen-txb.example': ['ns1.mailhost.example.', 'ns2.mailhost.example.'],
}
/** Left by whoever kept the zone before, who signed it: it is not signed any more, and resolvers that validate refuse it. */
const LEFT_OVER: Record<string, string[]> = {
  'old-shop.example': ['31589 8 2 cde0d742d6998aa554a92d890f8184c698cfac8a26fa59875a990c03e576343c'],
}

/**
 * The internet around the sandbox, as a public resolver sees it: who delegates which zone where. A zone below another
 * one of the sandbox is delegated by the NS records in that; one below a top-level domain by a registrar, who has the
 * zones that were there from the start and gets to the others in 20 seconds.
 */
export async function sandboxResolver(servers: readonly SandboxServer[], now: () => number = Date.now) {
  /** Since when the registrar knows of each zone. */
  const since = new Map<string, number>()
  for (const { dns } of servers) for (const { name } of (await dns?.listZones()) ?? []) since.set(name, -Infinity)

  async function read(zone: string): Promise<{ sets: RecordSet[]; nameServers: string[]; ds: string[] } | null> {
    for (const { dns, nameServers = [], parentDs } of servers) {
      try {
        const content = await dns?.readZone(zone)
        if (content === undefined) continue
        const own = rdataOf(content.recordSets, '@', 'NS')
        return {
          sets: content.recordSets,
          nameServers: own.length > 0 ? own : nameServers,
          ds: parentDs?.(zone) ?? [],
        }
      } catch (error) {
        if (!(error instanceof ProviderError) || error.kind !== 'missing') throw error
      }
    }
    return null
  }

  async function cutOf(name: string): Promise<Cut | Denial> {
    const zone = name.slice(0, -1)
    const labels = splitLabels(name)
    for (let i = 1; i < labels.length; i++) {
      const parent = labels.slice(i).join('.')
      const above = await read(parent)
      if (above !== null) return below(above.sets, name, parent)
    }
    const parent = labels.length < 2 ? '.' : `${labels.at(-1)}.`
    const elsewhere = ELSEWHERE[zone]
    if (elsewhere !== undefined) return { parent, nameServers: elsewhere, ttl: DAY }
    const { nameServers = [], ds = [] } = (await read(zone)) ?? {}
    if (nameServers.length === 0) return { deniedBy: parent }
    const known = since.get(zone) ?? now()
    since.set(zone, known)
    if (now() < known + REGISTRAR) return { deniedBy: parent }
    const leftOver = LEFT_OVER[zone]
    if (leftOver !== undefined) return { parent, nameServers, ttl: DAY, ds: leftOver, trouble: 'bogus' }
    return { parent, nameServers, ds, ttl: ds.length > 0 ? SIGNED : DAY }
  }

  return simulate({ cutOf, negativeTtl: 5, now })
}

/** What a zone of the sandbox holds for a name inside of it. */
function below(sets: readonly RecordSet[], name: string, zone: string): Cut | Denial {
  const at = toRelative(name, zone) ?? '@'
  const parent = toAbsolute('@', zone)
  const exists = sets.some((set) => set.name === at || set.name.endsWith(`.${at}`))
  if (!exists) return { deniedBy: parent }
  const ttl = sets.find((set) => set.name === at && set.type === 'NS')?.ttl ?? 3600
  return { parent, nameServers: rdataOf(sets, at, 'NS'), ds: rdataOf(sets, at, 'DS'), ttl }
}

function rdataOf(sets: readonly RecordSet[], name: string, type: string): string[] {
  const set = sets.find((each) => each.name === name && each.type === type)
  return (set?.records ?? []).filter(({ disabled }) => !disabled).map(({ rdata }) => rdata)
}
