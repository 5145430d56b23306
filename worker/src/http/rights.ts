import { reaches, rightOn, rightWithin } from '@zonedeck/shared/rights'
import type { Right } from '@zonedeck/shared/connection'
import type { Me } from '@zonedeck/shared/session'
import type { MiddlewareHandler } from 'hono'
import { lifetimes, readMe } from './session.ts'
import type { AppContext, AppEnv } from './context.ts'
import { notFound, ProblemError } from './problem-error.ts'

/**
 * What a route needs. `link`: the session of a shared link, which the route itself looks up. `connection`: a right on the connection as a whole; `zone`: on the zone in the path; `within`: on
 * anything inside of the connection (the handler leaves out what is not the caller's).
 */
type Needs =
  'anonymous' | 'link' | 'signed-in' | 'owner' | { right: Exclude<Right, 'none'>; on: 'connection' | 'zone' | 'within' }

/** What a route asks of its caller. `stepUp`: that they proved in the last minutes who they are. */
export interface Access {
  needs: Needs
  stepUp: boolean
}

/** The signed-in person. Rights are read again for each request, so that taking one away works at once. */
export async function signedIn(c: AppContext): Promise<Me> {
  const known = c.get('me')
  const me = known === undefined ? await readMe(c) : known
  c.set('me', me)
  if (me === null) throw new ProblemError(401, 'auth/signed-out', 'You are signed out')
  return me
}

/** What cannot be seen at all is 404, what can be seen and not be done is 403. */
export function requireRight(me: Me, need: Right, connection: string, zone = '*'): void {
  const have = rightOn(me, connection, zone)
  if (have === 'none') throw notFound()
  if (!reaches(have, need)) throw forbidden(`This needs the right “${need}”, yours is “${have}”.`)
}

/**
 * Whoever finds a panel left open may look around and edit records; what takes over servers or destroys needs the
 * person themselves.
 */
export async function requireFresh(c: AppContext): Promise<void> {
  await signedIn(c)
  const at = c.get('authenticatedAt')
  if (at !== undefined && c.get('call').now() < at + lifetimes.fresh) return
  throw new ProblemError(403, 'auth/confirm-needed', 'Confirm that it is you', {
    detail: 'This needs your password or your passkey from the last five minutes.',
  })
}

export function forbidden(detail: string): ProblemError {
  return new ProblemError(403, 'access/forbidden', 'You may not do this', { detail })
}

/** The one place where a request is let through or not. */
export function guard({ needs, stepUp }: Access): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (needs === 'link') bearer(c)
    else if (needs !== 'anonymous') allow(await signedIn(c), needs, c.req.param('connection'), c.req.param('zone'))
    if (stepUp) await requireFresh(c)
    await next()
  }
}

/** The session of a shared link. It is sent by our page on purpose, never by a browser of itself. */
export function bearer(c: AppContext): string {
  const found = /^Bearer ([\w-]{1,100})$/i.exec(c.req.header('Authorization') ?? '')?.[1]
  if (found === undefined) throw new ProblemError(401, 'share/session-over', 'Open the link again')
  return found
}

function allow(
  me: Me,
  needs: Exclude<Needs, 'anonymous' | 'link'>,
  connection: string | undefined,
  zone: string | undefined,
) {
  if (needs === 'signed-in') return
  if (needs === 'owner') {
    if (!me.owner) throw forbidden('Only an owner may do this.')
    return
  }
  if (connection === undefined) throw notFound()
  if (needs.on === 'within') {
    if (!reaches(rightWithin(me, connection), needs.right)) throw notFound()
  } else if (needs.on === 'zone') {
    // Another spelling of a zone would miss the rights given on it.
    if (zone === undefined || !isCanonical(zone)) throw notFound()
    requireRight(me, needs.right, connection, zone)
  } else requireRight(me, needs.right, connection)
}

/** As zones are named in paths: lower-case A-labels without the last dot, `@` for the root zone. */
function isCanonical(zone: string): boolean {
  return /^[\x21-\x7e]+$/.test(zone) && zone === zone.toLowerCase() && !zone.endsWith('.')
}
