import * as z from 'zod'
import { changeResultSchema, changeSchema } from './change.ts'
import { accountOperationSchema } from './account.ts'
import { operationSchema, operationStateSchema } from './operation.ts'
import { zoneOperationSchema } from './zone.ts'

/** Something worth knowing before applying. `danger` needs an explicit "apply anyway", which is recorded. */
export const findingSchema = z
  .strictObject({
    /** Kebab-case id of the rule, octoDNS's name where it has one. */
    id: z.string(),
    severity: z.enum(['danger', 'warning', 'info']),
    /** States the consequence. */
    title: z.string(),
    reason: z.string(),
    name: z.string().optional(),
    type: z.string().optional(),
  })
  .meta({ id: 'Finding' })
export type Finding = z.infer<typeof findingSchema>

/** What is to be done to one zone: record changes, or one named operation. Creating may bring its first records along. */
export const planInputSchema = z
  .strictObject({ changes: z.array(changeSchema).max(100_000), operation: zoneOperationSchema.optional() })
  .refine(({ changes, operation }) => operation !== undefined || changes.length > 0, {
    error: 'There is nothing to do.',
  })
  .meta({ id: 'PlanInput' })
export type PlanInput = z.infer<typeof planInputSchema>

/** A plan the server made and signed: good once, for ten minutes, for exactly these changes. */
export const planSchema = z
  .strictObject({
    /** Opaque and signed. Send it back with the same changes to apply. */
    plan: z.string(),
    expiresAt: z.string(),
    findings: z.array(findingSchema),
    /** Sentences: what will happen, in order. */
    consequences: z.array(z.string()),
    /** What the operation is about as it is now, and as it is asked to become, where that can be said. */
    before: operationStateSchema.optional(),
    expected: operationStateSchema.optional(),
  })
  .meta({ id: 'Plan' })
export type Plan = z.infer<typeof planSchema>

const secretsSchema = z.record(z.string().max(60), z.string().min(1).max(1000))

/** The same two for accounts on a server. */
export const accountPlanInputSchema = z
  .strictObject({ operation: accountOperationSchema })
  .meta({ id: 'AccountPlanInput' })

export const accountApplyInputSchema = z
  .strictObject({
    plan: z.string().max(8000),
    operation: accountOperationSchema,
    accept: z.array(z.string()).max(100),
    secrets: secretsSchema.optional(),
  })
  .meta({ id: 'AccountApplyInput' })
export type AccountApplyInput = z.infer<typeof accountApplyInputSchema>

export const applyInputSchema = z
  .strictObject({
    plan: z.string().max(8000),
    changes: z.array(changeSchema).max(100_000),
    operation: zoneOperationSchema.optional(),
    /** Keys of the dangerous findings that the person accepted (`findingKey`). */
    accept: z.array(z.string()).max(10_000),
    /** Values of the operation's secret fields: sent on once, kept nowhere. */
    secrets: secretsSchema.optional(),
  })
  .meta({ id: 'ApplyInput' })
export type ApplyInput = z.infer<typeof applyInputSchema>

export const jobSchema = z
  .strictObject({
    id: z.string(),
    connection: z.string(),
    /** `*`: what concerns the server itself, an account or its filter. */
    zone: z.string(),
    /** `running`; `unknown` while a broken write is being read again; then `done` (all), `partial` or `failed`. */
    state: z.enum(['running', 'unknown', 'done', 'partial', 'failed']),
    operation: operationSchema.optional(),
    /** What became of the operation, when there is one. */
    operationResult: changeResultSchema.optional(),
    results: z.array(changeResultSchema),
    /** What the operation is about, before and as it was read again. */
    before: operationStateSchema.optional(),
    after: operationStateSchema.optional(),
    startedAt: z.string(),
    finishedAt: z.string().optional(),
    /** Of a filter: whether the server says that it took the new configuration up at once. */
    reloaded: z.boolean().optional(),
    /** When the zone was read again after writing. */
    verifiedAt: z.string().optional(),
    /** Seconds until resolvers may see the new answers, `[least, most]`. */
    publishDelay: z.tuple([z.int(), z.int()]).optional(),
  })
  .meta({ id: 'Job' })
export type Job = z.infer<typeof jobSchema>

export const historyEntrySchema = z
  .strictObject({
    id: z.string(),
    at: z.string(),
    actor: z.string(),
    connection: z.string(),
    connectionName: z.string(),
    zone: z.string(),
    state: z.enum(['done', 'partial', 'failed']),
    operation: operationSchema.optional(),
    operationResult: changeResultSchema.optional(),
    /** Before and after of every change. Left out of lists: `counts` says how many. */
    changes: z.array(changeSchema).optional(),
    results: z.array(changeResultSchema).optional(),
    /** What the operation was about, before and afterwards; left out of lists like `changes`. */
    before: operationStateSchema.optional(),
    after: operationStateSchema.optional(),
    counts: z.strictObject({ create: z.int(), modify: z.int(), delete: z.int() }),
    /** Dangerous findings that were accepted. */
    accepted: z.array(findingSchema),
  })
  .meta({ id: 'HistoryEntry' })
export type HistoryEntry = z.infer<typeof historyEntrySchema>
