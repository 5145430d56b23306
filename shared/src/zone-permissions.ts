import * as z from 'zod'

/** Who may do what with a zone on the server itself. */
export const permissionRowSchema = z
  .strictObject({
    name: z.string().min(1).max(255),
    view: z.boolean(),
    modify: z.boolean(),
    delete: z.boolean(),
    /** The server keeps this row itself: why. */
    fixed: z.string().optional(),
  })
  .meta({ id: 'PermissionRow' })
export type PermissionRow = z.infer<typeof permissionRowSchema>

export const zonePermissionsSchema = z
  .strictObject({
    users: z.array(permissionRowSchema),
    groups: z.array(permissionRowSchema),
    /** Everyone the server knows, for choosing. */
    knownUsers: z.array(z.string()),
    knownGroups: z.array(z.string()),
  })
  .meta({ id: 'ZonePermissions' })
export type ZonePermissions = z.infer<typeof zonePermissionsSchema>
