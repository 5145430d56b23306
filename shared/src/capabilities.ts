import * as z from 'zod'
import { formFieldSchema } from './form.ts'

/** A plain sentence why something cannot be done with this provider, with a page that says so where there is one. */
export const refusalSchema = z.strictObject({ reason: z.string(), link: z.url().optional() }).meta({ id: 'Refusal' })
export type Refusal = z.infer<typeof refusalSchema>

/** `true`, or the reason why not. */
export const supportSchema = z.union([z.literal(true), refusalSchema])
export type Support = z.infer<typeof supportSchema>

/** One more thing that can be done with a zone of some kinds: resync, notify, convert, … */
export const zoneActionInfoSchema = z
  .strictObject({
    id: z.string().max(60),
    /** Verb and object. */
    label: z.string(),
    /** One sentence: what will happen. */
    help: z.string(),
    /** Kinds of zone that have it; absent: all. */
    kinds: z.array(z.string()).optional(),
    /** States the consequence when it can break answers or lose something: needs "apply anyway". */
    danger: z.string().optional(),
    fields: z.array(formFieldSchema),
    /** Id of the field that names a zone it makes: whoever does it needs the full right on that zone as well. */
    makes: z.string().optional(),
  })
  .meta({ id: 'ZoneActionInfo' })
export type ZoneActionInfo = z.infer<typeof zoneActionInfoSchema>

/**
 * What a provider can do, as data: the form's disabled options, the 422 problem, the conformance suite's guards and
 * the table in the README are all made from this one object.
 */
export const capabilitiesSchema = z
  .strictObject({
    /** Does it hold DNS zones at all? Without them everything about zones is refused with this reason. */
    zones: supportSchema,
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
            /** What else has to be said to make one. */
            fields: z.array(formFieldSchema).optional(),
            /** `elsewhere`: its records come from another server, or with the making; it takes none from a file. */
            records: z.literal('elsewhere').optional(),
          }),
        ),
      }),
      refusalSchema,
    ]),
    deleteZone: supportSchema,
    /** What is lost with a deleted zone beside its records, as a sentence. */
    deleteLoses: z.string().optional(),
    /** `editable`, `guarded` (timers may change, never be deleted) or kept out of reach by the provider. */
    soa: z.union([z.literal('editable'), refusalSchema]),
    apexNs: z.union([z.literal('editable'), refusalSchema]),
    /** Largest TXT value in bytes; and whether anything but ASCII survives. */
    txt: z.strictObject({ maxBytes: z.int(), nonAscii: supportSchema }),
    /** Seconds between a write and the new answer, `[least, most]`. */
    publishDelay: z.tuple([z.int(), z.int()]).optional(),
    /** Options of a zone beside its records. */
    settings: supportSchema,
    /** The server's own rights on a zone, by user and group. */
    permissions: supportSchema,
    dnssec: supportSchema,
    /** The server's own import. The panel's works with every provider. */
    nativeImport: z.union([z.array(z.enum(['merge', 'replace'])).min(1), refusalSchema]),
    /** The server's own export. The panel's works with every provider. */
    nativeExport: supportSchema,
    /** Search over all zones by the server. */
    search: supportSchema,
    /** Accounts on the server itself. */
    users: supportSchema,
    statistics: supportSchema,
    /** The queries it has logged, one by one. */
    queryLog: supportSchema,
    /** Filtering by client, with the Content Filter app. */
    filter: supportSchema,
    /** What else can be done with a zone. */
    actions: z.array(zoneActionInfoSchema),
  })
  .meta({ id: 'Capabilities' })
export type Capabilities = z.infer<typeof capabilitiesSchema>
