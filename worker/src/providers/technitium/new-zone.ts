import type { FormField } from '@zonedeck/shared/form'
import type { CreateZone } from '@zonedeck/shared/zone'
import type { makeCall, Params } from './call.ts'
import { created } from './wire.ts'
import { zoneName } from './zones.ts'

/** Kinds that a catalog may list, when they are made. */
const MEMBERS = new Set(['Primary', 'Secondary', 'Stub', 'Forwarder'])

/** Where a new zone goes: into the connection's catalog unless something else is said. */
export const catalogFields: FormField[] = [
  {
    id: 'membership',
    label: 'Catalog zone',
    help: 'Servers that copy the catalog get the zone by themselves.',
    kind: 'choice',
    choices: [
      { value: 'usual', label: 'The one for new zones', help: 'As the connection says; none when it names none.' },
      { value: 'none', label: 'None' },
      { value: 'other', label: 'Another one' },
    ],
    value: 'usual',
  },
  {
    id: 'catalog',
    label: 'Name of the catalog zone',
    kind: 'text',
    required: true,
    mono: true,
    when: { field: 'membership', is: ['other'] },
  },
]

const select = (id: string, label: string, ...choices: [string, string][]): FormField => ({
  ...{ id, label, kind: 'choice', value: choices[0]?.[0] ?? '' },
  choices: choices.map(([value, text]) => ({ value, label: text })),
})

const primaries: FormField = {
  id: 'primaries',
  label: 'Primary servers',
  help: 'Addresses or names, one a line.',
  kind: 'lines',
  required: true,
  mono: true,
  placeholder: '192.0.2.53',
}

/** Of zones that are copied from elsewhere. */
export const transferFields: FormField[] = [
  primaries,
  select('transferProtocol', 'Transfer over', ['Tcp', 'TCP'], ['Tls', 'TLS'], ['Quic', 'QUIC']),
  {
    id: 'tsigKeyName',
    label: 'Key for the transfer',
    help: 'The name of a TSIG key in the server’s settings. Empty: none.',
    kind: 'text',
    mono: true,
  },
]

/** A stub zone asks for the name servers and transfers nothing. */
export const stubFields: FormField[] = [primaries]

export const validateField: FormField = {
  id: 'validateZone',
  label: 'Check the copy',
  help: 'By its digest, where the zone has a ZONEMD record.',
  kind: 'switch',
  value: false,
}

export const dateField: FormField = {
  id: 'dateSerial',
  label: 'Serial from the date',
  help: 'As in 2026112300 instead of 1, 2, 3. Off: as every other zone has it.',
  kind: 'switch',
  value: false,
}

export const forwarderFields: FormField[] = [
  {
    id: 'forwarder',
    label: 'Forwarder',
    help: 'The server that questions are sent on to: an address, a name, a URL for HTTPS, or this-server.',
    kind: 'text',
    required: true,
    mono: true,
    placeholder: '192.0.2.53',
  },
  select(
    'forwarderProtocol',
    'Send over',
    ['Udp', 'UDP'],
    ['Tcp', 'TCP'],
    ['Tls', 'TLS'],
    ['Https', 'HTTPS'],
    ['Quic', 'QUIC'],
  ),
  { id: 'dnssecValidation', label: 'Validate answers (DNSSEC)', kind: 'switch', value: false },
]

/** Field ids and the server's parameters. */
const PARAMETERS = {
  primaries: 'primaryNameServerAddresses',
  transferProtocol: 'zoneTransferProtocol',
  tsigKeyName: 'tsigKeyName',
  validateZone: 'validateZone',
  dateSerial: 'useSoaSerialDateScheme',
  forwarder: 'forwarder',
  forwarderProtocol: 'protocol',
  dnssecValidation: 'dnssecValidation',
} as const

function valueParams(values: NonNullable<CreateZone['values']>): Params {
  return Object.fromEntries(
    Object.entries(PARAMETERS).flatMap(([field, parameter]) => {
      const value = values[field]
      const text = Array.isArray(value) ? value.join(',') : String(value ?? '')
      // A switch that is off leaves it to the server.
      return text === '' || value === false ? [] : [[parameter, text]]
    }),
  )
}

function catalogOf({ kind, values = {} }: CreateZone, usual: string): string {
  if (!MEMBERS.has(kind)) return ''
  const membership = values['membership'] ?? (values['catalog'] ? 'other' : 'usual')
  if (membership === 'other') return String(values['catalog'] ?? '')
  return membership === 'usual' ? usual.trim() : ''
}

/** @param name as the server is told it */
export async function createZone(
  { call }: Pick<ReturnType<typeof makeCall>, 'call'>,
  credentials: Readonly<Record<string, string>>,
  name: string,
  input: CreateZone,
): Promise<{ name: string }> {
  const { kind, values = {} } = input
  const catalog = catalogOf(input, credentials['catalog'] ?? '')
  const { domain } = await call(
    '/api/zones/create',
    {
      zone: name,
      type: kind,
      ...(catalog === '' ? {} : { catalog }),
      ...valueParams(values),
    },
    created,
  )
  return { name: zoneName(domain) }
}
