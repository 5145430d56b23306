import * as z from 'zod'
import { formFieldSchema, formValuesSchema } from './form.ts'
import { recordSetSchema } from './record-set.ts'
import { permissionRowSchema } from './zone-permissions.ts'

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

/** What a provider lets one change of a zone beside its records: fields that hold what the server holds. */
export const zoneSettingsSchema = z
  .strictObject({
    fields: z.array(formFieldSchema),
    /** What else the server says of the zone, and cannot be changed here. */
    facts: z.array(z.strictObject({ label: z.string(), value: z.string() })),
  })
  .meta({ id: 'ZoneSettings' })
export type ZoneSettings = z.infer<typeof zoneSettingsSchema>

const permissionInput = permissionRowSchema.omit({ fixed: true })

/** Named operations on a whole zone, with the same manners as record changes: preview, compare, read back, history. */
export const zoneOperationSchema = z
  .discriminatedUnion('operation', [
    /** `values`: the fields of the kind (`capabilities.createZone`). */
    z.strictObject({ operation: z.literal('create'), kind: z.string().max(40), values: formValuesSchema.optional() }),
    z.strictObject({ operation: z.literal('delete') }),
    z.strictObject({ operation: z.literal('enable') }),
    z.strictObject({ operation: z.literal('disable') }),
    /**
     * The server's own import does the changes that go along: `merge` writes the sets that the file holds, `replace` also
     * deletes the others.
     */
    z.strictObject({ operation: z.literal('import'), mode: z.enum(['merge', 'replace']) }),
    /** Only the settings that are named change. */
    z.strictObject({ operation: z.literal('settings'), values: formValuesSchema }),
    /** The whole of both tables; rows the server keeps itself are left out. */
    z.strictObject({
      operation: z.literal('permissions'),
      users: z.array(permissionInput).max(1000),
      groups: z.array(permissionInput).max(1000),
    }),
    /** One of the actions that the zone's DNSSEC state offers. */
    z.strictObject({
      operation: z.literal('dnssec'),
      action: z.string().max(60),
      key: z.string().max(200).optional(),
      values: formValuesSchema,
    }),
    /** One of `capabilities.actions`. */
    z.strictObject({ operation: z.literal('action'), action: z.string().max(60), values: formValuesSchema }),
  ])
  .meta({ id: 'ZoneOperation' })
export type ZoneOperation = z.infer<typeof zoneOperationSchema>
export type CreateZone = Extract<ZoneOperation, { operation: 'create' }>
export type DnssecStep = Omit<Extract<ZoneOperation, { operation: 'dnssec' }>, 'operation'>
export type ZoneAction = Omit<Extract<ZoneOperation, { operation: 'action' }>, 'operation'>
export type PermissionTables = Omit<Extract<ZoneOperation, { operation: 'permissions' }>, 'operation'>
