import type { Pause, PauseTarget } from '@zonedeck/shared/content-filter'
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
}

/** The same for pauses of the same thing. */
export const targetKey = (target: PauseTarget) => stableJson(target)

export const isOfServer = ({ target }: Pick<StoredPause, 'target'>) => target.kind === 'server'

export const dueAt = ({ state, until, nextAt }: StoredPause) => (state === 'running' ? until : nextAt)

/** As the API shows it. */
export function toPause({ id, target, startedAt, until, actor, state, told, trouble }: StoredPause): Pause {
  const wrong = [...(trouble === undefined ? [] : [trouble]), ...told].join(' ')
  return {
    id,
    target,
    startedAt: new Date(startedAt).toISOString(),
    until: new Date(until).toISOString(),
    by: actor.name,
    state,
    ...(wrong === '' ? {} : { trouble: wrong.slice(0, 1000) }),
  }
}
