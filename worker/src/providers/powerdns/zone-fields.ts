import { NameError, parseName } from '@zonedeck/shared/names'
import { ProviderError } from '../provider-error.ts'
import { keptPrimaries, mustBe, primaryList } from './addresses.ts'
import { COPY, keyChoice, ORIGINAL, textOf, type Setting } from './setting.ts'
import { zoneId } from './wire.ts'
import { wireKind, zoneKinds } from './zone-kinds.ts'

const CATALOGS = ['Producer', 'Consumer']

/** Settings that are properties of the zone object. */
export const zoneFields: readonly Setting[] = [
  {
    field: {
      id: 'kind',
      label: 'Kind',
      kind: 'choice',
      choices: zoneKinds.map(({ id, label, help }) => ({ value: id, label, help })),
      required: true,
    },
    read: ({ kind }) => kind,
    fixed: ({ kind }) => (CATALOGS.includes(kind) ? 'A catalog zone stays one here.' : undefined),
    send(value, { zone }) {
      const kind = wireKind(textOf(value))
      if (kind === undefined)
        throw new ProviderError('refused', 'PowerDNS has no zones of this kind.', { field: 'kind' })
      if (kind === 'Slave') primaryList(zone.masters)
      return { property: 'kind', value: kind }
    },
  },
  {
    field: {
      id: 'primaries',
      label: 'Primary servers',
      help: 'Addresses, one a line, with a port where it is not 53.',
      kind: 'lines',
      required: true,
      mono: true,
      placeholder: '192.0.2.1',
      when: COPY,
    },
    read: ({ zone }) => zone.masters ?? [],
    send: (value) => ({ property: 'masters', value: keptPrimaries(value) }),
  },
  {
    field: {
      id: 'account',
      label: 'Account',
      help: 'A text of your own by which tools of this server group zones.',
      kind: 'text',
      // The column of the usual databases.
      maxLength: 40,
      placeholder: 'customer-17',
    },
    read: ({ zone }) => zone.account ?? '',
    send: (value) => ({ property: 'account', value: textOf(value) }),
  },
  {
    field: {
      id: 'catalog',
      label: 'Catalog zone',
      help: 'The producer zone that lists this one, so that secondary servers copy it by themselves.',
      kind: 'text',
      mono: true,
      maxLength: 255,
      placeholder: 'catalog.example',
    },
    read: ({ zone }) => (zone.catalog ?? '').replace(/(.)\.$/, '$1'),
    send: (value) => ({ property: 'catalog', value: zoneName(textOf(value)) }),
    // Since 4.7.
    has: ({ zone, kind }) => zone.catalog !== undefined && !CATALOGS.includes(kind),
  },
  {
    field: {
      id: 'serialOnChange',
      label: 'Serial on a change',
      help: 'How the server counts the serial up when records change over its API, as they do here.',
      kind: 'choice',
      choices: [
        { value: 'DEFAULT', label: 'Date and number', help: 'Such as 2026073101, then 2026073102.' },
        { value: 'INCREASE', label: 'One more' },
        { value: 'EPOCH', label: 'Seconds since 1970' },
        { value: 'SOA-EDIT', label: 'As the served serial', help: 'By the rule of the setting below.' },
        { value: 'SOA-EDIT-INCREASE', label: 'As the served serial, and always more' },
        { value: 'never', label: 'Not at all', help: 'Secondary servers will not notice changes.' },
      ],
    },
    read: ({ zone }) => zone.soa_edit_api?.toUpperCase() || 'never',
    send: (value) => ({ property: 'soa_edit_api', value: value === 'never' ? '' : textOf(value) }),
    has: ({ zone }) => zone.soa_edit_api !== undefined,
    shows: 'SOA-EDIT-API',
  },
  {
    field: {
      id: 'servedSerial',
      label: 'Served serial',
      help: 'Secondary servers that copy a signed zone need a serial that moves every week, or their signatures run out.',
      kind: 'choice',
      choices: [
        { value: 'server', label: 'As the server is set', help: 'By default-soa-edit of its configuration.' },
        { value: 'NONE', label: 'As it is stored' },
        { value: 'INCEPTION-INCREMENT', label: 'Moves with the signatures', help: 'For serials of date and number.' },
        { value: 'INCEPTION-EPOCH', label: 'Start of the signatures’ week, in seconds' },
        { value: 'INCREMENT-WEEKS', label: 'Stored plus weeks since 1970' },
        { value: 'EPOCH', label: 'Seconds since 1970', help: 'Another one with every answer.' },
      ],
    },
    read: ({ zone }) => zone.soa_edit?.toUpperCase() || 'server',
    send: (value) => ({ property: 'soa_edit', value: value === 'server' ? '' : textOf(value) }),
    has: ({ zone }) => zone.soa_edit !== undefined,
    shows: 'SOA-EDIT',
  },
  {
    field: {
      id: 'rectify',
      label: 'Rectify after a change',
      help: 'A signed zone needs its names kept in DNSSEC’s order. Until it is set here, default-api-rectify of the server’s configuration counts.',
      kind: 'choice',
      choices: [
        { value: 'on', label: 'On' },
        { value: 'off', label: 'Off', help: 'Signed answers that a name does not exist may fail.' },
      ],
    },
    // The zone object says “false” for both; only the list of metadata tells “off” from “never set”.
    read: ({ metadata }) => {
      const [held] = metadata.get('API-RECTIFY') ?? []
      return held === undefined || held === '' ? undefined : held === '1' ? 'on' : 'off'
    },
    send: (value) => ({ property: 'api_rectify', value: value === 'on' }),
    has: ({ zone }) => zone.api_rectify !== undefined,
    shows: 'API-RECTIFY',
  },

  {
    ...keyChoice(
      {
        id: 'transferKeys',
        label: 'TSIG keys for transfers to secondaries',
        help: 'Whoever signs with one of them may copy the zone from anywhere.',
        when: ORIGINAL,
      },
      ({ zone }) => zone.master_tsig_key_ids ?? [],
      (names) => ({ property: 'master_tsig_key_ids', value: names.map(zoneId) }),
    ),
    shows: 'TSIG-ALLOW-AXFR',
  },
  {
    ...keyChoice(
      {
        id: 'primaryKeys',
        label: 'TSIG key for transfers from the primary',
        help: 'The server uses the first one.',
        when: COPY,
      },
      ({ zone }) => zone.slave_tsig_key_ids ?? [],
      (names) => ({ property: 'slave_tsig_key_ids', value: names.map(zoneId) }),
    ),
    shows: 'AXFR-MASTER-TSIG',
  },
]

function zoneName(text: string): string {
  if (text === '') return ''
  try {
    const name = parseName(text)
    mustBe('catalog', text, name.slice(0, -1))
    return name
  } catch (error) {
    if (!(error instanceof NameError)) throw error
    throw new ProviderError('refused', error.message, { field: 'catalog' })
  }
}
