import type { DnssecAction } from '@zonedeck/shared/dnssec'
import type { FormField } from '@zonedeck/shared/form'
import type { DnssecProperties, PrivateKey } from './wire.ts'

/**
 * What can be done with the signing of a zone now. Ids are ours; `dnssec-steps.ts` says them to the server. A private key
 * of one's own (PEM) is not asked for: it would have to go through the panel.
 */

const ALGORITHMS = [
  { value: 'ECDSAP256SHA256', label: 'ECDSA P-256', help: 'Small answers, known to every resolver.' },
  { value: 'ECDSAP384SHA384', label: 'ECDSA P-384' },
  { value: 'ED25519', label: 'Ed25519' },
  { value: 'ED448', label: 'Ed448', help: 'Not every resolver knows it.' },
  { value: 'RSASHA256', label: 'RSA, SHA-256', help: 'Large answers.' },
  { value: 'RSASHA512', label: 'RSA, SHA-512', help: 'Large answers.' },
]
const RSA = ['RSASHA256', 'RSASHA512']

const algorithm: FormField = {
  id: 'algorithm',
  label: 'Algorithm',
  kind: 'choice',
  choices: ALGORITHMS,
  required: true,
  value: 'ECDSAP256SHA256',
}

const bits = (id: string, label: string, value: number): FormField => ({
  ...{ id, label, kind: 'number', required: true, min: 1024, max: 4096, value },
  when: { field: 'algorithm', is: RSA },
})

const days = (value: number, when?: FormField['when']): FormField => ({
  id: 'rolloverDays',
  label: 'New ZSK every … days',
  help: '0: never by itself.',
  kind: 'number',
  required: true,
  min: 0,
  max: 365,
  value,
  ...(when === undefined ? {} : { when }),
})

const proof: FormField = {
  id: 'proof',
  label: 'Proof that a name does not exist',
  kind: 'choice',
  choices: [
    { value: 'NSEC', label: 'NSEC', help: 'Simple; whoever asks can list the names of the zone.' },
    { value: 'NSEC3', label: 'NSEC3', help: 'Hashes the names, which makes listing them harder.' },
  ],
  required: true,
  value: 'NSEC',
}

function hashing(iterations: number, saltLength: number, when?: FormField['when']): FormField[] {
  const more = when === undefined ? {} : { when }
  return [
    {
      ...{ id: 'iterations', label: 'Extra rounds of hashing', kind: 'number', required: true, min: 0, max: 50 },
      ...{ value: iterations, help: 'RFC 9276 recommends 0.', ...more },
    },
    {
      ...{ id: 'saltLength', label: 'Bytes of salt', kind: 'number', required: true, min: 0, max: 32 },
      ...{ value: saltLength, help: 'RFC 9276 recommends 0.', ...more },
    },
  ]
}

const ttl = (value: number): FormField => ({
  ...{
    id: 'dnsKeyTtl',
    label: 'TTL of the keys',
    help: 'Seconds.',
    kind: 'number',
    required: true,
    min: 0,
    max: 604_800,
  },
  value,
})

export const sign: DnssecAction = {
  id: 'sign',
  label: 'Sign zone',
  help: 'The server makes a key signing key (KSK) and a zone signing key (ZSK), and signs every record. Nothing changes for resolvers until the parent has the DS record.',
  kind: 'enable',
  fields: [
    algorithm,
    bits('kskBits', 'Bits of the KSK', 2048),
    bits('zskBits', 'Bits of the ZSK', 1280),
    ttl(3600),
    days(30),
    proof,
    ...hashing(0, 0, { field: 'proof', is: ['NSEC3'] }),
  ],
}

/** @param version15 whether the server can be told that the parent has the DS */
export function signedActions(
  { dnssecPrivateKeys: keys, dnsKeyTtl, nsec3Iterations, nsec3SaltLength }: DnssecProperties,
  version15: boolean,
): DnssecAction[] {
  const generated = keys.filter(({ state }) => state === 'Generated')
  const settled = keys.every(({ state }) => state === 'Ready' || state === 'Active')
  return [
    ...keys.flatMap((key) => keyActions(key, keys, version15)),
    ...(generated.length === 0
      ? []
      : [change('publish', 'Publish new keys', 'The keys that were added get their DNSKEY records.', [])]),
    change('add-key', 'Add key', 'The server makes one more key. It stays out of the zone until it is published.', [
      {
        ...{ id: 'keyType', label: 'Kind', kind: 'choice', required: true, value: 'ZoneSigningKey' },
        choices: [
          { value: 'ZoneSigningKey', label: 'ZSK: signs the records' },
          { value: 'KeySigningKey', label: 'KSK: signs the keys, and is what the DS is for' },
        ],
      },
      algorithm,
      bits('bits', 'Bits', 2048),
      days(30, { field: 'keyType', is: ['ZoneSigningKey'] }),
    ]),
    {
      ...change('dnskey-ttl', 'Change TTL of the keys', 'The DNSKEY records get another TTL.', [ttl(dnsKeyTtl)]),
      ...(settled ? {} : { refusal: 'Every key must be ready or active first.' }),
    },
    ...(nsec3Iterations === undefined
      ? [
          change(
            'convert-to-nsec3',
            'Use NSEC3',
            'Names that do not exist are proved by hashes, which makes listing the zone’s names harder.',
            hashing(0, 0),
          ),
        ]
      : [
          change('nsec3', 'Change NSEC3 parameters', 'The proofs are made anew, with a new salt.', [
            ...hashing(nsec3Iterations, nsec3SaltLength ?? 0),
          ]),
          change(
            'convert-to-nsec',
            'Use NSEC',
            'Names that do not exist are proved by the names around them, in clear.',
            [],
          ),
        ]),
    {
      id: 'unsign',
      label: 'End signing',
      help: 'The server deletes the keys, and every signature in the zone.',
      kind: 'disable',
      danger:
        'While the parent holds a DS of the zone, resolvers that validate take every answer for forged. Delete the DS there first, and wait for its TTL.',
      fields: [],
    },
  ]
}

function change(id: string, label: string, help: string, fields: FormField[]): DnssecAction {
  return { id, label, help, kind: 'change', fields }
}

function keyActions(key: PrivateKey, keys: readonly PrivateKey[], version15: boolean): DnssecAction[] {
  const { keyTag, keyType, state, isRetiring, rolloverDays } = key
  const ksk = keyType === 'KeySigningKey'
  const action = (id: string, label: string, help: string, more: Partial<DnssecAction> = {}): DnssecAction => ({
    ...{ id, label, help, kind: 'key', key: String(keyTag), fields: [] },
    ...more,
  })
  const inUse = state === 'Active' || (ksk && state === 'Ready')
  return [
    ...(ksk && state === 'Ready' && !isRetiring
      ? [
          action(
            'activate',
            'The parent has the DS',
            'The key counts as active, without the server asking the parent.',
            {
              danger:
                'When the parent does not have the DS yet, a later change of keys goes on too early, and the zone can become invalid.',
              ...(version15
                ? {}
                : { refusal: 'Before version 15 the server finds out by itself, by asking the parent.' }),
            },
          ),
        ]
      : []),
    ...(ksk || isRetiring || state === 'Retired' || state === 'Revoked'
      ? []
      : [
          action('rollover-days', 'Change rollover', 'How often the server replaces this key.', {
            fields: [days(rolloverDays)],
          }),
        ]),
    ...((state === 'Ready' || state === 'Active') && !isRetiring
      ? [
          action(
            'roll-over',
            'Replace key',
            ksk
              ? 'A new KSK is made and published. When it is ready, its DS has to go to the parent; then the old key retires.'
              : 'A new ZSK is made and published. When every cache knows it, it takes over, and the old key retires.',
          ),
        ]
      : []),
    ...(inUse
      ? [
          action(
            'retire',
            'Retire key',
            'The key stops signing now, and is removed when its signatures have left the caches.',
            {
              ...(ksk
                ? {
                    danger:
                      'The parent must hold the DS of another key. A DS that is left there for this one alone makes the zone invalid.',
                  }
                : {}),
              ...(hasSuccessor(key, keys)
                ? {}
                : { refusal: `There is no other ${ksk ? 'KSK' : 'ZSK'} that can take over.` }),
            },
          ),
        ]
      : []),
    ...(state === 'Generated' ? [action('delete', 'Delete key', 'The key was never published, and is deleted.')] : []),
  ]
}

/** As the server decides it: a key of the other algorithm needs a partner that is in use, too. */
function hasSuccessor(key: PrivateKey, keys: readonly PrivateKey[]): boolean {
  const usable = (other: PrivateKey) => !other.isRetiring && other.keyTag !== key.keyTag
  const partnered = (other: PrivateKey) =>
    keys.some(
      (partner) =>
        partner.keyType !== other.keyType &&
        partner.algorithmNumber === other.algorithmNumber &&
        !partner.isRetiring &&
        (partner.state === 'Active' || (partner.keyType === 'KeySigningKey' && partner.state === 'Ready')),
    )
  return keys.some(
    (other) =>
      other.keyType === key.keyType &&
      usable(other) &&
      (other.algorithmNumber === key.algorithmNumber || partnered(other)) &&
      (other.state === 'Active' ||
        (key.keyType === 'KeySigningKey' && other.state === 'Ready' && key.state === 'Ready')),
  )
}
