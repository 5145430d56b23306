import * as z from 'zod'

/** One number that a server counts since it started, or holds now. */
export const counterSchema = z
  .strictObject({
    /** The server's own name of it. */
    id: z.string(),
    label: z.string(),
    value: z.number(),
    unit: z.enum(['queries', 'answers', 'packets', 'entries', 'seconds', 'microseconds', 'zones', 'records', 'bytes']),
    /** `counter` only grows until a restart, `gauge` goes up and down. */
    kind: z.enum(['counter', 'gauge']),
  })
  .meta({ id: 'Counter' })
export type Counter = z.infer<typeof counterSchema>

export const countersSchema = z
  .strictObject({
    counters: z.array(counterSchema),
    /** RFC 3339. */
    readAt: z.string(),
  })
  .meta({ id: 'Counters' })
export type Counters = z.infer<typeof countersSchema>
