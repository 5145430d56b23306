import * as z from 'zod'

/** One record, or a zone by its name, that a server's own search found. */
export const searchHitSchema = z
  .strictObject({
    zone: z.string(),
    /** Relative to the zone. Absent: the zone itself was found. */
    name: z.string().optional(),
    type: z.string().optional(),
    /** As the server writes it. */
    content: z.string().optional(),
    ttl: z.int().optional(),
    disabled: z.boolean().optional(),
  })
  .meta({ id: 'SearchHit' })
export type SearchHit = z.infer<typeof searchHitSchema>
