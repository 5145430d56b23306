import type { Share, ShareBadge, SharedView, ShareSession } from '@zonedeck/shared/share'
import type { Measure, StatsReport } from '@zonedeck/shared/statistics'
import type { Me } from '@zonedeck/shared/session'
import type { AppContext, Call } from '../../http/context.ts'
import { limitedNetwork } from '../../http/client.ts'
import { makeToken } from '../../http/ids.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { waitInWords } from '../../http/wait-words.ts'
import { pepperOf, waitIfNeeded } from '../access/attempts.ts'
import { connectionIds } from '../connections/service.ts'
import { passcodeLimiter, stateOf } from './service.ts'
import { beginView, shareByBadge, shareBySession, shareByToken, type StoredShare } from './store.ts'
import { linkKey, viewOf } from './view.ts'

/** How long a visitor may look on before the link is asked for again, in ms. */
const sessionLength = 60 * 60_000
/** Of one link. A page looks once a minute: a hundred visitors, and as many reloads. */
const looksAMinute = 200
/** With what opens nothing, of one network: a whole family may come with a link that was taken back. */
const missesAMinute = 100

/** Exchanges what stands behind `#` for a session, and counts a view. Throws 401 for a passcode, 404 for no such link. */
export async function openShare(
  c: AppContext,
  { token, passcode }: { token: string; passcode?: string | undefined },
): Promise<ShareSession> {
  const call = c.get('call')
  const share = await shareByToken(call.env.DB, token)
  if (share === null) {
    await miss(c)
    throw ended()
  }
  if ((await stateNow(call, share)) !== 'open') throw ended()
  await comeIn(call, share)
  if (share.passcode !== null) await checkPasscode(call, share, passcode)
  const now = call.now()
  const session = makeToken()
  const until = new Date(Math.min(now + sessionLength, Date.parse(share.expiresAt))).toISOString()
  if (!(await beginView(call.env.DB, share.id, { session, until, now }))) throw ended()
  return { session, until }
}

/** What the holder of a session sees. Throws 401 when it is over, 404 when the link has ended. */
export async function viewShare(c: AppContext, session: string): Promise<SharedView> {
  const call = c.get('call')
  const share = await shareBySession(call.env.DB, session, call.now())
  if (share === null) {
    await miss(c)
    throw new ProblemError(401, 'share/session-over', 'Open the link again')
  }
  await comeIn(call, share)
  return viewOf(call, asMe(share), await openContent(call, share), {
    key: linkKey(call, share.id),
    expiresAt: share.expiresAt,
  })
}

/** Totals alone, whatever the page of the link shows. Throws 404. */
export async function readBadge(c: AppContext, token: string): Promise<ShareBadge> {
  const call = c.get('call')
  const share = await shareByBadge(call.env.DB, token)
  if (share === null) {
    await miss(c)
    throw ended()
  }
  await comeIn(call, share, 'badge')
  const { title, range, connections } = await openContent(call, share)
  const answers = await Promise.all(connections.map((id) => call.env.STATS_CACHE.getByName(id).report(id, range)))
  const reports = answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
  const [queries, blocked] = [sum(reports, 'queries'), sum(reports, 'blocked')]
  // A server that does not tell what it blocks would make the part look smaller than it is.
  const telling = reports.filter(({ totals }) => totals.some(({ measure }) => measure === 'blocked'))
  const all = sum(telling, 'queries')
  return {
    ...{ title, range, queries, blocked },
    blockedPercent: all === null || blocked === null || all === 0 ? null : Math.round((blocked / all) * 1000) / 10,
    servers: { answering: reports.length, all: connections.length },
    at: new Date(call.now()).toISOString(),
  }
}

function sum(reports: readonly StatsReport[], measure: Measure): number | null {
  const values = reports.flatMap(({ totals }) => totals.filter((total) => total.measure === measure))
  return values.length === 0 ? null : values.reduce((all, { value }) => all + value, 0)
}

/** A page goes on being seen by who opened it when its views are used up, and by nobody once it has ended. */
async function openContent(call: Call, share: StoredShare): Promise<StoredShare['content']> {
  const state = await stateNow(call, share)
  if (state !== 'open' && state !== 'used-up') throw ended()
  return share.content
}

async function stateNow(call: Call, share: StoredShare): Promise<Share['state']> {
  return stateOf(share, { now: call.now(), connections: await connectionIds(call) })
}

async function checkPasscode(call: Call, share: StoredShare, passcode: string | undefined): Promise<void> {
  if (passcode === undefined) throw new ProblemError(401, 'share/passcode-needed', 'This page needs a passcode')
  const limiter = passcodeLimiter(call, share.id)
  waitIfNeeded(await limiter.take(call.now()), '')
  const { ok } = await limiter.verify(passcode, share.passcode, pepperOf(call.env))
  if (!ok) {
    throw new ProblemError(401, 'share/passcode-wrong', 'This is not the passcode', {
      detail: 'Ask who sent you the link.',
    })
  }
  // Who knows it does not give back the tries of who guesses.
  await limiter.giveBack()
}

/** A badge on a page that many read keeps nobody from the shared page. */
async function comeIn(call: Call, share: StoredShare, to: 'looks' | 'badge' = 'looks'): Promise<void> {
  const seconds = await call.env.LIMITER.getByName(`${to} ${share.id}`).callsAMinute(call.now(), looksAMinute)
  if (seconds > 0) throw busy('Too many people look at this page', seconds)
}

/**
 * Who has a token is no guesser: only what opens nothing counts. By itself, so that visitors of a link that has ended do
 * not keep those of their network who sign in from doing so.
 */
async function miss(c: AppContext): Promise<void> {
  const limiter = c.env.LIMITER.getByName(`misses ${limitedNetwork(c.req.raw)}`)
  const seconds = await limiter.callsAMinute(c.get('call').now(), missesAMinute)
  if (seconds > 0) throw busy('Too many links that show nothing', seconds)
}

function busy(title: string, seconds: number): ProblemError {
  return new ProblemError(429, 'share/busy', title, {
    detail: `Try again in ${waitInWords(seconds)}.`,
    retryAfter: seconds,
  })
}

function asMe({ maker }: StoredShare): Me {
  return { ...maker, session: '' }
}

/** The same for what never was, what was revoked, what is past its end and what was seen often enough. */
function ended(): ProblemError {
  return new ProblemError(404, 'share/ended', 'This link shows nothing', {
    detail: 'It has ended, was taken back, or was opened as often as it may be.',
  })
}
