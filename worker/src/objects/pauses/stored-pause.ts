import type { Pause, PauseTarget } from '@zonedeck/shared/content-filter'
import type { Claim } from '@zonedeck/shared/filter/pause/claim'
import { unfiltered } from '@zonedeck/shared/filter/pause/hold'
import { stableJson } from '@zonedeck/shared/plan/stable-json'

/** A pause as its object keeps it. Times are milliseconds since 1970. */
export interface StoredPause {
  id: string
  connection: string
  target: PauseTarget
  startedAt: number
  until: number
  actor: { id: string; name: string }
  state: Pause['state']
  /** Who ended it before its time. */
  endedBy?: { id: string; name: string }
  /** Keys of what somebody else took out of its hands. */
  lost: string[]
  /** The same in sentences. */
  told: string[]
  /** Why the server has not taken it yet. */
  trouble?: string
  /** Failed attempts to start or to end it. */
  tries: number
  /** When somebody has to look after it next, unless it runs. */
  nextAt: number
  /** It runs, and the configuration was saved since: what it holds may be made from what is no longer there. */
  stale?: true
}

/** The same for pauses of the same thing. */
export const targetKey = (target: PauseTarget) => stableJson(target)

export const isOfServer = ({ target }: Pick<StoredPause, 'target'>) => target.kind === 'server'

export const dueAt = ({ state, until, nextAt, stale }: StoredPause) =>
  state === 'running' ? (stale === true ? Math.min(nextAt, until) : until) : nextAt

/** For a client a domain is let through by a copy of its profile, which has to follow the profile. */
export const holdsCopy = ({ target }: Pick<StoredPause, 'target'>) =>
  target.kind === 'domain' && target.for.kind === 'client'

/** As the API shows it. `claims` is what all pauses hold. */
export function toPause(pause: StoredPause, claims: readonly Claim[]): Pause {
  const { id, target, startedAt, until, actor, state, told, trouble } = pause
  const wrong = [...(trouble === undefined ? [] : [trouble]), ...told].join(' ')
  const held = claims.filter(({ by }) => by.includes(id))
  return {
    id,
    target,
    startedAt: new Date(startedAt).toISOString(),
    until: new Date(until).toISOString(),
    by: actor.name,
    state,
    ...(wrong === '' ? {} : { trouble: wrong.slice(0, 1000) }),
    clients: held.flatMap((claim) => {
      if (claim.kind !== 'client' || claim.after !== unfiltered) return []
      const { name, ids } = claim.client
      return { name, ids: [...ids], profile: typeof claim.before === 'string' ? claim.before : null }
    }),
    everyoneElse: held.some(({ kind }) => kind === 'default'),
  }
}
