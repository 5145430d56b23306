import * as z from 'zod'
import { recordSetSchema } from './record-set.ts'

/** One record set created (`before: null`), replaced, or deleted (`after: null`). Everything that writes records is a list of these. */
export const changeSchema = z
  .strictObject({
    name: z.string().min(1).max(1100),
    type: z.string().min(1).max(16),
    before: recordSetSchema.nullable(),
    after: recordSetSchema.nullable(),
  })
  .refine((change) => change.before !== null || change.after !== null, {
    error: 'A change needs a before or an after.',
  })
  .refine(
    ({ name, type, before, after }) =>
      [before, after].every((set) => set === null || (set.name === name && set.type === type)),
    { error: 'Before and after must have the name and type of the change.' },
  )
  .meta({ id: 'Change' })
export type Change = z.infer<typeof changeSchema>

/**
 * What became of one change.
 *
 * `unknown`: it was sent and no answer came; the zone is read again before anything is sent twice.
 */
export const changeResultSchema = z
  .strictObject({
    name: z.string(),
    type: z.string(),
    status: z.enum(['pending', 'done', 'failed', 'rolled-back', 'unknown']),
    /** A sentence for a person: the server's words where it refused. */
    detail: z.string().optional(),
    /** Set when the zone was read again after the write: did it hold what was asked for? */
    verified: z.boolean().optional(),
  })
  .meta({ id: 'ChangeResult' })
export type ChangeResult = z.infer<typeof changeResultSchema>
