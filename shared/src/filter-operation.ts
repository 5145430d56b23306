import * as z from 'zod'

/** SHA-256 of a configuration's text, hex. Also the ETag of a filter. */
export const filterHashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, { error: 'This is the hash of a configuration: 64 hex digits.' })

/** The text of a whole configuration; empty where there is none. */
export const filterTextSchema = z.string().max(8_000_000, { error: 'A configuration may have 8 million characters.' })

/** A call of the Web UI's own API that says the same as a new text, for a server that speaks it. */
export const filterCallSchema = z
  .strictObject({
    method: z.enum(['POST', 'DELETE']),
    /** Below `/api/`. */
    path: z.enum([
      'profiles',
      'clients',
      'settings',
      'custom-services',
      'blocklists',
      'allowlists',
      'rules',
      'rewrites',
    ]),
    body: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'FilterCall' })
export type FilterCall = z.infer<typeof filterCallSchema>

/** Named operations on a filter, with the same manners as those on zones. */
export const filterOperationSchema = z
  .discriminatedUnion('operation', [
    z.strictObject({
      operation: z.literal('filter'),
      /** Hash of the text it was made from. Anything else on the server is a conflict. */
      base: filterHashSchema,
      /** The configuration as it shall be. Left out in jobs and lists; the history keeps what was and what came of it. */
      text: filterTextSchema.optional(),
      /** What is done, as a title. */
      note: z.string().max(200).optional(),
      call: filterCallSchema.optional(),
    }),
    /** The app reads its configuration again, and with it its lists. */
    z.strictObject({ operation: z.literal('filter-refresh') }),
    /** The server's own blocking, which is not the app's: paused for so many minutes, or on again with null. */
    z.strictObject({ operation: z.literal('filter-blocking'), minutes: z.int().min(1).max(10_080).nullable() }),
  ])
  .meta({ id: 'FilterOperation' })
export type FilterOperation = z.infer<typeof filterOperationSchema>
