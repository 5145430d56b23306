import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import type { RecordSet } from '@zonedeck/shared/record-set'
import { readZoneFile } from '@zonedeck/shared/zone-file/read'
import { toRecordSets } from '@zonedeck/shared/zone-file/sets'
import { writeZoneFile } from '@zonedeck/shared/zone-file/write'
import { Answer } from './simulator-answer.ts'
import type { SimulatedRecord } from './simulator-records.ts'
import { fromBind, toBind, TYPES, valueError } from './simulator-values.ts'

const NAME_SERVERS = ['ns1.eu-nl-1.thalassa.cloud.', 'ns2.eu-nl-1.thalassa.cloud.']

const canonical = (type: string, text: string) => ({ rdata: canonicalRdata(type, text) })

/** The zone as it is exported and published: with its SOA, and with the region's name servers where it has none. */
export function zoneFileOf(zone: string, records: readonly SimulatedRecord[], serial: number): string {
  const soa = `${NAME_SERVERS[0]} hostmaster.thalassa.cloud. ${serial} 7200 3600 1209600 300`
  const own = records.map(({ name, type, ttl, values }) => ({
    ...{ name, type, ttl },
    records: values.map((value) => canonical(type, toBind(type, value))),
  }))
  const sets: RecordSet[] = [{ name: '@', type: 'SOA', ttl: 3600, records: [canonical('SOA', soa)] }, ...own]
  if (!own.some(({ name, type }) => name === '@' && type === 'NS')) {
    sets.push({ name: '@', type: 'NS', ttl: 3600, records: NAME_SERVERS.map((host) => canonical('NS', host)) })
  }
  return writeZoneFile(zone, sets)
}

/** What a BIND file holds of the types that Thalassa takes, and how many sets of other types it leaves out. */
export function readBind(zone: string, text: string) {
  const { records, errors } = readZoneFile(text, { zone })
  if (errors[0]) throw new Answer(400, `invalid zone file: line ${errors[0].line}: ${errors[0].message}`)
  const sets = toRecordSets(records, zone)
  const taken = sets
    .filter(({ type }) => TYPES.includes(type))
    .map(({ name, type, ttl, records: found }) => ({
      ...{ name, type, ttl },
      values: found.map(({ rdata }) => fromBind(type, rdata)),
    }))
  for (const { type, values } of taken) {
    const error = values.map((value) => valueError(type, value)).find((each) => each !== null)
    if (error) throw new Answer(400, `invalid zone file: ${error}`)
  }
  return { taken, skipped: sets.length - taken.length }
}
