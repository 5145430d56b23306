import type { Problem } from '@zonedeck/shared/problem'

/** What every failed call throws: the server's problem document, or one of ours when no answer came. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** As browsers say it when a part of the panel did not arrive. */
const NOT_LOADED = /dynamically imported module|preload CSS|module script failed/i

/** Any caught value as a problem that can be shown. An unforeseen one says so, without a stack. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  if (error instanceof Error && NOT_LOADED.test(error.message)) {
    return {
      type: '/problems/panel/not-loaded',
      title: 'A part of the panel is not on this device',
      status: 503,
      detail: navigator.onLine ? 'It did not arrive.' : 'You are offline, and this page was not opened before.',
    }
  }
  return {
    type: '/problems/panel/unforeseen',
    title: 'The panel has made a mistake',
    status: 500,
    detail: `This should not have happened: ${error instanceof Error ? error.message : String(error)}`,
  }
}

/**
 * What the server says of one field of the body.
 *
 * @param pointer JSON Pointer, e.g. `/credentials/token`
 */
export function fieldError(problem: Problem | null, pointer: string): string | null {
  return problem?.errors?.find((error) => error.pointer === pointer)?.detail ?? null
}
