import type { FormValue } from '@zonedeck/shared/form'
import { readJson } from '../json.ts'
import { ProviderError } from '../provider-error.ts'
import type { DnsProvider } from '../provider.ts'
import type { Call } from './call.ts'
import { metadataFields } from './metadata-fields.ts'
import { heldField, listOf, type Held, type Sent, type Setting } from './setting.ts'
import { metadataSchema, tsigKeysSchema, zoneDetailsSchema, zoneId } from './wire.ts'
import { zoneFields } from './zone-fields.ts'
import { readKind } from './zone-kinds.ts'

const all = [...zoneFields, ...metadataFields]
/** What DNSSEC tells. */
const SIGNING = ['NSEC3PARAM', 'NSEC3NARROW']

/**
 * Options of a zone: properties of the zone object, which the server takes in one transaction, and per-zone metadata,
 * each kind with a call of its own. Metadata that is not among the fields is shown and never written.
 */
export function zoneSettings(call: Call): NonNullable<DnsProvider['settings']> {
  async function readHeld(zone: string): Promise<Held> {
    const path = `/zones/${zoneId(zone)}`
    const [details, metadata, keys] = await Promise.all([
      call({ method: 'GET', path, query: { rrsets: 'false' } }),
      call({ method: 'GET', path: `${path}/metadata` }),
      call({ method: 'GET', path: '/tsigkeys' }),
    ])
    const head = readJson(zoneDetailsSchema, details.text, 'this zone')
    const kinds = readJson(metadataSchema, metadata.text, 'the zone’s metadata')
    return {
      zone: head,
      kind: readKind(head.kind),
      metadata: new Map(kinds.map((one) => [one.kind, one.metadata])),
      keys: readJson(tsigKeysSchema, keys.text, 'the TSIG keys').map(({ name }) => name),
    }
  }

  return {
    async read(zone) {
      const held = await readHeld(zone)
      const offered = all.filter(({ has }) => has?.(held) ?? true)
      return { fields: offered.map((setting) => heldField(setting, held)), facts: factsOf(held) }
    },

    async write(zone, values) {
      const held = await readHeld(zone)
      const path = `/zones/${zoneId(zone)}`
      const sent = all
        .filter(({ field }) => Object.hasOwn(values, field.id))
        .map((setting) => sentOf(setting, values, held))
      const properties = sent.flatMap((each) => ('property' in each ? [[each.property, each.value] as const] : []))
      const written: string[] = []
      try {
        if (properties.length > 0) {
          await call({ method: 'PUT', path, body: Object.fromEntries(properties), idempotent: true })
          written.push(...properties.map(([name]) => name))
        }
        for (const each of sent) {
          if (!('metadata' in each)) continue
          const { metadata: kind, values: texts } = each
          await call({ method: 'PUT', path: `${path}/metadata/${kind}`, body: { metadata: texts }, idempotent: true })
          written.push(kind)
        }
      } catch (error) {
        if (!(error instanceof ProviderError) || written.length === 0) throw error
        throw new ProviderError(error.kind, `${error.message} Written before that: ${written.join(', ')}.`)
      }
    },
  }
}

/** With `kind` and `primaries` at once, the primaries that are sent count and not those that are held. */
function sentOf({ field, send }: Setting, values: Readonly<Record<string, FormValue>>, held: Held): Sent {
  const { primaries } = values
  const zone = primaries === undefined ? held.zone : { ...held.zone, masters: listOf(primaries) }
  return send(values[field.id] ?? '', { ...held, zone })
}

/** Metadata without a field of its own, as the server names it. */
function factsOf({ metadata }: Held): { label: string; value: string }[] {
  const shown = new Set([...SIGNING, ...all.flatMap(({ shows }) => shows ?? [])])
  return [...metadata]
    .filter(([kind]) => !shown.has(kind))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([label, texts]) => ({ label, value: texts.join(', ') }))
}
