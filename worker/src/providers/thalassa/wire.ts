import { parseName, toAbsolute, toRelative } from '@zonedeck/shared/names'
import type { RecordSet } from '@zonedeck/shared/record-set'
import type { Zone } from '@zonedeck/shared/zone'
import * as z from 'zod'
import { ProviderError } from '../provider-error.ts'
import { about } from './about.ts'
import { readValue } from './values.ts'

/**
 * What Thalassa answers, as far as the panel reads it (github.com/thalassa-cloud/client-go, dns/types.go). Left out on
 * purpose:
 *
 * - of a zone: `objectVersion`, which no call takes back, so that it guards nothing;
 * - of a record: `createdAt` and `updatedAt`, which would make two readings of the same set differ;
 * - of an export: `zoneName`, which was asked for; of an import: `records`, since the whole zone is read afterwards;
 * - of a DS: `digestTypeName`, the number of which is in the record itself.
 */
const identity = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,200}$/)
  .optional()
  .catch(undefined)

export const zoneSchema = z.looseObject({
  /** `dnsz-…`; kept only while it can stand in an address. */
  identity,
  name: z.string(),
  /** The zone's name in addresses of the console. */
  slug: z.string().optional(),
  description: z.string().nullish(),
  labels: z.record(z.string(), z.string()).nullish(),
  annotations: z.record(z.string(), z.string()).nullish(),
  projectId: z.string().nullish(),
  createdAt: z.string().nullish(),
  updatedAt: z.string().nullish(),
})
export type WireZone = z.infer<typeof zoneSchema>
export const zonesSchema = z.array(zoneSchema)

/** One record set: there is one record for each name and type. */
export const recordSchema = z.looseObject({
  /** `dnsr-…` */
  identity,
  /** Relative, `@` for the apex. */
  name: z.string(),
  type: z.string(),
  ttl: z.int().nonnegative(),
  values: z.array(z.string()),
})
export type WireRecord = z.infer<typeof recordSchema>
export const recordsSchema = z.array(recordSchema)

export const exportSchema = z.looseObject({ zoneFile: z.string() })

/** What an import did, in record sets. */
export const importSchema = z.looseObject({ created: z.int(), updated: z.int(), deleted: z.int(), skipped: z.int() })

/** `GET …/dnssec`. */
export const dnssecSchema = z.looseObject({
  enabled: z.boolean(),
  /** The parent holds a DS of ours. */
  dsDelegated: z.boolean().nullish(),
  dsRecords: z
    .array(
      z.looseObject({
        /** `12345 13 2 a1b2…` */
        record: z.string().optional(),
        keyTag: z.int().optional(),
        algorithm: z.int().optional(),
        keyRole: z.string().optional(),
        publicKey: z.string().optional(),
      }),
    )
    .nullish(),
  lastSignedAt: z.string().nullish(),
  lastSignError: z.string().nullish(),
  nextDsProbeAt: z.string().nullish(),
  kmsKeyIdentity: z.string().nullish(),
  region: z.string().nullish(),
})
export type WireDnssec = z.infer<typeof dnssecSchema>

/** The body of an error. */
export const errorSchema = z.looseObject({ message: z.string() })

const MAX_TTL = 2 ** 31 - 1

export function toZone({ identity, name, createdAt, updatedAt }: WireZone): Zone {
  const modifiedAt = [updatedAt, createdAt].find((time) => time && Date.parse(time) > 0)
  return {
    name: readName(name, '.').slice(0, -1),
    kind: 'Primary',
    ...(modifiedAt ? { modifiedAt } : {}),
    ...(identity === undefined ? {} : { ref: identity }),
  }
}

/** The set of a record; null for one that holds nothing or is not in the zone. */
export function toRecordSet(zone: string, { identity, name: given, type, ttl, values }: WireRecord): RecordSet | null {
  const name = toRelative(readName(given === '' ? '@' : given, toAbsolute('@', zone)), zone)
  if (name === null || values.length === 0) return null
  const readOnly =
    type === 'NS' && name === '@' ? 'apex-ns' : about.capabilities.types[type] === true ? null : 'unsupported'
  return {
    name,
    type,
    ttl: Math.min(ttl, MAX_TTL),
    records: values.map((value) => ({
      rdata: readValue(type, value),
      ...(identity === undefined ? {} : { ref: identity }),
    })),
    ...(readOnly === null ? {} : { readOnly }),
  }
}

function readName(text: string, origin: string): string {
  try {
    return parseName(text, origin)
  } catch {
    throw new ProviderError('protocol', 'Thalassa lists a name that is no DNS name.')
  }
}
