import type { NewShare, Share, ShareInput, SharePreviewInput, SharedView } from '@zonedeck/shared/share'
import { reaches, rightOn } from '@zonedeck/shared/rights'
import type { Me } from '@zonedeck/shared/session'
import type { Call } from '../../http/context.ts'
import { makeId, makeToken } from '../../http/ids.ts'
import { notFound, ProblemError } from '../../http/problem-error.ts'
import { requireRight } from '../../http/rights.ts'
import { pepperOf } from '../access/attempts.ts'
import { connectionIds, findConnection } from '../connections/service.ts'
import { timeRange } from '../statistics/range.ts'
import { allShares, countShares, deleteShare, forgetShares, insertShare, shareById, type StoredShare } from './store.ts'
import { linkKey, viewOf } from './view.ts'

const day = 24 * 3_600_000
/** How long a link that has ended is still listed. */
const listed = 30 * day
/** For all people together: enough for anyone, too few to fill a database. */
const most = 500

/** Links that show a server on which the person may share. */
export async function listShares(call: Call, me: Me): Promise<Share[]> {
  const [shares, connections] = await Promise.all([allShares(call.env.DB), connectionIds(call)])
  return shares.filter((share) => mayEnd(me, share)).map((share) => shown(share, { now: call.now(), connections }))
}

/** What visitors of such a link would see now. The names of clients are those of no link. */
export async function previewShare(call: Call, me: Me, content: SharePreviewInput): Promise<SharedView> {
  await check(call, me, content)
  return viewOf(call, me, content, { key: linkKey(call, `preview ${call.requestId}`), expiresAt: null })
}

export async function addShare(call: Call, me: Me, input: ShareInput): Promise<NewShare> {
  const { days, passcode, views, badge: wanted, ...content } = input
  await check(call, me, content)
  const { DB } = call.env
  const now = call.now()
  await forgetShares(DB, new Date(now - listed).toISOString())
  if ((await countShares(DB)) >= most) {
    throw new ProblemError(422, 'share/too-many', 'There are too many links', {
      detail: `The panel keeps ${most} links. End some that nobody needs.`,
    })
  }
  const id = makeId('shr')
  const stored = {
    ...{ id, content, createdAt: new Date(now).toISOString(), expiresAt: new Date(now + days * day).toISOString() },
    passcode: passcode === undefined ? null : await passcodeLimiter(call, id).hash(passcode, pepperOf(call.env)),
    maxViews: views ?? null,
  }
  const token = makeToken()
  const badge = wanted === true ? makeToken() : null
  await insertShare(DB, stored, { maker: me.id, token, badge })
  const share = shown(
    { ...stored, badge: badge !== null, views: 0, lastViewAt: null, maker: me },
    { now, connections: content.connections },
  )
  return { share, token, badge }
}

/** Ends a link for good, and whatever it opened. */
export async function endShare(call: Call, me: Me, id: string): Promise<void> {
  const share = await shareById(call.env.DB, id)
  if (share === null || !mayEnd(me, share)) throw notFound()
  await deleteShare(call.env.DB, id)
}

/** Guesses at a passcode are counted by link: there is no account to lock out. */
export function passcodeLimiter({ env }: Pick<Call, 'env'>, id: string) {
  return env.LIMITER.getByName(`share ${id}`)
}

/** Why a link shows nothing, or `open`. `connections`: those there are. */
export function stateOf(
  share: StoredShare,
  { now, connections }: { now: number; connections: readonly string[] },
): Share['state'] {
  if (now >= Date.parse(share.expiresAt)) return 'expired'
  if (!share.content.connections.every((id) => connections.includes(id))) return 'server-gone'
  if (!share.content.connections.every((id) => mayShare(share.maker, id))) return 'orphaned'
  return share.maxViews !== null && share.views >= share.maxViews ? 'used-up' : 'open'
}

function mayShare(person: Pick<Me, 'owner' | 'rights'>, connection: string): boolean {
  return reaches(rightOn(person, connection), 'edit')
}

/** Whoever may share one of its servers may stop that it is shared. */
function mayEnd(me: Me, { content, maker }: StoredShare): boolean {
  return maker.id === me.id || content.connections.some((id) => mayShare(me, id))
}

async function check(call: Call, me: Me, { connections, range }: SharePreviewInput): Promise<void> {
  for (const connection of connections) {
    requireRight(me, 'edit', connection)
    await findConnection(call, me, connection)
  }
  // A page that no server could fill would only say that none answers.
  timeRange(range, call.now(), '/range')
}

function shown(
  { content, maker, passcode, ...share }: StoredShare,
  at: { now: number; connections: readonly string[] },
): Share {
  const { id, badge, createdAt, expiresAt, maxViews, views, lastViewAt } = share
  return {
    ...{ ...content, id, createdAt, createdBy: maker.name, expiresAt, passcode: passcode !== null },
    ...{ badge, maxViews, views, lastViewAt, state: stateOf({ content, maker, passcode, ...share }, at) },
  }
}
