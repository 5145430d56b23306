import type { DnssecAction, DnssecKey, DnssecState, Ds } from '@zonedeck/shared/dnssec'
import type { FormField } from '@zonedeck/shared/form'
import { readJson } from '../json.ts'
import type { DnsProvider } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import type { Addresses } from './addresses.ts'
import { oneLine, type Call } from './call.ts'
import { dnssecSchema, type WireDnssec } from './wire.ts'

const STEPS = ['enable', 'change-key', 'disable']

/**
 * DNSSEC with a key in Thalassa's KMS: it names the DS, looks whether the parent holds one, and until then publishes the
 * zone unsigned.
 */
export function makeDnssec(call: Call, addresses: Addresses): NonNullable<DnsProvider['dnssec']> {
  async function read(zone: string): Promise<DnssecState> {
    const path = await addresses.zonePath(zone)
    try {
      const { text } = await call({ method: 'GET', path: `${path}/dnssec` })
      return toState(readJson(dnssecSchema, text, 'DNSSEC of this zone'))
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind !== 'missing') throw error
      // Either the zone is not there, which this throws, or it was never signed.
      await addresses.readZone(zone)
      return toState({ enabled: false })
    }
  }

  return {
    read,
    async act(zone, { action, values }) {
      if (!STEPS.includes(action)) throw new ProviderError('refused', 'Thalassa knows no such step of DNSSEC.')
      const path = `${await addresses.zonePath(zone)}/dnssec`
      if (action === 'disable') {
        await call({ method: 'DELETE', path, idempotent: true })
        return
      }
      const { region, key } = values
      const body = { region, ...(key === undefined || key === '' ? {} : { kmsKeyIdentity: key }) }
      await call({ method: 'PUT', path, body, idempotent: true, timeout: 30_000 })
    },
  }
}

/** Is signing on? Undefined where that cannot be seen: without the feature gate kms everything else still works. */
export async function isSigned(call: Call, zonePath: string): Promise<boolean | undefined> {
  try {
    const { text } = await call({ method: 'GET', path: `${zonePath}/dnssec` })
    return readJson(dnssecSchema, text, 'DNSSEC of this zone').enabled
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return error.kind === 'missing' ? false : undefined
  }
}

function toState(wire: WireDnssec): DnssecState {
  const { enabled, region, kmsKeyIdentity } = wire
  if (!enabled) {
    return { state: 'off', detail: 'The zone is not signed.', facts: [], keys: [], ds: [], actions: [enable] }
  }
  const delegated = wire.dsDelegated === true
  const facts = [
    { label: 'DS at the parent', value: delegated ? 'Found' : 'Not found yet' },
    ...(region ? [{ label: 'Region', value: region }] : []),
    ...(kmsKeyIdentity ? [{ label: 'KMS key', value: kmsKeyIdentity }] : []),
  ]
  return {
    state: wire.lastSignError ? 'error' : delegated ? 'signed' : 'pending',
    detail: detailOf(wire, delegated),
    facts,
    keys: keysOf(wire, delegated),
    ds: (wire.dsRecords ?? []).flatMap(({ record = '' }) => readDs(record) ?? []),
    actions: [change(wire, delegated), disable(delegated)],
  }
}

/** Times stand here and not among the facts: they move by themselves, and a plan is not void for that. */
function detailOf({ lastSignError, lastSignedAt, nextDsProbeAt }: WireDnssec, delegated: boolean): string {
  const signed = lastSignedAt ? ` It was signed last at ${utc(lastSignedAt)}.` : ''
  if (lastSignError) return `Signing failed. Thalassa says: ${oneLine(lastSignError)}${signed}`
  if (delegated) return `The parent holds the DS, and the zone is signed, with NSEC3.${signed}`
  const next = nextDsProbeAt ? ` Thalassa looks again at ${utc(nextDsProbeAt)}.` : ''
  return `Put one of these DS into the parent. Until Thalassa finds it there, the zone is published unsigned.${next}`
}

function utc(time: string): string {
  const at = Date.parse(time)
  return Number.isNaN(at) ? oneLine(time) : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** `12345 13 2 a1b2…`, with the rest of a line before it or not. */
function readDs(record: string): Ds | null {
  const [, keyTag, algorithm, digestType, digest = ''] =
    /(\d{1,5})\s+(\d{1,3})\s+(\d{1,3})\s+([0-9a-f][0-9a-f\s]*)$/i.exec(record.trim()) ?? []
  if (keyTag === undefined) return null
  return {
    keyTag: Number(keyTag),
    algorithm: Number(algorithm),
    digestType: Number(digestType),
    digest: digest.replace(/\s+/g, '').toLowerCase(),
  }
}

/** Each key once, although it has a DS for each digest. */
function keysOf({ dsRecords }: WireDnssec, delegated: boolean): DnssecKey[] {
  const keys = new Map<string, DnssecKey>()
  for (const { record = '', keyRole = '', publicKey, ...own } of dsRecords ?? []) {
    const ds = readDs(record)
    const keyTag = own.keyTag ?? ds?.keyTag
    const algorithm = own.algorithm ?? ds?.algorithm
    if (algorithm === undefined) continue
    const role = (['ksk', 'zsk'] as const).find((each) => each === keyRole.toLowerCase()) ?? 'csk'
    const isKey = publicKey !== undefined && /^[A-Za-z0-9+/]+={0,2}$/.test(publicKey)
    const id = `${role} ${keyTag ?? ''}`.trim()
    keys.set(id, {
      ...{ id, role, algorithm, active: true, state: delegated ? 'Signing' : 'Ready' },
      ...(keyTag === undefined ? {} : { keyTag }),
      ...(isKey ? { dnskey: { flags: role === 'zsk' ? 256 : 257, protocol: 3, algorithm, publicKey } } : {}),
    })
  }
  return [...keys.values()]
}

const region: FormField = {
  id: 'region',
  label: 'Region',
  help: 'A region that has a KMS.',
  kind: 'text',
  required: true,
  mono: true,
  placeholder: 'nl-01',
  maxLength: 100,
}
const key: FormField = {
  id: 'key',
  label: 'KMS key',
  help: 'The identity of an active key in that region. Left empty, Thalassa makes one of ECDSA P-256.',
  kind: 'text',
  mono: true,
  maxLength: 200,
}

const enable: DnssecAction = {
  id: 'enable',
  label: 'Enable DNSSEC',
  help: 'Thalassa names a DS for the parent. The zone stays unsigned until the parent holds it.',
  kind: 'enable',
  fields: [region, key],
}

function change({ region: where, kmsKeyIdentity }: WireDnssec, delegated: boolean): DnssecAction {
  return {
    id: 'change-key',
    label: 'Change the key',
    help: 'Thalassa signs with another key, which has another DS.',
    kind: 'change',
    ...(delegated
      ? { danger: 'Resolvers that validate take no answer of this zone until the parent holds the new DS' }
      : {}),
    fields: [
      { ...region, ...(where ? { value: where } : {}) },
      { ...key, ...(kmsKeyIdentity ? { value: kmsKeyIdentity } : {}) },
    ],
  }
}

function disable(delegated: boolean): DnssecAction {
  const when = delegated ? 'While the parent holds the DS' : 'If the parent holds the DS by now'
  return {
    id: 'disable',
    label: 'Disable DNSSEC',
    help: 'Thalassa publishes the zone unsigned. The key stays in its KMS.',
    kind: 'disable',
    danger: `${when}, resolvers that validate take no answer of this zone`,
    fields: [],
  }
}
