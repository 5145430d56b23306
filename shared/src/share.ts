import * as z from 'zod'
import { measureSchema, statsRangeSchema, statsReportSchema, statsSeriesSchema } from './statistics.ts'
import { counterSchema } from './stats.ts'

/** What a shared page may hold. */
export const shareTiles = [
  'totals',
  'series',
  'types',
  'protocols',
  'clients',
  'domains',
  'blocked-domains',
  'gauges',
] as const
export const shareTileSchema = z.enum(shareTiles)
export type ShareTile = z.infer<typeof shareTileSchema>

/** A crowd of fewer tells who it was. */
const fewestAskers = 2

/**
 * What visitors never learn, cut by the server.
 *
 * - Addresses and host names of clients are never shared. `pseudonyms` stand for them, the same one each time on this
 *   link and another one on any other.
 * - `common`: only domains that at least `atLeast` distinct clients asked for; none where the source cannot tell.
 */
export const sharePolicySchema = z
  .strictObject({
    clients: z.enum(['hidden', 'pseudonyms']),
    domains: z.enum(['hidden', 'common', 'full']),
    atLeast: z.int().min(fewestAskers, { error: 'At least two clients: one would be somebody.' }).max(1000).default(5),
  })
  .meta({ id: 'SharePolicy' })
export type SharePolicy = z.infer<typeof sharePolicySchema>

export const longestShareDays = 90
export const usualShareDays = 7

const shareContent = {
  title: z.string().trim().min(1, { error: 'Give the page a title.' }).max(80),
  /** A sentence for the visitor. */
  note: z.string().trim().max(500).optional(),
  /** Connections, in the order they are shown. */
  connections: z
    .array(z.string().max(80))
    .min(1, { error: 'Choose at least one server.' })
    .max(10, { error: 'A page shows ten servers at most.' })
    .refine((ids) => new Set(ids).size === ids.length, { error: 'A server is named twice.' }),
  tiles: z
    .array(shareTileSchema)
    .min(1, { error: 'Choose at least one part to show.' })
    .refine((tiles) => new Set(tiles).size === tiles.length, { error: 'A part is named twice.' }),
  /** A range that ends now moves on with the clock; one between two times is frozen. */
  range: statsRangeSchema,
  policy: sharePolicySchema,
}

export const sharePreviewInputSchema = z.strictObject(shareContent).meta({ id: 'SharePreviewInput' })
export type SharePreviewInput = z.infer<typeof sharePreviewInputSchema>

export const shareInputSchema = z
  .strictObject({
    ...shareContent,
    days: z
      .int()
      .min(1, { error: 'A link lasts a day at least.' })
      .max(longestShareDays, { error: `A link lasts ${String(longestShareDays)} days at most.` })
      .default(usualShareDays),
    passcode: z
      .string()
      .min(4, { error: 'A passcode has at least 4 characters.' })
      .max(100, { error: 'A passcode has at most 100 characters.' })
      .optional(),
    /** How often it may be opened. */
    views: z.int().min(1).max(100_000).optional(),
    /** Also make an address for widgets: totals only, readable by any page that knows it. */
    badge: z.boolean().optional(),
  })
  .meta({ id: 'ShareInput' })
export type ShareInput = z.infer<typeof shareInputSchema>

/** A link as its makers see it. Its token is shown once, when it is made. */
export const shareSchema = z
  .strictObject({
    ...shareContent,
    id: z.string(),
    note: z.string().optional(),
    createdAt: z.string(),
    createdBy: z.string(),
    expiresAt: z.string(),
    passcode: z.boolean(),
    badge: z.boolean(),
    maxViews: z.int().nullable(),
    views: z.int(),
    lastViewAt: z.string().nullable(),
    /**
     * What shows nothing: `orphaned`, as who made it may no longer show every one of its servers, and `server-gone`, as one
     * of them is not connected any more.
     */
    state: z.enum(['open', 'expired', 'used-up', 'orphaned', 'server-gone']),
  })
  .meta({ id: 'Share' })
export type Share = z.infer<typeof shareSchema>

/** `token` belongs after `/share#`, `badge` into `/badge/{badge}.svg` and `.json`. Neither is kept. */
export const newShareSchema = z
  .strictObject({ share: shareSchema, token: z.string(), badge: z.string().nullable() })
  .meta({ id: 'NewShare' })
export type NewShare = z.infer<typeof newShareSchema>

const sharedEntrySchema = z.strictObject({ name: z.string(), hits: z.number() })

/**
 * A list as visitors see it. `hidden`: how many entries were left out, and why, so that the page can say so; null: the
 * server has no such list.
 */
const sharedListSchema = z
  .strictObject({
    entries: z.array(sharedEntrySchema),
    hidden: z
      .strictObject({ count: z.int(), why: z.enum(['policy', 'too-few-askers', 'cannot-tell', 'names-a-client']) })
      .nullable(),
  })
  .nullable()
export type SharedList = z.infer<typeof sharedListSchema>

/** One server's part of a shared page: only the tiles it was made with. */
export const sharedServerSchema = z
  .strictObject({
    name: z.string(),
    /** RFC 3339; null: the server did not answer. */
    readAt: z.string().nullable(),
    from: z.string().optional(),
    to: z.string().optional(),
    fullHours: z.boolean().optional(),
    totals: z
      .array(z.strictObject({ measure: measureSchema, value: z.number(), previous: z.number().nullable() }))
      .optional(),
    series: statsSeriesSchema.optional(),
    types: statsReportSchema.shape.types.optional(),
    protocols: statsReportSchema.shape.protocols.optional(),
    clients: sharedListSchema.optional(),
    domains: sharedListSchema.optional(),
    'blocked-domains': sharedListSchema.optional(),
    gauges: z.array(counterSchema).optional(),
  })
  .meta({ id: 'SharedServer' })
export type SharedServer = z.infer<typeof sharedServerSchema>

/** Exactly what a visitor gets; nothing else is sent. */
export const sharedViewSchema = z
  .strictObject({
    title: z.string(),
    note: z.string().optional(),
    range: statsRangeSchema,
    tiles: z.array(shareTileSchema),
    policy: sharePolicySchema,
    /** RFC 3339; null in a preview. */
    expiresAt: z.string().nullable(),
    servers: z.array(sharedServerSchema),
    at: z.string(),
  })
  .meta({ id: 'SharedView' })
export type SharedView = z.infer<typeof sharedViewSchema>

export const shareOpenSchema = z
  .strictObject({
    /** What stands behind `#` in the link. */
    token: z.string().max(100),
    passcode: z.string().max(100).optional(),
  })
  .meta({ id: 'ShareOpen' })

/** A session of an hour at most, for the header `Authorization: Bearer`. */
export const shareSessionSchema = z
  .strictObject({ session: z.string(), until: z.string() })
  .meta({ id: 'ShareSession' })
export type ShareSession = z.infer<typeof shareSessionSchema>

/** Totals for a widget. */
export const shareBadgeSchema = z
  .strictObject({
    title: z.string(),
    range: statsRangeSchema,
    queries: z.number().nullable(),
    blocked: z.number().nullable(),
    /** 0 to 100, one decimal: of the queries to servers that tell what they block. */
    blockedPercent: z.number().nullable(),
    /** Servers that answered, and all of them. */
    servers: z.strictObject({ answering: z.int(), all: z.int() }),
    at: z.string(),
  })
  .meta({ id: 'ShareBadge' })
export type ShareBadge = z.infer<typeof shareBadgeSchema>
