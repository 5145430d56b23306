import { pauseNote } from '@zonedeck/shared/filter/pause/words'
import { duration } from '@zonedeck/shared/plan/duration'
import type { StoredPause } from './stored-pause.ts'

const mostNote = 200

/** Who writes, and what for. An end that comes by itself is the pause's own doing. */
export function describeWrite(pauses: readonly StoredPause[]): { actor: { id: string; name: string }; note: string } {
  const changing = pauses.filter(({ state }) => state === 'starting' || state === 'ending')
  const [first] = changing
  return {
    actor: first === undefined ? { id: 'pauses', name: 'Pauses' } : actorOf(first),
    note:
      changing.map(noteOf).join('; ').slice(0, mostNote) ||
      'Follow the changed profile in what is let through for a client',
  }
}

function actorOf({ id, state, actor, endedBy }: StoredPause) {
  if (state === 'starting') return actor
  return endedBy ?? { id, name: `Pause by ${actor.name}` }
}

function noteOf({ state, target, startedAt, until, endedBy }: StoredPause): string {
  const what = pauseNote(target)
  if (state === 'starting') return `${what} for ${duration(Math.round((until - startedAt) / 1000))}`
  return `${what}: ended by ${endedBy === undefined ? 'itself' : 'hand'}`
}
