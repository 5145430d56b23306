import * as z from 'zod'
import { formFieldSchema } from './form.ts'

/** A DS record field by field (RFC 4034 §5): what is put in at the parent. */
export const dsSchema = z
  .strictObject({
    keyTag: z.int(),
    /** IANA DNSSEC algorithm number. */
    algorithm: z.int(),
    /** IANA DS digest type number. */
    digestType: z.int(),
    /** Hex, lower case. */
    digest: z.string(),
  })
  .meta({ id: 'Ds' })
export type Ds = z.infer<typeof dsSchema>

/** One key of a zone. Private parts never leave the server. */
export const dnssecKeySchema = z
  .strictObject({
    /** The provider's own id of the key, opaque; given back with an action on it. */
    id: z.string().max(200),
    /** `csk`: one key for both. */
    role: z.enum(['ksk', 'zsk', 'csk']),
    keyTag: z.int().optional(),
    algorithm: z.int(),
    bits: z.int().optional(),
    /** In the provider's own words: Ready, Active, Retired, … */
    state: z.string(),
    active: z.boolean(),
    /** The DNSKEY record field by field (RFC 4034 §2), where the server tells. `publicKey` is base64. */
    dnskey: z.strictObject({ flags: z.int(), protocol: z.int(), algorithm: z.int(), publicKey: z.string() }).optional(),
    /** What is worth knowing of it, as a sentence: when it becomes ready, when it rolls over. */
    note: z.string().optional(),
  })
  .meta({ id: 'DnssecKey' })
export type DnssecKey = z.infer<typeof dnssecKeySchema>

/** Something that can be done now, offered by the server's state. `id` and `key` are given back to do it. */
export const dnssecActionSchema = z
  .strictObject({
    id: z.string().max(60),
    /** Verb and object: "Sign zone", "Retire key". */
    label: z.string(),
    /** One sentence: what will happen. */
    help: z.string(),
    /**
     * `enable` signs, `disable` ends signing and takes the keys, `key` concerns one key, `change` is everything else.
     */
    kind: z.enum(['enable', 'disable', 'key', 'change']),
    /** Id of the key it is for. */
    key: z.string().max(200).optional(),
    /** States the consequence when it can break answers: needs "apply anyway". */
    danger: z.string().optional(),
    /** It is there but cannot be done now: why. */
    refusal: z.string().optional(),
    fields: z.array(formFieldSchema),
  })
  .meta({ id: 'DnssecAction' })
export type DnssecAction = z.infer<typeof dnssecActionSchema>

export const dnssecStateSchema = z
  .strictObject({
    /** `pending`: signing is on but does not protect yet (no DS at the parent, not signed yet); `error`: see `detail`. */
    state: z.enum(['off', 'pending', 'signed', 'error']),
    /** What is true now and what comes next, as a sentence. */
    detail: z.string(),
    /** Other facts: NSEC3 parameters, where the key lives, when it was signed last. */
    facts: z.array(z.strictObject({ label: z.string(), value: z.string() })),
    keys: z.array(dnssecKeySchema),
    /** What the parent should hold. */
    ds: z.array(dsSchema),
    actions: z.array(dnssecActionSchema),
  })
  .meta({ id: 'DnssecState' })
export type DnssecState = z.infer<typeof dnssecStateSchema>
