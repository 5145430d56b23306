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

/** Any caught value as a problem that can be shown. An unforeseen one says so, without a stack. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
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
