import * as z from 'zod'
import { days } from './week.ts'

/**
 * The configuration of the Content Filter app (`dnsApp.config`), as this panel writes it: the borders of what a person may
 * set. What others wrote may be odder and still be taken by the app, so a whole configuration is judged by `read-config.ts`
 * and `findings`, not by this. Keys that are not known are kept.
 *
 * Pages import the types alone.
 */

/** What the app reads as a time of day, in the one form this panel writes. */
const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, {
  error: 'Write a time of day as 08:30 or 23:59:59.',
})

/** When filtering is active on a day: from start to end, both included. `allDay` (the app's default) overrules the times. */
const windowSchema = z.looseObject({ allDay: z.boolean(), start: timeSchema, end: timeSchema })
export type Window = z.infer<typeof windowSchema>

/** By day. A day without windows is filtered all day. */
export const scheduleSchema = z.partialRecord(
  z.enum(days, { error: 'Days are mon, tue, wed, thu, fri, sat and sun.' }),
  z.union([windowSchema, z.array(windowSchema)], {
    error: 'A day is a window or a list of windows, each like {"allDay": false, "start": "08:30", "end": "23:59:59"}.',
  }),
)
export type Schedule = z.infer<typeof scheduleSchema>

const rewriteSchema = z.looseObject({ domain: z.string(), answer: z.string() })
export type Rewrite = z.infer<typeof rewriteSchema>

export const profileSchema = z
  .looseObject({
    description: z.string().nullish(),
    /** Ids of services, built-in or of one's own. */
    blockedServices: z.array(z.string()).optional(),
    /** URLs of lists that are registered and enabled. */
    blockLists: z.array(z.string()).nullish(),
    allowList: z.array(z.string()).optional(),
    /** `domain` blocks, `@@domain` allows, `# …` is a comment. */
    customRules: z.array(z.string()).optional(),
    regexBlockRules: z.array(z.string()).optional(),
    regexAllowRules: z.array(z.string()).optional(),
    dnsRewrites: z.array(rewriteSchema).optional(),
    /** Answers for what is blocked. Null: as everywhere; none: NXDOMAIN. */
    blockingAddresses: z.array(z.string()).nullish(),
    schedule: scheduleSchema.nullish(),
  })
  .meta({ id: 'FilterProfile' })
export type Profile = z.infer<typeof profileSchema>

export const clientSchema = z
  .looseObject({
    name: z.string().optional(),
    /** Addresses, networks (CIDR), and host names of DNS over HTTPS, TLS or QUIC. */
    ids: z.array(z.string()).optional(),
    profile: z.string().optional(),
  })
  .meta({ id: 'FilterClient' })
export type Client = z.infer<typeof clientSchema>

export const blockListSchema = z
  .looseObject({
    url: z.string(),
    name: z.string().optional(),
    enabled: z.boolean().optional(),
    refreshHours: z.int32().optional(),
    type: z.enum(['domain', 'regex']).optional(),
  })
  .meta({ id: 'FilterBlockList' })
export type BlockList = z.infer<typeof blockListSchema>

export const serviceSchema = z
  .looseObject({ name: z.string().optional(), domains: z.array(z.string()).optional() })
  .meta({ id: 'FilterService' })
export type Service = z.infer<typeof serviceSchema>

export const filterConfigSchema = z
  .looseObject({
    enableBlocking: z.boolean().optional(),
    profiles: z.record(z.string(), profileSchema).optional(),
    clients: z.array(clientSchema).optional(),
    /** Whom no client entry names. */
    defaultProfile: z.string().nullish(),
    /** Its rules count in every other profile too. */
    baseProfile: z.string().nullish(),
    /** An IANA name. */
    timeZone: z.string().optional(),
    /** True, the app's default, makes schedules mean nothing. */
    scheduleAllDay: z.boolean().optional(),
    customServices: z.record(z.string(), serviceSchema).optional(),
    blockLists: z.array(blockListSchema).optional(),
    /** Says in the answer why something was blocked. */
    allowTxtBlockingReport: z.boolean().optional(),
    blockingAddresses: z.array(z.string()).nullish(),
  })
  .meta({ id: 'FilterConfig' })
export type FilterConfig = z.infer<typeof filterConfigSchema>
