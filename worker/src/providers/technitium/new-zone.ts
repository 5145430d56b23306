import type { FormField } from '@zonedeck/shared/form'
import type { CreateZone } from '@zonedeck/shared/zone'
import type { makeCall } from './call.ts'
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
      ...(Array.isArray(values['primaries']) ? { primaryNameServerAddresses: values['primaries'].join(',') } : {}),
      ...(values['forwarder'] ? { forwarder: String(values['forwarder']) } : {}),
    },
    created,
  )
  return { name: zoneName(domain) }
}
