import type { Pause, PauseTarget } from '@zonedeck/shared/content-filter'
import type { Held } from '@zonedeck/shared/filter/pause/hold'
import { releaseClaims } from '@zonedeck/shared/filter/pause/release'
import { pauseTitle } from '@zonedeck/shared/filter/pause/words'
import type { OpenConnection } from '../../features/connections/open.ts'
import { digest, makeId } from '../../http/ids.ts'
import { notFound, ProblemError } from '../../http/problem-error.ts'
import { toProblem } from '../../http/problem.ts'
import type { Answer } from '../answer.ts'
import { makeInTurn } from '../in-turn.ts'
import { refused } from '../writes/refused.ts'
import { backoff, reasonOf, rescueAfter } from '../writes/work.ts'
import { makePauseStore } from './pause-store.ts'
import { settleBlocking } from './settle-blocking.ts'
import { isCertain, settleFilter, type Check } from './settle-filter.ts'
import { dueAt, holdsCopy, isOfServer, toPause, type StoredPause } from './stored-pause.ts'
import { checkGrant, cleanTarget } from './target.ts'
import type { WriteFilter } from './write-filter.ts'

export interface PauseCall {
  connection: string
  actor: { id: string; name: string }
  requestId: string
}

export interface Pauser {
  /** `until` in milliseconds since 1970. */
  start(call: PauseCall & { target: PauseTarget; until: number }): Promise<Answer<Pause>>
  end(call: PauseCall & { id: string }): Promise<Answer<Pause>>
  /**
   * Before its connection is removed or leads elsewhere: ends what lasts. Refused while the server has not ended it, once:
   * a server that is gone for good must not hold its connection.
   */
  leave(call: PauseCall): Promise<Answer<null>>
  /** The configuration was saved: copies of profiles are made anew, by the alarm, of what the profiles are now. */
  follow(): Promise<void>
  /** With the configuration as it is now, what somebody else changed meanwhile is told. */
  list(text?: string): Promise<Pause[]>
  alarm(): Promise<void>
}

export interface PauserDeps {
  storage: DurableObjectStorage
  now: () => number
  open: (connection: string, calls: number) => Promise<OpenConnection>
  write: WriteFilter
}

/** Reading before and after; writing is the writer's, and on its account. */
const calls = 20
const most = 50
/** How long the end of a pause waits for a connection that is not there: a week, in milliseconds. */
const waitedFor = 7 * 86_400_000

/**
 * Keeps the pauses of one filter: each begins and ends with a write through the writer of its connection, and its deadline
 * is an alarm. Whatever goes wrong at an end is tried again until it is done.
 */
export function makePauser(deps: PauserDeps): Pauser {
  const { storage, now, open, write } = deps
  const store = makePauseStore(storage)
  const settleDeps = { store, now, write }
  const inTurn = makeInTurn()

  async function setAlarm(): Promise<void> {
    const due = store.nextDue()
    if (due === undefined) await storage.deleteAlarm()
    else await storage.setAlarm(Math.max(due, now()))
  }

  /** Stored before anything goes out, so that the alarm finds it should this process die. */
  async function remember(...pauses: StoredPause[]): Promise<void> {
    store.save(...pauses)
    await setAlarm()
  }

  async function settle(connection: string, pauses: readonly StoredPause[], check?: Check): Promise<boolean> {
    const { about, filter } = await open(connection, calls)
    if (filter === undefined) throw refused(`${about.label} filters nothing.`)
    const own = pauses.some(isOfServer) ? await settleBlocking(connection, filter, settleDeps) : true
    const app = pauses.every(isOfServer) ? true : await settleFilter(connection, filter, settleDeps, check)
    return own && app
  }

  async function start({ connection, actor, target: typed, until }: Parameters<Pauser['start']>[0]): Promise<Pause> {
    const target = cleanTarget(typed)
    if (store.all().length >= most) throw refused(`There are ${most} pauses already. End some of them first.`)
    const pause: StoredPause = {
      ...{ id: makeId('pau'), connection, target, startedAt: now(), until, actor },
      ...{ state: 'starting', lost: [], told: [], tries: 0, nextAt: now() + rescueAfter },
    }
    await remember(pause)
    try {
      const done = await settle(connection, [pause], (held) => checkStart(pause, held))
      if (!done) store.save({ ...pause, nextAt: now() + backoff(1) })
    } catch (error) {
      // Where it may have been written after all, the alarm goes on with it.
      if (isCertain(error)) store.drop(pause.id)
      throw error
    } finally {
      await setAlarm()
    }
    return shown(store.find(pause.id) ?? pause)
  }

  const shown = (pause: StoredPause) => toPause(pause, store.ledger().held?.claims ?? [])

  function checkStart({ id, target }: StoredPause, held: Held): void {
    const why = held.idle.get(id)
    if (why !== undefined) throw refused(why, [{ pointer: '/target', detail: why }])
    if (target.kind === 'domain') checkGrant(id, target, held, now())
  }

  async function end({ connection, id, actor }: Parameters<Pauser['end']>[0]): Promise<Pause> {
    const found = store.find(id)
    if (found === undefined || found.connection !== connection) throw notFound()
    const ended: StoredPause = { ...found, state: 'ended' }
    if (found.state === 'ended') {
      store.drop(id)
      await setAlarm()
      return shown(ended)
    }
    await remember({ ...found, state: 'ending', endedBy: actor, tries: 0, nextAt: now() + rescueAfter })
    await tryToSettle([id])
    return shown(store.find(id) ?? ended)
  }

  async function leave({ actor }: PauseCall): Promise<null> {
    const lasting = store.all().filter((pause) => !isOfServer(pause) && pause.state !== 'ended')
    if (lasting.every(({ state, trouble }) => state === 'ending' && trouble !== undefined)) return null
    await remember(
      ...lasting.map((pause): StoredPause => ({
        ...pause,
        ...{ state: 'ending', endedBy: pause.endedBy ?? actor, tries: 0, nextAt: now() + rescueAfter },
      })),
    )
    await tryToSettle(lasting.map(({ id }) => id))
    const left = store.all().find((pause) => !isOfServer(pause) && pause.state === 'ending')
    if (left === undefined) return null
    throw new ProblemError(409, 'connection/paused', 'Its filter is still paused', {
      detail: `A pause could not be ended: ${pauseTitle(left.target)}. ${left.trouble ?? ''} Repeat this to go on all the same; the filter may then stay as it is.`,
    })
  }

  /** Not in turn: whoever saved may be a pause itself, which is at work and makes it anew anyway. */
  async function follow(): Promise<void> {
    const copies = store.all().filter((pause) => pause.state === 'running' && holdsCopy(pause))
    if (copies.length > 0) await remember(...copies.map((pause) => ({ ...pause, stale: true as const, nextAt: now() })))
  }

  /** What does not work now is kept with its reason, and tried again. */
  async function tryToSettle(ids: readonly string[]): Promise<void> {
    const pauses = store.all().filter(({ id }) => ids.includes(id))
    const [first] = pauses
    if (first === undefined) return
    try {
      if (!(await settle(first.connection, pauses))) postpone(ids, 'The server has not confirmed it yet.')
    } catch (error) {
      if (isGone(error) && !mayComeBack(first, now())) store.clear()
      else postpone(ids, reasonOf(error))
    }
    await setAlarm()
  }

  function postpone(ids: readonly string[], trouble: string): void {
    for (const pause of store.all()) {
      if (!ids.includes(pause.id) || (pause.state !== 'starting' && pause.state !== 'ending')) continue
      const tries = pause.tries + 1
      store.save({ ...pause, trouble, tries, nextAt: now() + backoff(tries) })
    }
  }

  async function alarm(): Promise<void> {
    const due = store.all().filter((pause) => dueAt(pause) <= now())
    const isDone = ({ state }: StoredPause) => state === 'ended'
    store.drop(...due.filter(isDone).map(({ id }) => id))
    const open = due.filter((pause) => !isDone(pause))
    const ending = open.map((pause): StoredPause => {
      const isOver = pause.until <= now() && pause.state !== 'ending'
      return { ...pause, ...(isOver ? { state: 'ending', tries: 0 } : {}), nextAt: now() + rescueAfter }
    })
    // The server's own blocking and the app's fail each for itself.
    await remember(...ending)
    for (const group of [ending.filter(isOfServer), ending.filter((pause) => !isOfServer(pause))]) {
      await tryToSettle(group.map(({ id }) => id))
    }
    await setAlarm()
  }

  async function list(text?: string): Promise<Pause[]> {
    // Should an alarm ever get lost, whoever looks sets it again.
    if ((await storage.getAlarm()) === null) await setAlarm()
    const { held } = store.ledger()
    const isOther = text !== undefined && held !== null && held.written !== digest(text)
    const lost = isOther ? releaseClaims(text, held.claims).lost : []
    return store.all().map((pause) => {
      const more = lost.filter(({ claim }) => claim.by.includes(pause.id)).map((one) => one.text)
      return toPause({ ...pause, told: [...new Set([...pause.told, ...more])] }, held?.claims ?? [])
    })
  }

  return {
    start: (call) => answer(call.requestId, () => inTurn(() => start(call))),
    end: (call) => answer(call.requestId, () => inTurn(() => end(call))),
    follow,
    leave: (call) => answer(call.requestId, () => inTurn(() => leave(call))),
    list,
    alarm: () => inTurn(alarm),
  }
}

async function answer<T>(requestId: string, body: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await body() }
  } catch (error) {
    return { ok: false, problem: toProblem(error, requestId) }
  }
}

/** An operator's connection is there again with its secret: one that is missing for a while must not cost what it holds. */
function mayComeBack({ connection, until }: StoredPause, now: number): boolean {
  return connection.startsWith('op_') && now < until + waitedFor
}

/** The connection itself was removed: there is nobody left to end anything at. */
function isGone(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.type === notFound().problem.type
}
