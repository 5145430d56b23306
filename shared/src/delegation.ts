import * as z from 'zod'
import { dsSchema } from './dnssec.ts'

/**
 * What the zone above says of a zone, as a public resolver finds it, beside what the zone says of itself. Host and zone
 * names are lower-case A-labels without the last dot, the root zone is `@`. `detail` is a sentence for a person.
 */
export const delegationSchema = z
  .strictObject({
    /** RFC 3339. */
    checkedAt: z.string(),
    /** The host of the resolver that answered; null when none was asked or none answered. */
    resolver: z.string().nullable(),
    /** The zone above; null when no answer names it. */
    parent: z.string().nullable(),
    nameServers: z.strictObject({
      /**
       * `delegated`: to exactly the servers that the zone names; `partly`: to some of them, or to others besides;
       * `elsewhere`: to other servers alone; `not-delegated`: there is no delegation; `private`: no zone above delegates
       * such names; `unknown`: no answer, or nothing to compare it with.
       */
      state: z.enum(['delegated', 'partly', 'elsewhere', 'not-delegated', 'unknown', 'private']),
      /** Found by following the delegation; null when that leads nowhere. */
      atParent: z.array(z.string()).nullable(),
      /**
       * The NS records of the apex. `glue`: the addresses the zone has for a server whose name is inside of it; the
       * registrar has to know them too. null when the server did not say or keeps them to itself.
       */
      inZone: z.array(z.strictObject({ name: z.string(), glue: z.array(z.string()) })).nullable(),
      /** Seconds that the resolver may keep its answer; null when it does not say. */
      ttl: z.int().nullable(),
      detail: z.string(),
    }),
    ds: z.strictObject({
      state: z.enum(['none', 'present', 'unknown']),
      records: z.array(dsSchema),
      /** Seconds, the longest that any resolver may hold the records; null without records. */
      ttl: z.int().nullable(),
      /** Records were seen and are gone: until then resolvers may still hold them. RFC 3339. */
      cachedUntil: z.string().nullable(),
      /** The resolver validated the zone's signatures by these records; false: they do not fit; null: it cannot be told. */
      validates: z.boolean().nullable(),
      detail: z.string(),
    }),
  })
  .meta({ id: 'Delegation' })
export type Delegation = z.infer<typeof delegationSchema>
