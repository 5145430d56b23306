import type { Zone } from '@zonedeck/shared/zone'
import type { makeCall } from './call.ts'
import { zoneList, type ZoneInfo } from './wire.ts'

const READ_ONLY: Readonly<Record<string, string>> = {
  Secondary: 'This is a copy: its records come from the primary server.',
  Stub: 'A stub zone only knows the name servers of the real one.',
  SecondaryForwarder: 'This is a copy: its records come from the primary server.',
  Catalog: 'The server keeps the records of a catalog zone itself.',
  SecondaryCatalog: 'This is a copy: its records come from the primary server.',
}

/** A zone's name as the panel says it. */
export const zoneName = (name: string) => (name === '' || name === '.' ? '@' : name.toLowerCase())

export function toZone(info: ZoneInfo): Zone {
  const expired = info.isExpired === true
  const warnings = [
    expired && 'The copy has expired: the primary server has not answered for too long.',
    !expired && info.syncFailed === true && `The last transfer from the primary server failed.${expiryOf(info)}`,
    expired && info.syncFailed === true && 'The last transfer from the primary server failed.',
    info.validationFailed === true && 'The digest (ZONEMD) of the transferred zone did not validate.',
    info.notifyFailed === true && `These servers could not be notified: ${(info.notifyFailedFor ?? []).join(', ')}.`,
  ].filter((warning) => warning !== false)
  const readOnly = READ_ONLY[info.type]
  return {
    name: zoneName(info.name),
    kind: info.type,
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(info.disabled ? { disabled: true } : {}),
    ...(info.dnssecStatus === undefined ? {} : { dnssec: info.dnssecStatus !== 'Unsigned' }),
    ...(info.soaSerial === undefined ? {} : { serial: info.soaSerial }),
    ...(info.lastModified === undefined ? {} : { modifiedAt: info.lastModified }),
    ...(info.catalog ? { catalog: info.catalog } : {}),
    ...(warnings.length > 0 ? { warnings } : {}),
  }
}

function expiryOf({ expiry }: ZoneInfo): string {
  const at = expiry === undefined ? Number.NaN : Date.parse(expiry)
  // The server says year 1 for never.
  return at > 0 ? ` The copy expires at ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC.` : ''
}

const PAGE = 1000
/** Calls for one list: with more zones the pages grow. */
const MOST_PAGES = 15
const LARGE = 64 * 2 ** 20

/**
 * Every zone, page by page. A zone that is made or deleted meanwhile moves others to the next page: what is there twice
 * counts once. A server that knows no pages answers with everything at once.
 */
export async function listAll({ call }: Pick<ReturnType<typeof makeCall>, 'call'>): Promise<ZoneInfo[]> {
  const page = (pageNumber: number, zonesPerPage: number) =>
    call('/api/zones/list', { pageNumber: String(pageNumber), zonesPerPage: String(zonesPerPage) }, zoneList, {
      reads: true,
      maxBytes: LARGE,
    })
  const first = await page(1, PAGE)
  const total = first.totalZones ?? first.zones.length
  if (total <= first.zones.length) return first.zones
  const size = Math.max(PAGE, Math.ceil(total / MOST_PAGES))
  const kept = size === PAGE ? [first] : []
  const numbers = Array.from({ length: Math.ceil(total / size) }, (_, at) => at + 1).slice(kept.length)
  const pages = [...kept, ...(await Promise.all(numbers.map((number) => page(number, size))))]
  return [...new Map(pages.flatMap(({ zones }) => zones).map((zone) => [zone.name, zone])).values()]
}
