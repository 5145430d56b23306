import * as z from 'zod'

/**
 * What VPS.org answers. Objects are loose: a record's fields that are not named here stay with it and are sent back
 * where a call writes the whole record. Named in its documents and not read, on purpose:
 *
 * - `created_at` of zones and records: the panel tells when something changed, which this does not; it is not sent back.
 * - `priority` of types other than MX and SRV: it means nothing there. It stays where it is.
 * - `record_count` beside a list of records: the documents' own example has 5 and lists 2. It only tells that a list may
 *   be cut short.
 * - `first_name`, `last_name`, `company_name` and `created_at` of the account: the e-mail address names it, and nobody
 *   needs to see more of a person.
 * - whatever the token has besides its name and permissions.
 * - `error_code`: one value is documented (`validation_error`), and it says less than the status.
 * - `count` and `previous` of a page.
 */

/** Goes into paths as it is; real ones are UUIDs, those of the documents' examples are shorter words. */
const uuid = z.string().regex(/^[\w-]{1,100}$/)

/** Whole numbers, also as text. */
const whole = z.union([
  z.int(),
  z
    .string()
    .regex(/^[0-9]{1,10}$/)
    .transform(Number),
])

export const recordSchema = z.looseObject({
  uuid,
  record_type: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,15}$/)
    .transform((type) => type.toUpperCase()),
  name: z.string().max(1100),
  value: z.string().max(65_535),
  ttl: whole.pipe(z.int().min(0).max(2_147_483_647)).nullish(),
  priority: whole.nullish(),
})
export type WireRecord = z.infer<typeof recordSchema>

/** An element of the list of zones; one zone alone, and a new one, also have `records`. */
export const zoneSchema = z.looseObject({
  uuid,
  domain: z.string().max(1100),
  record_count: whole.nullish(),
  records: z.array(recordSchema).nullish(),
})
export type WireZone = z.infer<typeof zoneSchema>

/** Lists are called "paginated" and shown bare: both are read. `next` is the address of the rest. */
export function pageOf<T>(item: z.ZodType<T>) {
  return z.preprocess(
    (answer) => (Array.isArray(answer) ? { results: answer as unknown[] } : answer),
    z.looseObject({ results: z.array(item), next: z.string().nullish() }),
  )
}

/** `GET /account/me/` */
export const accountSchema = z.looseObject({
  account: z.looseObject({ email: z.string().nullish() }),
  token: z.looseObject({ name: z.string().nullish(), permissions: z.array(z.string()) }),
})

/** An error in the documents' own shape. */
export const errorSchema = z.looseObject({ detail: z.string(), field: z.string().nullish() })

/** An error as Django REST framework tells it: sentences by field, or a list of them. */
export const fieldErrorsSchema = z.union([
  z.array(z.string()).min(1),
  z.record(z.string(), z.union([z.string(), z.array(z.string()).min(1)])),
])
