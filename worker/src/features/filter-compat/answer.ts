import { EditError } from '@zonedeck/shared/filter/edit'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { AppContext } from '../../http/context.ts'
import { notedProblem } from '../../http/problem.ts'
import type { Saved } from './save.ts'

/** The API says for two of its calls whether the app took the change up; for the others it is said when it did not. */
export function answerSaved(c: AppContext, { reloaded, warning }: Saved, tellsReloaded: boolean): Response {
  return c.json({
    ok: true,
    ...(tellsReloaded || reloaded === false ? { reloaded: reloaded ?? false } : {}),
    ...(warning === undefined ? {} : { warning }),
  })
}

/** The problem in the API's own words. 404 is for a connection that is not there, and nothing else. */
export function answerFailure(error: Error, c: AppContext): Response {
  if (error instanceof EditError) return failure(c, 400, error.message)
  const { type, status, title, detail, errors, retryAfter } = notedProblem(error, c.get('call').requestId)
  const text = detail ?? errors?.[0]?.detail ?? title
  if (retryAfter !== undefined) c.header('Retry-After', String(Math.ceil(retryAfter)))
  if (status === 401) c.header('WWW-Authenticate', 'Bearer')
  return failure(c, type.startsWith('/problems/provider/') ? ofProvider(status) : status === 422 ? 400 : status, text)
}

/** What the server behind us said is not what we say of the call. */
function ofProvider(status: number): number {
  if (status === 422) return 400
  return status === 429 || status === 503 ? 503 : 502
}

export function failure(c: AppContext, status: number, error: string): Response {
  return c.json({ ok: false, error }, status as ContentfulStatusCode)
}
