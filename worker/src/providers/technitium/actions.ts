import type { ZoneActionInfo } from '@zonedeck/shared/capabilities'
import { NameError, parseZoneName } from '@zonedeck/shared/names'
import type { ZoneAction } from '@zonedeck/shared/zone'
import * as z from 'zod'
import { ProviderError } from '../provider-error.ts'
import type { DnsProvider } from '../provider.ts'
import type { makeCall } from './call.ts'

const STARTS_ANEW = 'Its options (catalog, transfer, notify, updates) start anew; the server’s permissions on it stay.'

/** Converting makes the zone anew under its name. */
const CONVERSIONS = {
  'convert-to-primary': {
    to: 'Primary',
    label: 'Convert to primary',
    kinds: ['Forwarder', 'Secondary', 'SecondaryForwarder'],
    help: 'The zone becomes a primary zone with the records it has, and is edited here from then on. Forwarders are dropped.',
    danger: `It no longer follows another server, and no longer forwards. ${STARTS_ANEW}`,
  },
  'convert-to-forwarder': {
    to: 'Forwarder',
    label: 'Convert to forwarder',
    kinds: ['Primary', 'Secondary', 'SecondaryForwarder'],
    help: 'The zone becomes a forwarder zone that keeps its records, but for the SOA and the name servers.',
    danger: `The SOA and every NS record are lost, delegations too. ${STARTS_ANEW}`,
  },
  'convert-to-catalog': {
    to: 'Catalog',
    label: 'Convert to catalog',
    kinds: ['SecondaryCatalog'],
    help: 'The copy becomes a catalog of this server, and its zones become primary and forwarder zones.',
    danger: `Neither it nor its zones follow the other server any more. ${STARTS_ANEW}`,
  },
} as const

export const actions: ZoneActionInfo[] = [
  {
    id: 'resync',
    label: 'Transfer again',
    help: 'The server gets the whole zone from its primary again.',
    kinds: ['Secondary', 'SecondaryForwarder', 'SecondaryCatalog', 'Stub'],
    fields: [],
  },
  {
    id: 'clone',
    label: 'Clone zone',
    help: 'A new zone gets the records of this one, its options but for the catalog, and its permissions. Keys, DS records and expiry times stay behind.',
    kinds: ['Primary', 'Forwarder'],
    fields: [
      {
        id: 'name',
        label: 'Name of the new zone',
        kind: 'text',
        required: true,
        mono: true,
        maxLength: 253,
        placeholder: 'copy.example.com',
      },
    ],
    makes: 'name',
  },
  ...Object.entries(CONVERSIONS).map(([id, { label, help, danger, kinds }]) => ({
    id,
    label,
    help,
    kinds: [...kinds],
    danger,
    fields: [],
  })),
]

function conversion(action: string) {
  return Object.hasOwn(CONVERSIONS, action) ? CONVERSIONS[action as keyof typeof CONVERSIONS] : undefined
}

export function makeActions(
  { call }: Pick<ReturnType<typeof makeCall>, 'call'>,
  address: (zone: string) => string,
  readZone: DnsProvider['readZone'],
): NonNullable<DnsProvider['actions']> {
  /** The answer holds nothing: the new zone is looked for. */
  async function clone(zone: string, values: ZoneAction['values']): Promise<void> {
    const name = newName(values['name'])
    await call('/api/zones/clone', { zone: address(name), sourceZone: address(zone) }, z.unknown())
    await readZone(name)
  }

  return {
    async run(zone, { action, values }) {
      const target = conversion(action)
      if (target) await call('/api/zones/convert', { zone: address(zone), type: target.to }, z.unknown())
      else if (action === 'clone') await clone(zone, values)
      else if (action === 'resync') await call('/api/zones/resync', { zone: address(zone) }, z.unknown())
      else throw new ProviderError('refused', 'This server offers no such action.')
    },
    confirms({ action }, { kind }) {
      const target = conversion(action)
      return target ? kind === target.to : null
    },
  }
}

function newName(value: unknown): string {
  try {
    return parseZoneName(typeof value === 'string' ? value : '')
  } catch (error) {
    if (error instanceof NameError) throw new ProviderError('refused', error.message, { field: 'name' })
    throw error
  }
}
