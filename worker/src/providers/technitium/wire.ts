import * as z from 'zod'

/**
 * What Technitium answers, as far as the panel reads it. Unknown fields are dropped here and on purpose: `lastModified`,
 * `lastUsedOn` and the `…String` twins change by themselves or say the same twice, `*Idn` names are made by us.
 */
export const envelope = z.looseObject({
  status: z.enum(['ok', 'error', 'invalid-token', '2fa-required']),
  // `innerErrorMessage` and `stackTrace` tell of the server's insides and are never read.
  errorMessage: z.string().optional(),
  response: z.unknown().optional(),
})

const zoneInfo = z.object({
  name: z.string(),
  type: z.string(),
  disabled: z.boolean(),
  lastModified: z.string().optional(),
  soaSerial: z.number().optional(),
  internal: z.boolean().optional(),
  catalog: z.string().nullish(),
  dnssecStatus: z.string().optional(),
  validationFailed: z.boolean().optional(),
  isExpired: z.boolean().optional(),
  syncFailed: z.boolean().optional(),
  notifyFailed: z.boolean().optional(),
  notifyFailedFor: z.array(z.string()).optional(),
})
export type ZoneInfo = z.infer<typeof zoneInfo>

export const zoneList = z.object({ zones: z.array(zoneInfo) })

const record = z.object({
  name: z.string(),
  type: z.string(),
  ttl: z.number(),
  disabled: z.boolean(),
  comments: z.string().optional(),
  expiryTtl: z.number().optional(),
  glueRecords: z.array(z.string()).optional(),
  rData: z.record(z.string(), z.json()),
})
export type NativeRecord = z.infer<typeof record>

export const recordList = z.object({ zone: zoneInfo, records: z.array(record) })

const rights = z.object({ canView: z.boolean(), canModify: z.boolean(), canDelete: z.boolean() })

/** The answer repeats the secret token; it is not read. */
export const sessionInfo = z.object({
  username: z.string(),
  tokenName: z.string().optional(),
  info: z.object({ version: z.string(), permissions: z.record(z.string(), rights) }),
})

export const created = z.object({ domain: z.string() })
