import { reaches, rightOn } from '@zonedeck/shared/rights'
import { limitedNetwork } from '../../http/client.ts'
import type { MiddlewareHandler } from 'hono'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { notFound, ProblemError } from '../../http/problem-error.ts'
import { forbidden } from '../../http/rights.ts'
import { waitInWords } from '../../http/wait-words.ts'
import type { Actor } from '../../objects/ask-writer.ts'
import { openToken } from '../filter-tokens/service.ts'

/** Calls a minute: of one token, and of one network without a valid one. The Web UI itself takes 300. */
const most = { known: 300, unknown: 30 }

/**
 * Whose script this is. Nothing but a token of this connection's filter lets in, a session's cookie least of all: a page
 * of somebody else could make a browser send that along. A token may what its maker may at this moment, and no more than
 * edit.
 *
 * Throws 401 without a valid token, 404 for another connection than the token's, 403, and 429.
 */
async function signIn(c: AppContext): Promise<void> {
  const call = c.get('call')
  const [, secret] = /^bearer +([\w-]{20,100})$/i.exec(c.req.header('Authorization')?.trim() ?? '') ?? []
  const token = secret === undefined ? null : await openToken(call, secret)
  if (token === null) {
    await limit(c, `no-token ${limitedNetwork(c.req.raw)}`, most.unknown)
    throw new ProblemError(401, 'filter/no-token', 'A token is needed', {
      detail: 'Send a token of this filter, made in its settings, as “Authorization: Bearer …”.',
    })
  }
  await limit(c, `token ${token.id}`, most.known)
  const { id, name, connection, maker } = token
  if (c.req.param('connection') !== connection) throw notFound()
  const need = c.req.method === 'GET' ? 'view' : 'edit'
  if (!reaches(rightOn(maker, connection), need)) {
    throw forbidden(`The person who made this token has no right to ${need} this filter any more.`)
  }
  c.set('script', { id, name })
}

/** Lets scripts with a token of this filter in, and nobody else. */
export const scriptsAlone: MiddlewareHandler<AppEnv> = async (c, next) => {
  await signIn(c)
  await next()
}

/** Whom `scriptsAlone` has let in. */
export function scriptOf(c: AppContext): Actor {
  const script = c.get('script')
  if (script === undefined) throw new ProblemError(401, 'filter/no-token', 'A token is needed')
  return script
}

async function limit({ env, get }: AppContext, name: string, calls: number): Promise<void> {
  const wait = await env.LIMITER.getByName(name).callsAMinute(get('call').now(), calls)
  if (wait === 0) return
  throw new ProblemError(429, 'filter/too-many-calls', 'Too many calls', {
    detail: `${calls} calls a minute are taken. Try again in ${waitInWords(wait)}.`,
    retryAfter: wait,
  })
}
