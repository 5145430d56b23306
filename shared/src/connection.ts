import * as z from 'zod'
import { capabilitiesSchema } from './capabilities.ts'

/** One credential field of a provider: the connection form is made from these. */
export const credentialFieldSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-zA-Z0-9]*$/),
    label: z.string(),
    help: z.string().optional(),
    secret: z.boolean(),
    required: z.boolean(),
    /** Not required when this other field is filled in. */
    unless: z.string().optional(),
    /** Serves to sign in once when the connection is saved, and is not kept. */
    once: z.boolean().optional(),
    placeholder: z.string().optional(),
    options: z.array(z.strictObject({ value: z.string(), label: z.string() })).optional(),
    /** What every value looks like: a regular expression for the whole of it, and the sentence for one that differs. */
    pattern: z.strictObject({ source: z.string(), help: z.string() }).optional(),
    maxLength: z.int().default(1000),
  })
  .meta({ id: 'CredentialField' })
export type CredentialField = z.infer<typeof credentialFieldSchema>

/** What the panel must know of a provider to offer it. */
export const providerInfoSchema = z
  .strictObject({
    id: z.string(),
    label: z.string(),
    /** Two letters for the tile. */
    tile: z.string().length(2),
    summary: z.string(),
    link: z.url(),
    urlHelp: z.string(),
    urlExample: z.string(),
    fields: z.array(credentialFieldSchema),
    /** What each thing the panel does needs on the server's side, in its own words. */
    rights: z.array(z.strictObject({ feature: z.string(), needs: z.string() })),
    capabilities: capabilitiesSchema,
  })
  .meta({ id: 'ProviderInfo' })
export type ProviderInfo = z.infer<typeof providerInfoSchema>

const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/, {
  error: 'A header name has letters, digits and hyphens.',
})

export const connectionInputSchema = z
  .strictObject({
    name: z.string().trim().min(1, { error: 'Give the connection a name.' }).max(60),
    provider: z.string().max(40),
    url: z.string().trim().min(1, { error: 'Give the address of the server.' }).max(500),
    /** By field id of the provider. */
    credentials: z.record(z.string().max(40), z.string().max(8000)),
    /** Extra request headers, for a server behind a reverse proxy or a Cloudflare Access service token. */
    headers: z
      .array(z.strictObject({ name: headerName, value: z.string().max(4000) }))
      .max(10)
      .optional(),
  })
  .meta({ id: 'ConnectionInput' })
export type ConnectionInput = z.infer<typeof connectionInputSchema>

/** Absent fields stay. A new address needs every credential again, so that nobody can redirect a token to their host. */
export const connectionPatchSchema = connectionInputSchema
  .omit({ provider: true })
  .partial()
  .meta({ id: 'ConnectionPatch' })
export type ConnectionPatch = z.infer<typeof connectionPatchSchema>

/** What a test of a connection found out. */
export const connectionTestSchema = z
  .strictObject({
    /** As whom the server knows us. */
    account: z.string().optional(),
    version: z.string().optional(),
    /** What the credential may do, in the server's own words, where it tells. */
    permissions: z.array(z.string()).optional(),
    /** Things the panel does for which this account lacks a right, as sentences. */
    missing: z.array(z.string()),
    notes: z.array(z.string()).optional(),
  })
  .meta({ id: 'ConnectionTest' })
export type ConnectionTest = z.infer<typeof connectionTestSchema>

export const rightSchema = z.enum(['none', 'view', 'edit', 'full']).meta({ id: 'Right' })
export type Right = z.infer<typeof rightSchema>

export const connectionSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    provider: z.string(),
    url: z.string(),
    /** `operator`: given as a worker secret; it can be used, not read, edited or repointed. `sandbox`: a simulator. */
    source: z.enum(['panel', 'operator', 'sandbox']),
    /** Field id → set, with the last four characters of a long secret at most. Like `headers` empty for all but owners. */
    credentials: z.record(z.string(), z.strictObject({ set: z.boolean(), hint: z.string().optional() })),
    headers: z.array(z.string()),
    /** The caller's right on the connection as a whole. */
    right: rightSchema,
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Connection' })
export type Connection = z.infer<typeof connectionSchema>
