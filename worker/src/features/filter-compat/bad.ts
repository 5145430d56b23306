import { ProblemError } from '../../http/problem-error.ts'

/** The API's 400: what was sent cannot be meant. Nothing was changed. */
export function bad(detail: string): ProblemError {
  return new ProblemError(400, 'request/invalid', 'This cannot be done', { detail })
}
