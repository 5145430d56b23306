import type { Problem } from '@zonedeck/shared/problem'
import { ProblemError } from '../http/problem-error.ts'

/** Errors lose their class on the way out of a Durable Object: what went wrong travels as data. */
export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem }

/** What an object answered, or its error as one of ours again. */
export function unwrap<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value
  const { status, type, title, ...more } = answer.problem
  throw new ProblemError(status, type.replace('/problems/', ''), title, more)
}
