import * as z from 'zod'
import { recordSetSchema } from './record-set.ts'

/** Two hands on one record set: what it was when editing began, what was wanted, what the server has now. */
export const conflictSchema = z
  .strictObject({
    name: z.string(),
    type: z.string(),
    base: recordSetSchema.nullable(),
    mine: recordSetSchema.nullable(),
    theirs: recordSetSchema.nullable(),
  })
  .meta({ id: 'Conflict' })
export type Conflict = z.infer<typeof conflictSchema>

/** Two hands on one filter: the hash of what editing began with and of what was wanted, and what the server holds now. */
export const filterConflictSchema = z
  .strictObject({
    base: z.string(),
    mine: z.string(),
    theirs: z.strictObject({ hash: z.string(), text: z.string() }),
  })
  .meta({ id: 'FilterConflict' })
export type FilterConflict = z.infer<typeof filterConflictSchema>

/** RFC 9457 problem details. `type` is stable and relative (`/problems/<area>/<name>`): branch on it, never on text. */
export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    /** The request id, also in the `X-Request-Id` header and in the log. */
    instance: z.string().optional(),
    /** Which part of the body is wrong: JSON Pointer and a sentence saying what would be right. */
    errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).optional(),
    /** The connection's or provider's name, when an upstream server is the cause. */
    provider: z.string().optional(),
    /** Seconds. */
    retryAfter: z.number().optional(),
    conflicts: z.array(conflictSchema).optional(),
    filter: filterConflictSchema.optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof problemSchema>
