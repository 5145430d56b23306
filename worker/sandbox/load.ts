import { readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { diffZones } from '@zonedeck/shared/plan/diff'
import { orderChanges } from '@zonedeck/shared/plan/order'
import type { RecordSet } from '@zonedeck/shared/record-set'
import { readZoneFile } from '@zonedeck/shared/zone-file/read'
import { toRecordSets } from '@zonedeck/shared/zone-file/sets'
import type { DnsProvider } from '../src/providers/provider.ts'

interface KeptZone {
  name: string
  kind: string
  disabled: boolean
  recordSets: RecordSet[]
}

/** Puts zones onto a fresh server the way the panel would: through the adapter, as changes. */
async function fill(provider: DnsProvider, { name, kind, disabled, recordSets }: KeptZone): Promise<void> {
  await provider.createZone?.(name, { operation: 'create', kind })
  let fresh = (await provider.readZone(name)).recordSets
  let changes = orderChanges(diffZones(fresh, recordSets)).filter((change) => !change.before?.readOnly)
  while (changes.length > 0) {
    const { results } = await provider.apply(name, changes, fresh)
    const failed = results.find((result) => result.status !== 'done')
    if (failed) throw new Error(`Sandbox zone ${name}: ${failed.name} ${failed.type} ${failed.detail ?? failed.status}`)
    changes = changes.slice(results.length)
    fresh = (await provider.readZone(name)).recordSets
  }
  if (disabled) await provider.setZoneEnabled?.(name, false)
}

async function fromZoneFiles(folder: string, kind: string): Promise<KeptZone[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.zone')).toSorted()
  return Promise.all(
    files.map(async (file) => {
      const name = basename(file, '.zone')
      const { records, errors } = readZoneFile(await readFile(join(folder, file)), { zone: name })
      if (errors[0]) throw new Error(`${file}:${errors[0].line}: ${errors[0].message}`)
      return { name, kind, disabled: false, recordSets: toRecordSets(records, name) }
    }),
  )
}

/** Fills a fresh server with the zone files of a folder. */
export async function loadFiles(provider: DnsProvider, folder: string, kind: string): Promise<void> {
  for (const zone of await fromZoneFiles(folder, kind)) await fill(provider, zone)
}

/** Fills a fresh server with what was kept from the last run, or with the zone files of a folder. */
export async function load(provider: DnsProvider, folder: string, kind: string, kept: string): Promise<void> {
  const snapshot = await readFile(kept, 'utf8').catch(() => null)
  if (snapshot === null) return loadFiles(provider, folder, kind)
  for (const zone of JSON.parse(snapshot) as KeptZone[]) await fill(provider, zone)
}

/** Keeps what a server holds now for the next start. */
export async function keep(provider: DnsProvider, path: string): Promise<void> {
  const zones: KeptZone[] = []
  for (const listed of await provider.listZones()) {
    const { zone, recordSets } = await provider.readZone(listed.name)
    zones.push({ name: zone.name, kind: zone.kind, disabled: zone.disabled === true, recordSets })
  }
  await writeFile(path, JSON.stringify(zones))
}
