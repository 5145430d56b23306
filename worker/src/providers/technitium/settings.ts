import type { FormValues } from '@zonedeck/shared/form'
import type { ZoneSettings } from '@zonedeck/shared/zone'
import * as z from 'zod'
import type { DnsProvider } from '../provider.ts'
import type { makeCall } from './call.ts'
import { optionFields } from './options-fields.ts'
import { optionParams } from './options-values.ts'
import { zoneOptions } from './wire.ts'
import { listAll } from './zones.ts'

/** Names of members that a catalog shows. */
const SHOWN = 50

/** The options of a zone. Reading them needs Modify in the server's section Zones. */
export function makeSettings(
  calls: ReturnType<typeof makeCall>,
  address: (zone: string) => string,
): NonNullable<DnsProvider['settings']> {
  const options = (zone: string) =>
    calls.call(
      '/api/zones/options/get',
      { zone: address(zone), includeAvailableCatalogZoneNames: 'true', includeAvailableTsigKeyNames: 'true' },
      zoneOptions,
      { reads: true },
    )

  async function members(catalog: string): Promise<ZoneSettings['facts']> {
    const names = (await listAll(calls)).filter((zone) => zone.catalog === catalog).map(({ name }) => name)
    const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''
    return [{ label: 'Zones in it', value: names.length === 0 ? 'none' : names.slice(0, SHOWN).join(', ') + more }]
  }

  return {
    async read(zone) {
      const held = await options(zone)
      return {
        fields: optionFields(held),
        facts: [
          ...(held.type === 'Catalog' ? await members(held.name) : []),
          ...(held.notifyFailed === true
            ? [{ label: 'Could not be told', value: (held.notifyFailedFor ?? []).join(', ') }]
            : []),
        ],
      }
    },
    async write(zone, values) {
      await calls.call(
        '/api/zones/options/set',
        { zone: address(zone), ...(await complete(zone, values)) },
        z.unknown(),
      )
    },
  }

  /** The server reads addresses of primaries as those of the protocol that is sent along, or of UDP. */
  async function complete(zone: string, values: FormValues) {
    const params = optionParams(values)
    if (params['primaryNameServerAddresses'] === undefined || params['primaryZoneTransferProtocol'] !== undefined) {
      return params
    }
    const { primaryZoneTransferProtocol: protocol } = await options(zone)
    return protocol === undefined ? params : { ...params, primaryZoneTransferProtocol: protocol }
  }
}
