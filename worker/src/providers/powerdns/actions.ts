import type { ZoneActionInfo } from '@zonedeck/shared/capabilities'
import { ProviderError } from '../provider-error.ts'
import type { DnsProvider } from '../provider.ts'
import type { Call } from './call.ts'
import { zoneId } from './wire.ts'

/** Each is the last part of its address in the API. */
export const zoneActions: ZoneActionInfo[] = [
  {
    id: 'notify',
    label: 'Notify secondaries',
    help: 'The server tells the secondary servers that the zone changed, so that they copy it. It has to run with primary=yes, or the notice waits forever.',
    kinds: ['Primary'],
    fields: [],
  },
  {
    id: 'axfr-retrieve',
    label: 'Copy again from the primary',
    help: 'The server asks the primary for the whole zone now, whatever its serial.',
    kinds: ['Secondary'],
    fields: [],
  },
  {
    id: 'rectify',
    label: 'Rectify zone',
    help: 'The server puts the names in the order that DNSSEC needs. Answers do not change otherwise.',
    fields: [],
  },
]

/** The server does these later or where nothing shows: it answers that it has begun. */
export function runActions(call: Call): NonNullable<DnsProvider['actions']> {
  return {
    async run(zone, { action }) {
      if (!zoneActions.some(({ id }) => id === action)) {
        throw new ProviderError('refused', 'PowerDNS has no such action.')
      }
      await call({ method: 'PUT', path: `/zones/${zoneId(zone)}/${action}`, idempotent: true })
    },
    confirms: () => null,
  }
}
