import type { Problem } from '@zonedeck/shared/problem'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { ProviderError, type ProviderErrorKind } from '../providers/provider-error.ts'
import type { AppContext } from './context.ts'
import { log } from './log.ts'
import { notFound, ProblemError } from './problem-error.ts'

/** Never 401 for an upstream's 401: the panel would take it for its own session's end. */
const providerProblems: Record<ProviderErrorKind, [status: number, title: string]> = {
  auth: [424, 'The server does not accept the credentials'],
  forbidden: [424, 'The account may not do this on the server'],
  missing: [404, 'The server does not have it'],
  conflict: [409, 'The server holds something else by now'],
  refused: [422, 'The server will not do this'],
  'rate-limited': [429, 'The server asks to wait'],
  unavailable: [503, 'The server does not answer'],
  protocol: [502, 'The server answers in a way we do not understand'],
  unknown: [502, 'It is not known whether the server did it'],
}

/**
 * The one translation of errors into RFC 9457 problems. What we did not mean to throw becomes a 500 without a word of
 * its text: that may hold SQL, an address or a secret.
 */
export function toProblem(error: unknown, requestId: string, provider?: string): Problem {
  const more = { instance: requestId, ...(provider === undefined ? {} : { provider }) }
  if (error instanceof ProblemError) return { ...error.problem, ...more }
  if (error instanceof ProviderError) {
    const [status, title] = providerProblems[error.kind]
    return {
      type: `/problems/provider/${error.kind}`,
      title,
      status,
      detail: error.message,
      ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
      ...more,
    }
  }
  if (error instanceof HTTPException && error.status < 500) {
    return { type: '/problems/request/invalid', title: 'The body is not JSON', status: 422, ...more }
  }
  return {
    type: '/problems/internal',
    title: 'Something went wrong in the panel',
    status: 500,
    detail: `The log has more under the id ${requestId}.`,
    ...more,
  }
}

export function answerError(error: Error, c: AppContext): Response {
  return answer(c, notedProblem(error, c.get('call').requestId))
}

/** The problem of an error, noted in the log when it is our own fault. */
export function notedProblem(error: Error, requestId: string): Problem {
  const problem = toProblem(error, requestId)
  if (problem.status === 500) {
    // The message stays out: it may quote what it failed on. Where it happened is enough to find the cause.
    const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
    log({ event: 'internal-error', requestId, error: error.name, at: frames.slice(0, 6).join(' ').trim() })
  }
  return problem
}

export function answerNotFound(c: AppContext): Response {
  return answer(c, toProblem(notFound(), c.get('call').requestId))
}

function answer(c: AppContext, problem: Problem): Response {
  if (problem.retryAfter !== undefined) c.header('Retry-After', String(Math.ceil(problem.retryAfter)))
  return c.body(JSON.stringify(problem), problem.status as ContentfulStatusCode, {
    'Content-Type': 'application/problem+json',
  })
}
