import * as z from 'zod'

/** A plain sentence why something cannot be done with this provider, with a page that says so where there is one. */
export const refusalSchema = z.strictObject({ reason: z.string(), link: z.url().optional() }).meta({ id: 'Refusal' })
export type Refusal = z.infer<typeof refusalSchema>

/** `true`, or the reason why not. */
export const supportSchema = z.union([z.literal(true), refusalSchema])
export type Support = z.infer<typeof supportSchema>

/**
 * What a provider can do, as data: the form's disabled options, the 422 problem, the conformance suite's guards and
 * the table in the README are all made from this one object.
 */
export const capabilitiesSchema = z
  .strictObject({
    /** Record types that can be written; a type that is absent can be read and is shown, but is refused on write. */
    types: z.record(z.string(), supportSchema),
    /** May types outside of `types` be written as RFC 3597 text? */
    unknownTypes: supportSchema,
    ttl: z.strictObject({ min: z.int(), max: z.int(), default: z.int(), note: z.string().optional() }),
    /** All changes of one apply succeed or fail together, or they are sent one by one. */
    apply: z.enum(['atomic', 'sequential']),
    /** `record` or `set`: where a comment lives. */
    comments: z.union([z.enum(['record', 'set']), refusalSchema]),
    disableRecord: supportSchema,
    enableZone: supportSchema,
    createZone: z.union([
      z.strictObject({
        /** Kinds of zone in the provider's own words, the usual one first. */
        kinds: z.array(
          z.strictObject({
            id: z.string(),
            label: z.string(),
            help: z.string().optional(),
            /** Which further fields this kind needs. */
            fields: z.array(z.enum(['primaries', 'forwarder', 'catalog'])).optional(),
          }),
        ),
      }),
      refusalSchema,
    ]),
    deleteZone: supportSchema,
    /** `editable`, `guarded` (timers may change, never be deleted) or kept out of reach by the provider. */
    soa: z.union([z.literal('editable'), refusalSchema]),
    apexNs: z.union([z.literal('editable'), refusalSchema]),
    /** Largest TXT value in bytes; and whether anything but ASCII survives. */
    txt: z.strictObject({ maxBytes: z.int(), nonAscii: supportSchema }),
    /** Seconds between a write and the new answer, `[least, most]`. */
    publishDelay: z.tuple([z.int(), z.int()]).optional(),
  })
  .meta({ id: 'Capabilities' })
export type Capabilities = z.infer<typeof capabilitiesSchema>
