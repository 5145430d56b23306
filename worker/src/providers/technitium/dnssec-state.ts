import type { DnssecKey, DnssecState, Ds } from '@zonedeck/shared/dnssec'
import { signedActions } from './dnssec-actions.ts'
import type { DnssecProperties, DsRecord, NativeRecord, PrivateKey } from './wire.ts'
import { plainText } from './words.ts'

/** The state of a signed zone from what three calls say of it. */
export function signedState(
  properties: DnssecProperties,
  dsRecords: readonly DsRecord[],
  records: readonly NativeRecord[],
  version15: boolean,
): DnssecState {
  const { dnssecPrivateKeys, dnsKeyTtl, nsec3Iterations, nsec3SaltLength = 0 } = properties
  const dnskeys = records.filter(({ type }) => type === 'DNSKEY')
  const salt = plainText(records.find(({ type }) => type === 'NSEC3PARAM')?.rData['salt'])
  const nsec3 = `NSEC3, ${nsec3Iterations ?? 0} extra rounds, ${nsec3SaltLength} bytes of salt${salt === '' ? '' : ` (${salt})`}`
  return {
    ...stateOf(dnssecPrivateKeys),
    facts: [
      { label: 'Proof of names that do not exist', value: nsec3Iterations === undefined ? 'NSEC' : nsec3 },
      { label: 'TTL of the keys', value: `${dnsKeyTtl} s` },
      ...dnssecPrivateKeys.flatMap(factsOf),
    ],
    keys: dnssecPrivateKeys.map((key) => toKey(key, dnskeys)),
    ds: dsRecords.flatMap(toDs),
    actions: signedActions(properties, version15),
  }
}

/** What changes with a step and is no state of a key. */
function factsOf({ keyTag, keyType, rolloverDays, isRetiring }: PrivateKey): DnssecState['facts'] {
  if (isRetiring) return [{ label: `Key ${keyTag}`, value: 'retires when its successor has taken over' }]
  if (keyType !== 'ZoneSigningKey') return []
  return [
    {
      label: `Key ${keyTag}`,
      value: rolloverDays === 0 ? 'is not replaced by itself' : `is replaced every ${rolloverDays} days`,
    },
  ]
}

function stateOf(keys: readonly PrivateKey[]): Pick<DnssecState, 'state' | 'detail'> {
  const ksks = keys.filter(({ keyType, isRetiring }) => keyType === 'KeySigningKey' && !isRetiring)
  const held = keys.some(({ keyType, state }) => keyType === 'KeySigningKey' && state === 'Active')
  const ready = ksks.find(({ state }) => state === 'Ready')
  const next = ksks.find(({ state }) => state === 'Published')
  if (held) {
    const more =
      ready !== undefined
        ? ` Key ${ready.keyTag} is to take over: put its DS in at the parent.`
        : next !== undefined
          ? ` Key ${next.keyTag} is to take over; its DS can go to the parent ${by(next)}.`
          : ''
    return { state: 'signed', detail: `The zone is signed, and the parent holds its DS.${more}` }
  }
  if (ready !== undefined) {
    return {
      state: 'pending',
      detail:
        'The zone is signed. Put the DS in at the parent now; the server asks there every 15 minutes whether it is.',
    }
  }
  if (next !== undefined) {
    return {
      state: 'pending',
      detail: `The zone is signed, but old answers are still in caches. Put the DS in at the parent ${by(next)}, not earlier.`,
    }
  }
  return { state: 'error', detail: 'The zone is signed, and no key is there for which the parent could hold a DS.' }
}

function by({ stateReadyBy, stateActiveBy }: PrivateKey): string {
  const at = stateReadyBy ?? stateActiveBy
  return at === undefined ? 'when it is ready' : `from ${minute(at)} on`
}

/** `2026-11-24 00:45 UTC`. */
function minute(time: string): string {
  const at = Date.parse(time)
  return Number.isNaN(at) ? time : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function toKey(key: PrivateKey, dnskeys: readonly NativeRecord[]): DnssecKey {
  const { keyTag, keyType, algorithm, algorithmNumber, state } = key
  const size = /\((\d+) bits\)/.exec(algorithm)?.[1]
  const record = dnskeys.find(
    ({ rData }) => rData['computedKeyTag'] === keyTag && rData['algorithmNumber'] === algorithmNumber,
  )
  const note = noteOf(key)
  return {
    id: String(keyTag),
    role: keyType === 'KeySigningKey' ? 'ksk' : 'zsk',
    keyTag,
    algorithm: algorithmNumber,
    ...(size === undefined ? {} : { bits: Number(size) }),
    state,
    active: state === 'Active',
    ...(record === undefined ? {} : { dnskey: toDnskey(record, algorithmNumber) }),
    ...(note === '' ? {} : { note }),
  }
}

/** The server names the flags: ZoneKey is 256, Revoke 128, SecureEntryPoint 1 (RFC 4034 §2.1.1, RFC 5011 §7). */
function toDnskey({ rData }: NativeRecord, algorithm: number): NonNullable<DnssecKey['dnskey']> {
  const names = plainText(rData['flags'])
  const flag = (name: string, value: number) => (names.includes(name) ? value : 0)
  return {
    flags: flag('ZoneKey', 256) + flag('Revoke', 128) + flag('SecureEntryPoint', 1),
    protocol: Number(rData['protocol'] ?? 3),
    algorithm,
    publicKey: plainText(rData['publicKey']),
  }
}

function noteOf(key: PrivateKey): string {
  const { keyType, state, stateChangedOn, stateReadyBy, stateActiveBy, isRetiring, rolloverDays } = key
  const next = stateReadyBy ?? stateActiveBy
  return [
    stateChangedOn === undefined ? '' : `${state} since ${minute(stateChangedOn)}.`,
    next === undefined ? '' : `${stateReadyBy === undefined ? 'Takes over' : 'Ready'} by ${minute(next)}.`,
    isRetiring ? 'It retires when its successor has taken over.' : '',
    keyType === 'ZoneSigningKey' && rolloverDays > 0 && !isRetiring ? `Replaced every ${rolloverDays} days.` : '',
  ]
    .filter((part) => part !== '')
    .join(' ')
}

/** Keys on their way out need no DS any more. */
export function toDs({ keyTag, dnsKeyState, algorithmNumber, digests }: DsRecord): Ds[] {
  if (dnsKeyState === 'Retired' || dnsKeyState === 'Revoked') return []
  return digests.map(({ digestTypeNumber, digest }) => ({
    keyTag,
    algorithm: algorithmNumber,
    digestType: digestTypeNumber,
    digest: digest.toLowerCase(),
  }))
}
