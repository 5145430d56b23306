import type { DnssecAction } from '@zonedeck/shared/dnssec'
import type { FormField, FormValues } from '@zonedeck/shared/form'
import { ProviderError } from '../provider-error.ts'
import type { ZoneKey } from './dnssec-keys.ts'

/** Algorithms to make keys of (RFC 8624 §3.1), by the names that the server takes. */
const ALGORITHMS = [
  { value: 'ecdsa256', label: 'ECDSA P-256 with SHA-256 (13)', help: 'Small answers, known everywhere.' },
  { value: 'ed25519', label: 'Ed25519 (15)', help: 'Small answers; a few old resolvers do not know it.' },
  { value: 'ecdsa384', label: 'ECDSA P-384 with SHA-384 (14)' },
  { value: 'rsasha256', label: 'RSA with SHA-256 (8)', help: 'Large answers, known everywhere.' },
]
const RSA = 'rsasha256'

const algorithm: FormField = {
  id: 'algorithm',
  label: 'Algorithm',
  kind: 'choice',
  required: true,
  choices: ALGORITHMS,
  value: 'ecdsa256',
}
const bits: FormField = {
  id: 'bits',
  label: 'Key size',
  help: 'In bits.',
  kind: 'number',
  required: true,
  min: 1024,
  max: 4096,
  value: 2048,
  when: { field: 'algorithm', is: [RSA] },
}

/** How a zone proves that a name does not exist. */
export interface Denial {
  /** The server's own text; empty: NSEC. */
  nsec3param: string
  narrow: boolean
}

/** RFC 9276 §3.1: no further iterations, no salt. */
const NSEC3 = { optOut: false, iterations: 0, salt: '' }

function nsec3Of(param: string): typeof NSEC3 {
  const [, flags, iterations, salt] = /^1 (\d{1,3}) (\d{1,5}) (\S+)$/.exec(param) ?? []
  if (salt === undefined) return NSEC3
  return { optOut: (Number(flags) & 1) === 1, iterations: Number(iterations), salt: salt === '-' ? '' : salt }
}

function denialFields({ nsec3param, narrow }: Denial): FormField[] {
  const { optOut, iterations, salt } = nsec3Of(nsec3param)
  const hashed = { field: 'denial', is: ['nsec3', 'narrow'] }
  return [
    {
      id: 'denial',
      label: 'Names that do not exist',
      kind: 'choice',
      required: true,
      choices: [
        { value: 'nsec', label: 'NSEC', help: 'Simple and small. Whoever wants can list all names of the zone.' },
        { value: 'nsec3', label: 'NSEC3', help: 'Names are hashed: listing them takes guessing.' },
        {
          value: 'narrow',
          label: 'NSEC3, narrow',
          help: 'Made anew for every question. Secondary servers that copy by transfer cannot serve it.',
        },
      ],
      value: nsec3param === '' ? 'nsec' : narrow ? 'narrow' : 'nsec3',
    },
    {
      id: 'iterations',
      label: 'Further iterations',
      help: '0 is right (RFC 9276): some resolvers take more for unsigned.',
      kind: 'number',
      required: true,
      min: 0,
      max: 100,
      value: iterations,
      when: hashed,
    },
    {
      id: 'salt',
      label: 'Salt',
      help: 'Hex digits; none is right (RFC 9276).',
      kind: 'text',
      mono: true,
      maxLength: 510,
      value: salt,
      when: hashed,
    },
    {
      id: 'optOut',
      label: 'Leave unsigned delegations out',
      help: 'For zones of very many delegations (opt-out).',
      kind: 'switch',
      value: optOut,
      when: hashed,
    },
  ]
}

/** Throws `refused` with the field that is wrong. */
export function denialOf({ denial, iterations, salt, optOut }: FormValues): Denial {
  if (denial !== 'nsec3' && denial !== 'narrow') return { nsec3param: '', narrow: false }
  const hex = typeof salt === 'string' ? salt.trim().toLowerCase() : ''
  if (!/^([0-9a-f]{2})*$/.test(hex)) {
    throw new ProviderError('refused', 'The salt is an even number of hex digits.', { field: 'salt' })
  }
  const rounds = typeof iterations === 'number' ? iterations : NSEC3.iterations
  return { nsec3param: `1 ${optOut === true ? 1 : 0} ${rounds} ${hex || '-'}`, narrow: denial === 'narrow' }
}

export function keySizeOf({ algorithm: name, bits: size }: FormValues): { algorithm: string; bits?: number } {
  const chosen = ALGORITHMS.find(({ value }) => value === name)?.value
  if (chosen === undefined) {
    throw new ProviderError('refused', 'Choose one of the algorithms that are offered.', { field: 'algorithm' })
  }
  // The server knows the size of every other one.
  return chosen === RSA ? { algorithm: chosen, bits: typeof size === 'number' ? size : 2048 } : { algorithm: chosen }
}

export function signAction(refusal: string | undefined): DnssecAction {
  return {
    id: 'sign',
    label: 'Sign zone',
    help: 'The server makes keys and answers with signatures from now on. Nobody checks them until the parent holds the DS.',
    kind: 'enable',
    ...(refusal === undefined ? {} : { refusal }),
    fields: [
      {
        id: 'keys',
        label: 'Keys',
        kind: 'choice',
        required: true,
        choices: [
          { value: 'csk', label: 'One key for both (CSK)', help: 'Simple, and what PowerDNS does by itself.' },
          {
            value: 'split',
            label: 'Two keys (KSK and ZSK)',
            help: 'The key that signs records can change without the parent.',
          },
        ],
        value: 'csk',
      },
      algorithm,
      bits,
      ...denialFields({ nsec3param: '', narrow: false }),
    ],
  }
}

export const unsignAction: DnssecAction = {
  id: 'unsign',
  label: 'End signing',
  help: 'All keys are deleted and answers carry no signatures. Signing again makes other keys and another DS.',
  kind: 'disable',
  danger:
    'While the parent holds the DS, resolvers that check take the zone for forged: remove it there first, and wait for its TTL.',
  fields: [],
}

export const addKeyAction: DnssecAction = {
  id: 'add-key',
  label: 'Add key',
  help: 'A new key beside the others: the first step of a rollover.',
  kind: 'change',
  fields: [
    {
      id: 'role',
      label: 'Use',
      kind: 'choice',
      required: true,
      choices: [
        { value: 'ksk', label: 'Signs keys (KSK), or everything (CSK)', help: 'Everything, while there is no ZSK.' },
        { value: 'zsk', label: 'Signs records (ZSK)' },
      ],
      value: 'ksk',
    },
    algorithm,
    bits,
    { id: 'active', label: 'Sign with it at once', kind: 'switch', value: false },
    {
      id: 'published',
      label: 'Publish it',
      help: 'Resolvers have to know a key before answers are signed with it alone.',
      kind: 'switch',
      value: true,
    },
  ],
}

export function nsecAction(denial: Denial): DnssecAction {
  return {
    id: 'nsec',
    label: 'Change NSEC or NSEC3',
    help: 'The zone proves in another way that a name does not exist, and is put in order for it.',
    kind: 'change',
    fields: denialFields(denial),
  }
}

/** What can be done with one key. */
export function keyActions(key: ZoneKey, keys: readonly ZoneKey[]): DnssecAction[] {
  const { id, active, published, role } = key
  const named = `${role.toUpperCase()} ${key.keyTag}`
  const about = (action: Omit<DnssecAction, 'kind' | 'key' | 'fields'>): DnssecAction => ({
    ...action,
    kind: 'key',
    key: id,
    fields: [],
  })
  return [
    active
      ? about({
          id: 'deactivate',
          label: 'Deactivate key',
          help: `The server no longer signs with ${named}; it stays published.`,
          ...dangerOf(endOf(key, keys)),
        })
      : about({
          id: 'activate',
          label: 'Activate key',
          help: `The server signs with ${named} from now on, beside the other active keys.`,
          ...dangerOf(published ? undefined : `Resolvers cannot check what ${named} signs: it is not published.`),
        }),
    published
      ? about({
          id: 'unpublish',
          label: 'Unpublish key',
          help: `${named} is no longer among the zone’s DNSKEY records; the server keeps it.`,
          danger: active
            ? `Resolvers can no longer check what ${named} signs.`
            : `Signatures of ${named} may still be in caches, and cannot be checked without it.`,
        })
      : about({
          id: 'publish',
          label: 'Publish key',
          help: `${named} is put among the zone’s DNSKEY records.`,
        }),
    about({
      id: 'delete-key',
      label: 'Delete key',
      help: `${named} is deleted on the server and cannot be brought back.`,
      danger:
        (active ? endOf(key, keys) : undefined) ??
        `Signatures of ${named} may still be in caches, and a DS at the parent may be its own.`,
    }),
  ]
}

const dangerOf = (danger: string | undefined) => (danger === undefined ? {} : { danger })

/** What is lost when an active key signs no more; undefined where another one does the same. */
function endOf(key: ZoneKey, keys: readonly ZoneKey[]): string | undefined {
  const others = keys.filter(({ id, active }) => active && id !== key.id)
  if (others.length === 0) {
    return 'It is the only key that signs. While the parent holds its DS, resolvers that check take the zone for forged.'
  }
  if (key.role !== 'zsk') {
    return 'While the parent holds only the DS of this key, resolvers that check take the zone for forged.'
  }
  const same = others.some(
    ({ role, algorithm: number, published }) => role === 'zsk' && number === key.algorithm && published,
  )
  return same ? undefined : 'No other published key signs records with its algorithm.'
}
