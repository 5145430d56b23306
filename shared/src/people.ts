import * as z from 'zod'
import { rightSchema } from './connection.ts'
import { NameError, parseZoneName } from './names.ts'
import { passwordSchema, userNameSchema } from './session.ts'

/** Rights are kept by name: another spelling of a zone would be another zone to them. */
function zoneMistake(zone: string): string | null {
  if (zone === '*') return null
  try {
    const name = parseZoneName(zone)
    return name === zone ? null : `The zone is written “${name}”.`
  } catch (error) {
    if (error instanceof NameError) return error.message
    throw error
  }
}

/**
 * A right on one zone of one connection. `*` stands for every connection, or for every zone; of several that fit, the
 * closest counts alone (`rightOn` in rights.ts).
 */
export const grantSchema = z
  .strictObject({
    connection: z.string().min(1).max(80),
    zone: z
      .string()
      .max(1100)
      .superRefine((zone, context) => {
        const mistake = zoneMistake(zone)
        if (mistake !== null) context.addIssue({ code: 'custom', message: mistake })
      }),
    right: rightSchema,
  })
  .meta({ id: 'Grant' })
export type Grant = z.infer<typeof grantSchema>

const grants = z.array(grantSchema).max(200, { error: 'A person has at most 200 rights of their own.' })

export const personInputSchema = z
  .strictObject({ name: userNameSchema, owner: z.boolean(), rights: grants })
  .meta({ id: 'PersonInput' })
export type PersonInput = z.infer<typeof personInputSchema>

/** Absent fields stay. */
export const personPatchSchema = personInputSchema.omit({ rights: true }).partial().meta({ id: 'PersonPatch' })
export type PersonPatch = z.infer<typeof personPatchSchema>

export const rightsInputSchema = z
  .strictObject({
    rights: grants,
    /** As they were read, in any order: what somebody else has set meanwhile is not overwritten then. */
    before: grants.optional(),
  })
  .meta({ id: 'RightsInput' })
export type RightsInput = z.infer<typeof rightsInputSchema>

/** A person as owners see them. */
export const personSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    owner: z.boolean(),
    rights: grants,
    /** With what they can sign in. */
    passkeys: z.int(),
    password: z.boolean(),
    /** On how many devices they are signed in now. */
    sessions: z.int(),
    createdAt: z.string(),
    /** Absent before the first time. */
    lastSeenAt: z.string().optional(),
    /** Their one-time link, while it is good. */
    invitation: z.strictObject({ createdAt: z.string(), expiresAt: z.string() }).optional(),
  })
  .meta({ id: 'Person' })
export type Person = z.infer<typeof personSchema>

/** A person with their new link. It is answered this once: the panel keeps its SHA-256 alone. */
export const invitedSchema = z
  .strictObject({ person: personSchema, link: z.url(), expiresAt: z.string() })
  .meta({ id: 'Invited' })
export type Invited = z.infer<typeof invitedSchema>

const token = z.string().max(100)

export const invitationTokenSchema = z.strictObject({ token }).meta({ id: 'InvitationToken' })
export const invitationPasswordSchema = z
  .strictObject({ token, password: passwordSchema })
  .meta({ id: 'InvitationPassword' })

/** For whom a link is. */
export const invitationSchema = z
  .strictObject({
    name: z.string(),
    expiresAt: z.string(),
    /** They had a password or a passkey before, which the link takes the place of. */
    known: z.boolean(),
  })
  .meta({ id: 'Invitation' })
export type Invitation = z.infer<typeof invitationSchema>

/** One line of the access log: `actor` did this to `person`. Names as they were then. */
export const accessEntrySchema = z
  .strictObject({
    id: z.string(),
    at: z.string(),
    actorId: z.string(),
    actor: z.string(),
    personId: z.string(),
    person: z.string(),
    did: z.enum(['set-up', 'add', 'link', 'join', 'rename', 'owner', 'not-owner', 'rights', 'sign-out', 'remove']),
    /** `join`, `set-up`: with what they sign in from now on. */
    by: z.enum(['password', 'passkey']).optional(),
    /** `rename`: the new name. */
    to: z.string().optional(),
    /** `rights`. */
    before: z.array(grantSchema).optional(),
    /** `rights`, `add`. */
    after: z.array(grantSchema).optional(),
  })
  .meta({ id: 'AccessEntry' })
export type AccessEntry = z.infer<typeof accessEntrySchema>
