import * as z from 'zod'
import { accountOperationSchema, accountSchema } from './account.ts'
import { dnssecStateSchema } from './dnssec.ts'
import { filterOperationSchema } from './filter-operation.ts'
import { zoneOperationSchema, zoneSettingsSchema } from './zone.ts'
import { zonePermissionsSchema } from './zone-permissions.ts'

/** Everything that is written and is no record set. */
export const operationSchema = z
  .union([zoneOperationSchema, accountOperationSchema, filterOperationSchema])
  .meta({ id: 'Operation' })
export type Operation = z.infer<typeof operationSchema>

/**
 * What an operation is about, as the server holds it: read before, compared again on applying, read back afterwards, and
 * kept in the history. Operations on the zone itself have none: the zone tells.
 */
export const operationStateSchema = z
  .discriminatedUnion('about', [
    z.strictObject({ about: z.literal('settings'), settings: zoneSettingsSchema }),
    z.strictObject({ about: z.literal('permissions'), permissions: zonePermissionsSchema }),
    z.strictObject({ about: z.literal('dnssec'), dnssec: dnssecStateSchema }),
    /** null: there is no such account. */
    z.strictObject({ about: z.literal('account'), account: accountSchema.nullable() }),
    /** The text of its configuration; left out in plans and jobs, where whoever asked has it. */
    z.strictObject({ about: z.literal('filter'), text: z.string().optional() }),
    /** The server's own blocking. `pausedUntil` is RFC 3339; null: it is not paused, or our account may not see it. */
    z.strictObject({
      about: z.literal('blocking'),
      enabled: z.boolean().nullable(),
      pausedUntil: z.string().nullable(),
    }),
  ])
  .meta({ id: 'OperationState' })
export type OperationState = z.infer<typeof operationStateSchema>
