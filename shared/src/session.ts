import * as z from 'zod'
import { rightSchema } from './connection.ts'

export const userNameSchema = z
  .string()
  .trim()
  .min(1, { error: 'Give a name.' })
  .max(64, { error: 'A name has at most 64 characters.' })
  .regex(/^[^\p{C}]*$/u, { error: 'A name has no control characters.' })

export const passwordSchema = z
  .string()
  .min(10, { error: 'A password has at least 10 characters.' })
  .max(256, { error: 'A password has at most 256 characters.' })

export const setupInputSchema = z
  .strictObject({ token: z.string().max(200), name: userNameSchema, password: passwordSchema })
  .meta({ id: 'SetupInput' })

export const signInSchema = z
  .strictObject({ name: z.string().max(64), password: z.string().max(256), remember: z.boolean().optional() })
  .meta({ id: 'SignIn' })

export const confirmInputSchema = z.strictObject({ password: z.string().max(256) }).meta({ id: 'ConfirmInput' })

/** With what the signed-in person can confirm that it is them. */
export const confirmWaysSchema = z
  .strictObject({ password: z.boolean(), passkey: z.boolean() })
  .meta({ id: 'ConfirmWays' })
export type ConfirmWays = z.infer<typeof confirmWaysSchema>

/** Who is signed in, and what they may do. `*` stands for every connection or zone. */
export const meSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    owner: z.boolean(),
    rights: z.array(z.strictObject({ connection: z.string(), zone: z.string(), right: rightSchema })),
    session: z.string(),
  })
  .meta({ id: 'Me' })
export type Me = z.infer<typeof meSchema>

export const sessionSchema = z
  .strictObject({
    id: z.string(),
    current: z.boolean(),
    createdAt: z.string(),
    lastSeenAt: z.string(),
    expiresAt: z.string(),
    /** Browser and system in plain words. */
    device: z.string(),
    /** Coarse: a /24 or a /48. */
    network: z.string(),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof sessionSchema>
