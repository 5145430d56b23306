import type { FilterBackend } from '../../providers/provider.ts'
import { refused } from '../writes/refused.ts'
import type { SettleDeps } from './settle-filter.ts'
import { isOfServer, type StoredPause } from './stored-pause.ts'
import { describeWrite } from './words.ts'

const minute = 60_000

/**
 * The server's own blocking: it ends such a pause itself, so that only a start and an end by hand are written, and an end
 * that a restart of the server has lost. True when it is there; false when that cannot be told yet.
 */
export async function settleBlocking(
  connection: string,
  { blocking }: FilterBackend,
  { store, now, write }: SettleDeps,
): Promise<boolean> {
  const pauses = store.all().filter(isOfServer)
  const starting = pauses.findLast(({ state }) => state === 'starting')
  const ending = pauses.filter(({ state }) => state === 'ending')
  const { actor } = describeWrite(starting === undefined ? ending : [starting])
  if (starting !== undefined) {
    await checkBlocking(blocking, pauses)
    const minutes = Math.ceil((starting.until - now()) / minute)
    if (minutes > 0) {
      if (!(await write(connection, actor, { operation: 'filter-blocking', minutes }))) return false
      const others = pauses.filter(({ id }) => id !== starting.id).map(({ id }) => id)
      const { trouble: _, ...rest } = starting
      store.save({ ...rest, state: 'running', tries: 0, until: now() + minutes * minute })
      store.drop(...others)
      return true
    }
  }
  const byHand = ending.some(({ endedBy }) => endedBy !== undefined)
  const isOff = byHand
    ? (await blocking?.read())?.enabled === false
    : await blocking?.isLeftOff(Math.min(...ending.map(({ startedAt }) => startedAt)))
  if (isOff === true && !(await write(connection, actor, { operation: 'filter-blocking', minutes: null }))) return false
  store.drop(...ending.map(({ id }) => id))
  return true
}

async function checkBlocking(blocking: FilterBackend['blocking'], pauses: readonly StoredPause[]): Promise<void> {
  if (blocking === undefined) throw refused('This server shows no blocking of its own that could be paused.')
  const { enabled, pausedUntil } = await blocking.read()
  const isOurs = pauses.some(({ state }) => state === 'running')
  // A pause ends in blocking, so that it would switch on what was off for good.
  if (enabled === false && pausedUntil === null && !isOurs) {
    throw refused('The server’s own blocking is switched off already.')
  }
}
