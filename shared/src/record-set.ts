import * as z from 'zod'

/**
 * One record of a set.
 *
 * `rdata` is canonical presentation text: host names absolute, lower case, with a final dot; TXT quoted and escaped
 * in strings of at most 255 bytes; priority, weight and the like inside the text, single spaces between fields.
 */
export const recordSchema = z
  .strictObject({
    rdata: z.string().min(1).max(400_000),
    /** Kept by the server but not answered. */
    disabled: z.boolean().optional(),
    comment: z.string().max(4000).optional(),
    /** The provider's own id of this record: opaque, never needed for correctness, not compared. */
    ref: z.string().max(500).optional(),
    /** Only where it differs from the set's TTL (RFC 2181 §5.2 wants one TTL a set; some upstreams hold several). */
    ttl: z.int().min(0).max(2_147_483_647).optional(),
    /** What only this provider knows of the record. Carried through edits and undo, shown, never interpreted elsewhere. */
    native: z.record(z.string(), z.json()).meta({ type: 'object' }).optional(),
  })
  .meta({ id: 'Record' })

export const commentSchema = z
  .strictObject({
    content: z.string().max(65_535),
    account: z.string().max(255).optional(),
    modifiedAt: z.string().optional(),
  })
  .meta({ id: 'Comment' })

/** Why a set cannot be edited. */
export const readOnlySchema = z.enum(['soa', 'apex-ns', 'dnssec', 'secondary', 'unsupported'])

export const recordSetSchema = z
  .strictObject({
    /** Relative to the zone, lower-case A-labels, `@` for the apex. */
    name: z.string().min(1).max(1100),
    /** Type mnemonic in upper case, or `TYPE123` (RFC 3597). */
    type: z.string().regex(/^[A-Z][A-Z0-9-]{0,15}$/),
    /** Seconds. */
    ttl: z.int().min(0).max(2_147_483_647),
    records: z.array(recordSchema).min(1).max(10_000),
    comments: z.array(commentSchema).max(100).optional(),
    readOnly: readOnlySchema.optional(),
    warnings: z.array(z.string()).optional(),
  })
  .meta({ id: 'RecordSet' })

export type DnsRecord = z.infer<typeof recordSchema>
export type RecordComment = z.infer<typeof commentSchema>
export type ReadOnly = z.infer<typeof readOnlySchema>
export type RecordSet = z.infer<typeof recordSetSchema>
