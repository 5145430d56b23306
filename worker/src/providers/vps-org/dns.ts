import { displayName, NameError, parseName } from '@zonedeck/shared/names'
import type { Zone } from '@zonedeck/shared/zone'
import { readJson } from '../json.ts'
import { ProviderError } from '../provider-error.ts'
import type { DnsProvider, ProviderContext } from '../provider.ts'
import { about } from './about.ts'
import { applyChanges } from './apply.ts'
import { makeCall } from './call.ts'
import { failure } from './failure.ts'
import { readRecords, toRecordSets } from './records.ts'
import { makeRecordWriter } from './write-record.ts'
import { accountSchema, recordSchema, zoneSchema, type WireRecord, type WireZone } from './wire.ts'

/**
 * The DNS API of VPS.org: zones and single records by UUID, one call a record.
 *
 * A zone is found by its name, then read as the list of its records, which may have pages. Before writing it is looked at
 * once more, whole, for the ids of its records and for what changed this moment; afterwards each edited record is read
 * again, and the lists of the types that gained or lost records.
 */
export function dns(context: ProviderContext): DnsProvider {
  const call = makeCall(context)
  /** Of zones that were found, so that one request asks once. */
  const uuids = new Map<string, string>()

  async function find(zone: string): Promise<WireZone | null> {
    const named = async (query: Record<string, string>) => {
      const zones = await call.list(zoneSchema, '/dns-zones/', 'zones', query)
      return zones.find(({ domain }) => readDomain(domain) === zone) ?? null
    }
    // An international name may be kept in letters, and is then not found by its A-labels.
    const letters = displayName(zone)
    return (await named({ domain: zone })) ?? (letters === zone ? null : await named({}))
  }

  async function findOrThrow(zone: string): Promise<WireZone> {
    const found = await find(zone)
    if (found === null) throw new ProviderError('missing', `VPS.org has no zone ${zone} in this account.`)
    uuids.set(zone, found.uuid)
    return found
  }

  const uuidOf = async (zone: string) => uuids.get(zone) ?? (await findOrThrow(zone)).uuid

  const listRecords = (uuid: string) => call.list(recordSchema, `/dns-zones/${uuid}/records/`, 'records')

  /** The whole zone in one call, or its list where the server says that this was not all. */
  async function recordsNow(uuid: string): Promise<WireRecord[]> {
    const { records, record_count: count } = await call.get(zoneSchema, `/dns-zones/${uuid}/`, 'this zone')
    return records && records.length >= (count ?? 0) ? records : listRecords(uuid)
  }

  return {
    async test() {
      const { account, token } = await call
        .get(accountSchema, '/account/me/', 'the account')
        .catch((error: unknown) => {
          if (!(error instanceof ProviderError) || error.kind !== 'missing') throw error
          throw new ProviderError('missing', `There is no API of VPS.org at this address. Enter ${about.urlExample}.`)
        })
      const name = token.name ? `token ${token.name.slice(0, 100)}` : ''
      const email = account.email?.slice(0, 200) ?? ''
      const { permissions } = token
      return {
        ...(email || name ? { account: email && name ? `${email} (${name})` : email || name } : {}),
        permissions: permissions.slice(0, 200).map((one) => one.slice(0, 100)),
        missing: NEEDED.filter(([permission]) => !isGranted(permission, permissions)).map(
          ([permission, what]) => `The token may not ${what} (${permission}).`,
        ),
        // The documents name no permission for changing a record. Where there is one, this is its name.
        ...(isGranted('dns:update', permissions)
          ? {}
          : { notes: ['If VPS.org refuses to change a record, the token lacks dns:update.'] }),
      }
    },

    async listZones() {
      return (await call.list(zoneSchema, '/dns-zones/', 'zones')).map(toZone)
    },

    async readZone(zone) {
      const found = await findOrThrow(zone)
      const records = await listRecords(found.uuid)
      return {
        zone: { ...toZone(found), recordCount: records.length },
        recordSets: toRecordSets(readRecords(zone, records)),
      }
    },

    async apply(zone, changes, fresh) {
      const uuid = await uuidOf(zone)
      return applyChanges(changes, {
        zone,
        held: readRecords(zone, await recordsNow(uuid)),
        fresh,
        writer: makeRecordWriter(call, zone, uuid),
        callsLeft: () => context.upstream.callsLeft(),
      })
    },

    async createZone(zone) {
      if (zone === '@') throw new ProviderError('refused', 'VPS.org does not host the root zone.')
      const response = await call.ask('POST', '/dns-zones/', { domain: zone })
      if (response.status >= 400) {
        const error = failure('POST', response)
        // One status for every bad name: what the account holds tells which.
        const there = error.kind === 'refused' && (await find(zone).catch(() => null)) !== null
        if (!there) throw error
        throw new ProviderError('conflict', 'VPS.org has a zone of this name already.')
      }
      try {
        const made = readJson(zoneSchema, response.text, 'the new zone')
        uuids.set(zone, made.uuid)
        return { name: readDomain(made.domain) }
      } catch (error) {
        // It is made, whatever the answer looks like: reading it will tell.
        if (error instanceof ProviderError) return { name: zone }
        throw error
      }
    },

    async deleteZone(zone) {
      const response = await call.ask('DELETE', `/dns-zones/${await uuidOf(zone)}/`)
      if (response.status >= 400) throw failure('DELETE', response)
      uuids.delete(zone)
    },
  }
}

/** Permissions that the documents name, and what they are for. */
const NEEDED = [
  ['dns:list', 'see zones and records'],
  ['dns:create', 'create zones and add records'],
  ['dns:delete', 'delete zones and records'],
] as const

function isGranted(permission: string, permissions: readonly string[]): boolean {
  return [permission, 'dns:*', '*'].some((one) => permissions.includes(one))
}

function toZone({ uuid, domain, record_count: count }: WireZone): Zone {
  return { name: readDomain(domain), kind: 'Hosted', ...(count == null ? {} : { recordCount: count }), ref: uuid }
}

function readDomain(domain: string): string {
  try {
    return parseName(domain).replace(/\.$/, '')
  } catch (error) {
    if (!(error instanceof NameError)) throw error
    throw new ProviderError('protocol', 'VPS.org lists a zone whose name is no DNS name.')
  }
}
