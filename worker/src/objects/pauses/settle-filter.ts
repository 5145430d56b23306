import { isBlank } from '@zonedeck/shared/filter/dotnet/text'
import { parseJson, sameJson } from '@zonedeck/shared/filter/json'
import { holdPauses, type Held } from '@zonedeck/shared/filter/pause/hold'
import { digest } from '../../http/ids.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import type { FilterBackend } from '../../providers/provider.ts'
import { holdingIn, ledgerOf, type Ledger } from './ledger.ts'
import type { PauseStore } from './pause-store.ts'
import { isOfServer, targetKey, type StoredPause } from './stored-pause.ts'
import { describeWrite } from './words.ts'
import type { WriteFilter } from './write-filter.ts'

export interface SettleDeps {
  store: PauseStore
  now: () => number
  write: WriteFilter
}

/** Looks at what pauses would make of the configuration, before it is written. Throws what speaks against it. */
export type Check = (held: Held) => void

/** Others may write between our read and our write, and then it is begun again. */
const attempts = 3
/** An end that left something alone is told for a day. */
const toldFor = 86_400_000

/**
 * Makes the server's configuration what it has to be with the pauses that start and run and without those that end, and
 * keeps what came of it. True when it is there; false when that cannot be told yet. Throws when it was not done.
 */
export async function settleFilter(
  connection: string,
  filter: FilterBackend,
  { store, now, write }: SettleDeps,
  check: Check = () => undefined,
): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const pauses = store.all().filter((pause) => !isOfServer(pause) && pause.state !== 'ended')
    const { text: current } = await filter.read()
    const { lost, ...held } = holdingIn(current, store.ledger())
    for (const { claim, text } of lost) {
      for (const pause of pauses.filter(({ id }) => claim.by.includes(id))) tell(pause, claim.key, text)
    }
    const lasting = pauses.filter(({ state }) => state !== 'ending')
    const made = holdPauses(held.base, lasting)
    check(made)
    const { text, claims, idle } = made
    // Where nothing begins or ends, what is there in another order or layout is there.
    const isThere = text === current || (pauses.every(({ state }) => state === 'running') && isSame(text, current))
    const wanted = { base: held.base, written: digest(isThere ? current : text), claims }
    if (!isThere) {
      store.commit(ledgerOf(held, wanted), pauses, [])
      const { actor, note } = describeWrite(pauses)
      const operation = { operation: 'filter' as const, base: digest(current), text, note }
      try {
        if (!(await write(connection, actor, operation))) return false
      } catch (error) {
        if (isCertain(error)) store.commit(ledgerOf(held), [], [])
        if (attempt < attempts && isConflict(error)) continue
        throw error
      }
      wanted.written = digest(await readBack(filter, text))
    }
    keep(store, ledgerOf(wanted), pauses, idle, now())
    return true
  }
}

function tell(pause: StoredPause, key: string, text: string): void {
  if (!pause.lost.includes(key)) pause.lost.push(key)
  if (!pause.told.includes(text)) pause.told.push(text)
}

/** What starts runs from now on; what ends goes, and so does what holds nothing any more. */
function keep(
  store: PauseStore,
  ledger: Ledger,
  pauses: readonly StoredPause[],
  idle: ReadonlyMap<string, string>,
  now: number,
): void {
  const starting = pauses.filter(({ state }) => state === 'starting')
  const newest = new Map(starting.map(({ id, target }) => [targetKey(target), id]))
  const saved: StoredPause[] = []
  const dropped: string[] = []
  for (const pause of pauses) {
    const { trouble: _, stale: __, ...rest } = pause
    const successor = newest.get(targetKey(pause.target)) ?? pause.id
    const why = pause.state === 'ending' ? undefined : idle.get(pause.id)
    if (successor !== pause.id) dropped.push(pause.id)
    else if (pause.state !== 'ending' && why === undefined) saved.push({ ...rest, state: 'running', tries: 0 })
    else {
      const told = pause.told.length === 0 && why !== undefined ? [why] : pause.told
      if (told.length === 0) dropped.push(pause.id)
      else saved.push({ ...rest, state: 'ended', told, nextAt: now + toldFor })
    }
  }
  store.commit(ledger, saved, dropped)
}

/** A server that keeps the same configuration in a layout of its own is not taken for another writer. */
async function readBack(filter: FilterBackend, text: string): Promise<string> {
  try {
    const after = (await filter.read()).text
    return isSame(after, text) ? after : text
  } catch {
    // What was there before is what it is compared with next time, and that will find out.
    return text
  }
}

function isSame(one: string, other: string): boolean {
  if (one === other) return true
  if (isBlank(one) || isBlank(other)) return false
  try {
    return sameJson(parseJson(one), parseJson(other))
  } catch {
    return false
  }
}

/** Our own kinds of error come after the server was read again: nothing was written. */
export function isCertain(error: unknown): boolean {
  return error instanceof ProblemError || error instanceof ProviderError
}

function isConflict(error: unknown): boolean {
  if (error instanceof ProviderError) return error.kind === 'conflict'
  return error instanceof ProblemError && error.problem.status === 409
}
