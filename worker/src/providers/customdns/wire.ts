import * as z from 'zod'

/**
 * What CustomDNS answers, as far as the panel reads it. Every field of the document is here but these, which are left
 * out on purpose:
 *
 * - `password` (a hash) and `apikey` of a user are secrets. They are read by nobody, so that they cannot go anywhere.
 * - `lastCheck` of a zone is PowerDNS's own note of when a copy was last compared; it is 0 for all zones but copies.
 * - `auth` of a record says for DNSSEC whether the zone answers for the name, which follows from the NS records.
 * - `dateCreated` and `dateModified` of a record, and `dateCreated` of a zone: records are never modified but made anew,
 *   so their dates tell of the last edit of a neighbour, and a zone's own last change is what its list shows.
 *
 * `master` and `account` of a zone, `orderName` and `zoneRecordId` of a record are in JPowerAdmin's source and not in
 * the document; they are not read.
 *
 * Writers differ (see `read.ts`): numbers and booleans may be strings, empty elements stand for no value, dates are
 * RFC 3339 with an offset or milliseconds since 1970.
 */
const orElse = <T>(schema: z.ZodType<T>, value: T) =>
  z
    .union([z.literal('').transform(() => undefined), schema])
    .nullish()
    .transform((given) => given ?? value)

const integer = z.union([
  z.int(),
  z
    .string()
    .trim()
    .regex(/^-?\d{1,15}$/)
    .transform(Number),
])
const flag = z.union([
  z.boolean(),
  z
    .string()
    .trim()
    .regex(/^(?:true|false|1|0)$/i)
    .transform((text) => /^(?:true|1)$/i.test(text)),
  z.int().transform((number) => number !== 0),
])
/** Jettison makes numbers and booleans of texts that look like one. */
const text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)])
const instant = z.unknown().optional().transform(toInstant)

/** RFC 3339 in UTC. A date that cannot be read is none: it is shown and nothing depends on it. */
function toInstant(value: unknown): string | undefined {
  const number = typeof value === 'string' && /^\d{9,15}$/.test(value.trim()) ? Number(value) : value
  // Seconds would be milliseconds of the year 1970.
  const date =
    typeof number === 'number'
      ? new Date(number < 1e11 ? number * 1000 : number)
      : new Date(typeof number === 'string' ? number.trim() : Number.NaN)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

/** `GET /zone/list/` and `GET /zone/{userName}/list/`. */
export const domainSchema = z.object({
  /** As the server spells it, U-labels included: this very text goes into the paths. */
  name: text,
  /** NATIVE, MASTER or SLAVE. */
  type: orElse(text, 'NATIVE'),
  zoneId: orElse<number | null>(integer, null),
  dateModified: instant,
})
export type Domain = z.infer<typeof domainSchema>

/** `GET /zone/{zoneName}/records` and `GET /zone/{zoneName}/record/{id}`. */
export const recordSchema = z.object({
  id: integer,
  /** Absolute, without the final dot. */
  name: text,
  type: text,
  content: orElse(text, ''),
  ttl: orElse(integer, 3600),
  /** Of MX and SRV; 0 elsewhere, and without meaning there. */
  prio: orElse(integer, 0),
  active: orElse(flag, true),
})
export type WireRecord = z.infer<typeof recordSchema>

/** The body of `POST /zone/{zoneName}`. The TTL is optional there, and JPowerAdmin 0.99 then takes 0: it is always sent. */
export type NewRecord = Pick<WireRecord, 'name' | 'type' | 'content' | 'ttl' | 'prio'>

/** `GET /user` and `GET /user/{userName}`. */
export const userSchema = z.object({
  userName: text,
  firstName: orElse(text, ''),
  lastName: orElse(text, ''),
  email: orElse(text, ''),
  timeZoneId: orElse(text, ''),
  localeName: orElse(text, ''),
  dateCreated: instant,
  dateModified: instant,
})
export type User = z.infer<typeof userSchema>
