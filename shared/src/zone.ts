import * as z from 'zod'
import { recordSetSchema } from './record-set.ts'

/** A zone as a provider lists it. `name` is its lower-case A-label name without the last dot; the root zone is `@`. */
export const zoneSchema = z
  .strictObject({
    name: z.string(),
    /** In the provider's own words: Primary, Native, Forwarder, … */
    kind: z.string(),
    /** Its records cannot be edited here: the reason. */
    readOnly: z.string().optional(),
    disabled: z.boolean().optional(),
    dnssec: z.boolean().optional(),
    serial: z.int().optional(),
    /** RFC 3339. */
    modifiedAt: z.string().optional(),
    recordCount: z.int().optional(),
    catalog: z.string().optional(),
    /** Troubles the server reports of this zone, as sentences. */
    warnings: z.array(z.string()).optional(),
    /** The provider's own id of the zone, opaque. */
    ref: z.string().optional(),
  })
  .meta({ id: 'Zone' })
export type Zone = z.infer<typeof zoneSchema>

export const zoneContentSchema = z
  .strictObject({ zone: zoneSchema, recordSets: z.array(recordSetSchema), readAt: z.string() })
  .meta({ id: 'ZoneContent' })
export type ZoneContent = z.infer<typeof zoneContentSchema>

/** Named operations on a whole zone, with the same manners as record changes: preview, compare, read back, history. */
export const zoneOperationSchema = z
  .discriminatedUnion('operation', [
    z.strictObject({
      operation: z.literal('create'),
      kind: z.string().max(40),
      /** Primary servers of a secondary or stub zone. */
      primaries: z.array(z.string().max(255)).max(20).optional(),
      forwarder: z.string().max(255).optional(),
      catalog: z.string().max(255).optional(),
    }),
    z.strictObject({ operation: z.literal('delete') }),
    z.strictObject({ operation: z.literal('enable') }),
    z.strictObject({ operation: z.literal('disable') }),
  ])
  .meta({ id: 'ZoneOperation' })
export type ZoneOperation = z.infer<typeof zoneOperationSchema>
export type CreateZone = Extract<ZoneOperation, { operation: 'create' }>
