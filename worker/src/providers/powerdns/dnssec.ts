import type { DnssecState } from '@zonedeck/shared/dnssec'
import type { FormValues } from '@zonedeck/shared/form'
import { readJson } from '../json.ts'
import { ProviderError } from '../provider-error.ts'
import type { DnsProvider } from '../provider.ts'
import type { Call } from './call.ts'
import {
  addKeyAction,
  denialOf,
  keyActions,
  keySizeOf,
  nsecAction,
  signAction,
  unsignAction,
  type Denial,
} from './dnssec-actions.ts'
import { parentDs, toKey, type ZoneKey } from './dnssec-keys.ts'
import { keysSchema, metadataSchema, newKeySchema, zoneDetailsSchema, zoneId } from './wire.ts'
import { readKind } from './zone-kinds.ts'

interface Signing {
  kind: string
  /** In the order of their ids. */
  keys: ZoneKey[]
  denial: Denial
  /** Its signatures come from the primary. */
  presigned: boolean
}

/**
 * DNSSEC as the server does it: it signs while it answers, with every active key of the zone. Keys are read from their
 * list alone: a single key's address, and the answer to a new one, hold the private part.
 */
export function zoneDnssec(call: Call): NonNullable<DnsProvider['dnssec']> {
  const path = (zone: string) => `/zones/${zoneId(zone)}`
  const keyPath = (zone: string, id: string) => `${path(zone)}/cryptokeys/${id}`

  async function readSigning(zone: string): Promise<Signing> {
    const [details, list, kinds] = await Promise.all([
      call({ method: 'GET', path: path(zone), query: { rrsets: 'false' } }),
      call({ method: 'GET', path: `${path(zone)}/cryptokeys` }),
      call({ method: 'GET', path: `${path(zone)}/metadata` }),
    ])
    const head = readJson(zoneDetailsSchema, details.text, 'this zone')
    const keys = readJson(keysSchema, list.text, 'the zone’s keys').sort((one, other) => one.id - other.id)
    const metadata = readJson(metadataSchema, kinds.text, 'the zone’s metadata')
    return {
      kind: readKind(head.kind),
      keys: keys.map(toKey),
      denial: { nsec3param: head.nsec3param ?? '', narrow: head.nsec3narrow ?? false },
      presigned: metadata.some((one) => one.kind === 'PRESIGNED' && one.metadata[0] === '1'),
    }
  }

  async function addKey(zone: string, key: Record<string, unknown>): Promise<string> {
    const { text } = await call({ method: 'POST', path: `${path(zone)}/cryptokeys`, body: key })
    return String(readJson(newKeySchema, text, 'the new key').id)
  }

  async function removeKey(zone: string, id: string): Promise<void> {
    await call({ method: 'DELETE', path: keyPath(zone, id) })
  }

  /** Counts the serial up. Whether it also puts the names in order is a setting; here they must be. */
  async function setDenial(zone: string, { nsec3param, narrow }: Denial): Promise<void> {
    await call({ method: 'PUT', path: path(zone), body: { nsec3param, nsec3narrow: narrow }, idempotent: true })
    await call({ method: 'PUT', path: `${path(zone)}/rectify`, idempotent: true })
  }

  /** The server's own way takes no algorithm: keys are made one by one, and deleted again when it ends midway. */
  async function sign(zone: string, values: FormValues): Promise<void> {
    const size = keySizeOf(values)
    const denial = denialOf(values)
    const made: string[] = []
    try {
      for (const keytype of values['keys'] === 'split' ? ['ksk', 'zsk'] : ['csk']) {
        made.push(await addKey(zone, { keytype, active: true, published: true, ...size }))
      }
      await setDenial(zone, denial)
    } catch (error) {
      if (error instanceof ProviderError && error.kind !== 'unknown') await undo(zone, made, error)
      throw error
    }
  }

  async function undo(zone: string, made: readonly string[], error: ProviderError): Promise<void> {
    try {
      for (const id of made) await removeKey(zone, id)
    } catch {
      throw new ProviderError('unknown', `${error.message} Keys that were made before it may still be there.`)
    }
  }

  /** Secondary servers that copy the zone learn of its keys with the next serial, and nothing else counts it up. */
  async function tellSecondaries(zone: string): Promise<void> {
    const { kind, keys, denial } = await readSigning(zone)
    if (kind !== 'Primary' || !keys.some(({ active }) => active)) return
    try {
      await setDenial(zone, denial)
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      throw new ProviderError(
        'unknown',
        `The key is as it was asked for, but the serial was not counted up: ${error.message}`,
      )
    }
  }

  async function keyStep(zone: string, action: string, { id, active, published }: ZoneKey): Promise<void> {
    if (action === 'delete-key') return removeKey(zone, id)
    const next = {
      active: action === 'activate' || (active && action !== 'deactivate'),
      // Said always: what is left out is published.
      published: action === 'publish' || (published && action !== 'unpublish'),
    }
    await call({ method: 'PUT', path: keyPath(zone, id), body: next, idempotent: true })
  }

  return {
    async read(zone) {
      return toState(await readSigning(zone))
    },

    async act(zone, { action, key: id, values }) {
      const signing = await readSigning(zone)
      const offered = actionsOf(signing).find((each) => each.id === action && each.key === id)
      if (offered === undefined) throw new ProviderError('refused', 'The server does not offer this step now.')
      if (offered.refusal !== undefined) throw new ProviderError('refused', offered.refusal)
      switch (action) {
        case 'sign':
          return sign(zone, values)
        case 'unsign':
          await call({ method: 'PUT', path: path(zone), body: { dnssec: false }, idempotent: true })
          return
        case 'add-key': {
          const { role, active = false, published = true } = values
          await addKey(zone, { keytype: role, active, published, ...keySizeOf(values) })
          return tellSecondaries(zone)
        }
        case 'nsec': {
          const denial = denialOf(values)
          if (denial.nsec3param === signing.denial.nsec3param && denial.narrow === signing.denial.narrow) {
            throw new ProviderError('refused', 'The zone is like this already.')
          }
          return setDenial(zone, denial)
        }
        default: {
          const key = signing.keys.find((each) => each.id === id)
          if (key === undefined) return
          await keyStep(zone, action, key)
          return tellSecondaries(zone)
        }
      }
    },
  }
}

function actionsOf({ kind, keys, denial, presigned }: Signing): DnssecState['actions'] {
  if (presigned) return []
  const signed = keys.some(({ active }) => active)
  const catalog = kind === 'Producer' || kind === 'Consumer'
  return [
    ...(signed ? [] : [signAction(catalog ? 'A catalog zone is for servers alone and is not signed.' : undefined)]),
    ...(keys.length > 0 ? [addKeyAction] : []),
    ...(signed ? [nsecAction(denial)] : []),
    ...keys.flatMap((key) => keyActions(key, keys)),
    ...(signed ? [unsignAction] : []),
  ]
}

function toState(signing: Signing): DnssecState {
  const { keys, denial, presigned } = signing
  const signed = keys.some(({ active }) => active)
  const broken = signed && !keys.some(({ active, published }) => active && published)
  const nsec3 = `${denial.narrow ? 'NSEC3, narrow' : 'NSEC3'} (${denial.nsec3param})`
  return {
    state: broken ? 'error' : signed || presigned ? 'signed' : 'off',
    detail: broken
      ? 'The server signs with keys that are not published: resolvers that check take the zone for forged.'
      : detailOf(keys.length, signed, presigned),
    facts: signed ? [{ label: 'Names that do not exist', value: denial.nsec3param === '' ? 'NSEC' : nsec3 }] : [],
    keys: keys.map(({ ds: _, published: __, ...key }) => key),
    ds: parentDs(keys),
    actions: actionsOf(signing),
  }
}

function detailOf(keys: number, signed: boolean, presigned: boolean): string {
  if (presigned) return 'The zone comes signed from its primary server, which holds the keys.'
  if (signed) return 'The server signs the zone. Resolvers check it once the parent holds one of the DS records.'
  return keys === 0 ? 'The zone is not signed.' : 'None of the zone’s keys is active: it is not signed.'
}
