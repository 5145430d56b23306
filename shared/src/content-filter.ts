import * as z from 'zod'
import { filterHashSchema, filterTextSchema } from './filter-operation.ts'
import { findingSchema } from './job.ts'

/** How a filter is reached. */
export const filterAboutSchema = z
  .strictObject({
    /** The app inside of a Technitium server, or its Web UI. */
    transport: z.enum(['technitium', 'web-ui']),
    /** What the app is called on the server; null where that is not told. */
    app: z.string().nullable(),
    version: z.string().nullable(),
  })
  .meta({ id: 'FilterAbout' })
export type FilterAbout = z.infer<typeof filterAboutSchema>

/**
 * Technitium's own blocking, which is another switch than the app's. null: our account may not see it.
 *
 * What Technitium 15.2 does with a name of none of its own zones, as tried: while this is on, what its bypass list, its
 * allowed zones or an exception on one of its lists let pass is resolved, and no app is asked. Then the app is asked,
 * whether this is on or off. What it lets pass is resolved, blocked or not by the server's own lists and zones; for what it
 * blocks or rewrites they go first, so that a rewrite of a name they hold is never answered.
 */
export const serverBlockingSchema = z
  .strictObject({
    enabled: z.boolean().nullable(),
    /** RFC 3339: the server itself switches it on again then. */
    pausedUntil: z.string().nullable(),
    /** URLs of its own block lists. */
    blockLists: z.array(z.string()).nullable(),
    /** Are there names among its blocked zones? */
    blockedZones: z.boolean().nullable(),
    /** Are there names among its allowed zones? */
    allowedZones: z.boolean().nullable(),
    /** Networks whose questions it lets pass by all blocking: `192.168.1.0/24`, `192.168.1.7`. */
    bypass: z.array(z.string()).nullable(),
  })
  .meta({ id: 'ServerBlocking' })
export type ServerBlocking = z.infer<typeof serverBlockingSchema>

/**
 * What is paused or let through. `client` is the entry as it stands in the configuration: its name and ids, since
 * positions move. A domain is let through with everything below it.
 */
export const pauseTargetSchema = z
  .discriminatedUnion('kind', [
    /** The app's own switch. */
    z.strictObject({ kind: z.literal('everything') }),
    /** Technitium's own blocking. */
    z.strictObject({ kind: z.literal('server') }),
    z.strictObject({ kind: z.literal('profile'), profile: z.string().min(1).max(200) }),
    z.strictObject({
      kind: z.literal('client'),
      client: z.strictObject({ name: z.string().max(200), ids: z.array(z.string().max(300)).max(200) }),
    }),
    z.strictObject({
      kind: z.literal('domain'),
      domain: z.string().min(1).max(253),
      for: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('profile'), profile: z.string().min(1).max(200) }),
        z.strictObject({
          kind: z.literal('client'),
          client: z.strictObject({ name: z.string().max(200), ids: z.array(z.string().max(300)).max(200) }),
        }),
      ]),
    }),
  ])
  .meta({ id: 'PauseTarget' })
export type PauseTarget = z.infer<typeof pauseTargetSchema>

/** A week at most: longer is no pause. */
export const longestPause = 7 * 86_400

export const pauseInputSchema = z
  .strictObject({
    target: pauseTargetSchema,
    /** From now, in seconds; or `until`. */
    seconds: z.int().min(60, { error: 'A pause lasts a minute at least.' }).max(longestPause).optional(),
    /** RFC 3339. */
    until: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(({ seconds, until }) => (seconds === undefined) !== (until === undefined), {
    error: 'Say either for how many seconds, or until when.',
  })
  .meta({ id: 'PauseInput' })
export type PauseInput = z.infer<typeof pauseInputSchema>

export const pauseSchema = z
  .strictObject({
    id: z.string(),
    target: pauseTargetSchema,
    /** RFC 3339. */
    startedAt: z.string(),
    until: z.string(),
    by: z.string(),
    /**
     * - `starting`, `ending`: the server has not taken it yet; it is tried until it has.
     * - `ended`: kept for a day where something was left alone because somebody else had changed it.
     */
    state: z.enum(['starting', 'running', 'ending', 'ended']),
    /** What goes wrong, or what somebody else changed meanwhile. */
    trouble: z.string().optional(),
    /** Entries that have the empty profile while it lasts, each with what it has otherwise. */
    clients: z.array(z.strictObject({ name: z.string(), ids: z.array(z.string()), profile: z.string().nullable() })),
    /** So does everyone whom no entry names. */
    everyoneElse: z.boolean(),
  })
  .meta({ id: 'Pause' })
export type Pause = z.infer<typeof pauseSchema>

/** A filter as its server holds it now. */
export const filterContentSchema = z
  .strictObject({
    about: filterAboutSchema,
    text: z.string(),
    hash: filterHashSchema,
    /** null: the server has no blocking of its own that we could see. */
    blocking: serverBlockingSchema.nullable(),
    /** What the two kinds of blocking do to each other, as findings. */
    warnings: z.array(findingSchema),
    pauses: z.array(pauseSchema),
    readAt: z.string(),
  })
  .meta({ id: 'FilterContent' })
export type FilterContent = z.infer<typeof filterContentSchema>

/** Asks for a block list at an URL. */
export const listFetchSchema = z
  .strictObject({
    url: z
      .string()
      .max(2000)
      .refine((url) => /^https?:\/\/[^/]/i.test(url) && URL.canParse(url), {
        error: 'A list has an http or https address, as in https://lists.example.com/ads.txt.',
      }),
    /** As in the registry; names when it is left out. */
    type: z.enum(['domain', 'regex']).optional(),
    /** With what the list names, when it has 16 MiB at most. */
    wantText: z.boolean().optional(),
  })
  .meta({ id: 'ListFetch' })
export type ListFetch = z.infer<typeof listFetchSchema>

/** What a block list at an URL is, as the panel fetched it: not as the DNS server, which may reach more or less. */
export const listCheckSchema = z
  .strictObject({
    url: z.string(),
    /** Is there a list? `trouble` says why not. */
    ok: z.boolean(),
    trouble: z.string().optional(),
    /** Of the last answer. Absent: the panel could not look, so nothing is known of the list. */
    status: z.int().optional(),
    /** Where redirects led. */
    movedTo: z.string().optional(),
    contentType: z.string().optional(),
    /** RFC 3339, as the server tells it. */
    modifiedAt: z.string().optional(),
    bytes: z.int().optional(),
    /** Without blank ones and comments. */
    lines: z.int().optional(),
    /** Lines the app makes something of: names, or patterns. */
    entries: z.int().optional(),
    /** Its names or patterns, one a line, where they were asked for and are not too many. */
    text: z.string().optional(),
  })
  .meta({ id: 'ListCheck' })
export type ListCheck = z.infer<typeof listCheckSchema>

/** A token for scripts that speak the Web UI's API. The token itself is shown once, when it is made. */
export const filterTokenSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    createdAt: z.string(),
    createdBy: z.string(),
    lastUsedAt: z.string().nullable(),
  })
  .meta({ id: 'FilterToken' })
export type FilterToken = z.infer<typeof filterTokenSchema>

export const filterTokenInputSchema = z
  .strictObject({
    /** Stands in the history in place of a person. */
    name: z
      .string()
      .trim()
      .min(1, { error: 'Give the token a name: the script or the device that will use it.' })
      .max(64, { error: 'A name has at most 64 characters.' })
      .regex(/^[^\p{C}]*$/u, { error: 'A name has no control characters.' }),
  })
  .meta({ id: 'FilterTokenInput' })
export type FilterTokenInput = z.infer<typeof filterTokenInputSchema>

/** A token that was just made. */
export const filterTokenMadeSchema = z
  .strictObject({
    token: filterTokenSchema,
    /** What the script sends as `Authorization: Bearer …`. It is shown this once. */
    secret: z.string(),
    /** In place of the Web UI's address. */
    baseUrl: z.string(),
  })
  .meta({ id: 'FilterTokenMade' })
export type FilterTokenMade = z.infer<typeof filterTokenMadeSchema>

const changeInput = z.strictObject({
  operation: z.literal('filter'),
  /** Or in the header `If-Match`. */
  base: filterHashSchema.optional(),
  text: filterTextSchema,
  note: z.string().max(200).optional(),
})
const operationInput = z.discriminatedUnion('operation', [
  changeInput,
  z.strictObject({ operation: z.literal('filter-refresh') }),
])

export const filterPlanInputSchema = z.strictObject({ operation: operationInput }).meta({ id: 'FilterPlanInput' })
export type FilterPlanInput = z.infer<typeof filterPlanInputSchema>

export const filterApplyInputSchema = z
  .strictObject({
    plan: z.string().max(8000),
    operation: operationInput,
    /** Keys of the dangerous findings that were accepted (`findingKey`). */
    accept: z.array(z.string()).max(1000),
  })
  .meta({ id: 'FilterApplyInput' })
export type FilterApplyInput = z.infer<typeof filterApplyInputSchema>
