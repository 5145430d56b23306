import type { Delegation } from '@zonedeck/shared/delegation'
import { toAbsolute } from '@zonedeck/shared/names'
import type { Call } from '../../http/context.ts'
import { openConnection } from '../connections/open.ts'
import { askParent, type Asked } from './ask-parent.ts'
import { judgeDs, judgeNameServers, judgeParent } from './judge.ts'
import { readOwnServers } from './own-servers.ts'
import { noteDs, noteNoDs } from './store.ts'

/** Upstream calls for reading the zone; the resolver has a budget of its own. */
const CALLS = 16

/**
 * What the zone above says of a zone, and what the zone says of itself. Throws 404 when the server has no such zone; a
 * server or a resolver that does not answer is an unknown and no error.
 */
export async function readDelegation(call: Call, connection: string, zone: string): Promise<Delegation> {
  const open = await openConnection(call.env, connection, call.now, call.fetch, CALLS)
  const name = toAbsolute('@', zone)
  const sandbox = open.connection.source === 'sandbox'
  const [own, asked] = await Promise.all([readOwnServers(open, zone), askParent(call, zone, name, sandbox)])
  const checkedAt = new Date(call.now()).toISOString()
  const parent = judgeParent(asked, name)
  const ds = judgeDs(asked, name)
  return {
    checkedAt,
    resolver: resolverOf(asked),
    parent,
    nameServers: judgeNameServers(asked, own, name, parent),
    ds: { ...ds, cachedUntil: await cachedUntil(call, sandbox ? `sandbox/${zone}` : zone, ds, checkedAt) },
  }
}

function resolverOf(asked: Asked): string | null {
  if (asked.state !== 'found') return null
  const { ns, ds } = asked.findings
  return [ns, ds].find(({ kind }) => kind !== 'silent')?.resolver ?? null
}

/**
 * When the last resolver has forgotten DS records that were there: their TTL after they were first found to be gone.
 *
 * @param zone a zone of the sandbox has a parent of its own: what that says is kept apart from the real one's
 */
async function cachedUntil(
  { env }: Call,
  zone: string,
  { state, ttl }: Pick<Delegation['ds'], 'state' | 'ttl'>,
  at: string,
): Promise<string | null> {
  if (state === 'present' && ttl !== null) await noteDs(env.DB, zone, ttl, at)
  if (state !== 'none') return null
  const seen = await noteNoDs(env.DB, zone, at)
  if (seen?.goneAt == null) return null
  const until = new Date(Date.parse(seen.goneAt) + seen.ttl * 1000).toISOString()
  return until > at ? until : null
}
