import { ProblemError } from '../../http/problem-error.ts'

/** 422: this cannot be planned. `pointer` is a JSON pointer into the body. */
export function refused(detail: string, errors?: { pointer: string; detail: string }[]): ProblemError {
  return new ProblemError(422, 'plan/refused', 'This cannot be written', {
    detail,
    ...(errors === undefined ? {} : { errors }),
  })
}
