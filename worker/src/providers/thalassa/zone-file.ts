import type { RecordSet } from '@zonedeck/shared/record-set'
import { writeZoneFile } from '@zonedeck/shared/zone-file/write'
import { parseJson, readJson } from '../json.ts'
import type { DnsProvider } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import type { Addresses } from './addresses.ts'
import type { Call } from './call.ts'
import { writeValue } from './values.ts'
import { exportSchema, importSchema, toRecordSet } from './wire.ts'

const LARGE = 64 * 2 ** 20

/** Thalassa's import: one call for any number of sets, with its counts. */
export function makeNativeImport(call: Call, addresses: Addresses): NonNullable<DnsProvider['nativeImport']> {
  return {
    refuses(sets) {
      for (const { name, type, records } of sets) {
        try {
          for (const { rdata } of records) writeValue(type, rdata)
        } catch (error) {
          if (error instanceof ProviderError) return `${name} ${type}: ${error.message}`
          throw error
        }
      }
      return null
    },

    async run(zone, sets, mode) {
      const path = await addresses.zonePath(zone)
      const replace = mode === 'replace'
      // Replacing deletes what is not in the file: name servers at the apex, which are not ours to change, go along.
      const kept = replace ? (await addresses.listRecords(path)).flatMap((record) => keptSet(zone, record)) : []
      const body = { zoneFile: writeZoneFile(zone, [...sets, ...kept]), ...(replace ? { replaceExisting: true } : {}) }
      const { text } = await call({ method: 'POST', path: `${path}/import`, body, timeout: 30_000, maxBytes: LARGE })
      return counted(text)
    },
  }
}

function keptSet(zone: string, record: Parameters<typeof toRecordSet>[1]): RecordSet[] {
  const set = toRecordSet(zone, record)
  return set?.readOnly === 'apex-ns' ? [set] : []
}

/** What was done is done, however its answer reads. */
function counted(text: string): string | undefined {
  try {
    const { created, updated, deleted, skipped } = importSchema.parse(parseJson(text))
    const left = skipped === 0 ? '' : ` It skipped ${skipped}.`
    return `Thalassa created ${created} record sets, updated ${updated} and deleted ${deleted}.${left}`
  } catch {
    return undefined
  }
}

/** The zone file as Thalassa writes it, in JSON; a plain one is taken, too. */
export async function exportZone(call: Call, addresses: Addresses, zone: string): Promise<string> {
  const path = await addresses.zonePath(zone)
  const { text, contentType } = await call({ method: 'GET', path: `${path}/export`, maxBytes: LARGE })
  if (/^text\/(plain|dns)$/.test(contentType)) return text
  return readJson(exportSchema, text, 'the zone file').zoneFile
}
