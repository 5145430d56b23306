import type { FilterPlanInput } from '@zonedeck/shared/content-filter'
import type { FilterOperation } from '@zonedeck/shared/filter-operation'
import * as z from 'zod'
import { invalid, ProblemError } from '../../http/problem-error.ts'

/** `If-Match: "<hash>"` (RFC 9110 §13.1.1): another way to say what a new configuration was made from. */
export const ifMatchSchema = z.object({ 'if-match': z.string().max(200).optional() })

type Headers = z.infer<typeof ifMatchSchema>

export const tagForm = 'If-Match holds the ETag of a filter: 64 hex digits in quotes.'

/** The hash that an ETag of ours holds, or null. */
export function readTag(tag: string): string | null {
  return /^"([0-9a-f]{64})"$/.exec(tag.trim())?.[1] ?? null
}

/** The operation with the hash it starts from, wherever that was said. Throws 422 and 428. */
export function withBase(headers: Headers, operation: FilterPlanInput['operation']): FilterOperation {
  if (operation.operation !== 'filter') return operation
  const tag = headers['if-match']
  const hash = tag === undefined ? undefined : readTag(tag)
  if (hash === null) throw invalid([{ pointer: '', detail: tagForm }])
  const { base = hash } = operation
  if (base === undefined) {
    throw new ProblemError(428, 'request/precondition-required', 'Say what it was made from', {
      detail: 'Send the hash of the configuration you read as “base”, or as the header If-Match.',
      errors: [{ pointer: '/operation/base', detail: 'The hash of the configuration this was made from.' }],
    })
  }
  if (hash !== undefined && base !== hash) {
    throw invalid([{ pointer: '/operation/base', detail: 'This is not the hash that If-Match has.' }])
  }
  return { ...operation, base }
}

/** A conflict is 409; for who asked by `If-Match` it is 412, with the same body. */
export async function asked<T>(headers: Headers, body: () => Promise<T>): Promise<T> {
  try {
    return await body()
  } catch (error) {
    if (headers['if-match'] === undefined || !(error instanceof ProblemError)) throw error
    if (error.problem.type !== '/problems/plan/conflict') throw error
    const { type, title, status: _, ...more } = error.problem
    throw new ProblemError(412, type.replace('/problems/', ''), title, more)
  }
}
