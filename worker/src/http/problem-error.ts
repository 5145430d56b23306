import type { Problem } from '@zonedeck/shared/problem'

type Extra = Omit<Problem, 'type' | 'title' | 'status' | 'instance'>

/** Thrown anywhere in the worker, becomes the response. `detail` is a sentence for a person and never holds a secret. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(status: number, type: string, title: string, extra: Extra = {}) {
    super(title)
    this.name = 'ProblemError'
    this.problem = { ...extra, type: `/problems/${type}`, title, status }
  }
}

/** Also the answer for what exists but is none of the caller's business: its existence is not confirmed. */
export function notFound(): ProblemError {
  return new ProblemError(404, 'request/not-found', 'There is nothing here')
}

/** The body is well-formed and wrong. `pointer` is a JSON Pointer into it. */
export function invalid(errors: { pointer: string; detail: string }[], title = 'Something is not filled in right') {
  return new ProblemError(422, 'request/invalid', title, { errors })
}
