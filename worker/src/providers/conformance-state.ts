import type { Capabilities } from '@zonedeck/shared/capabilities'
import { initialValues, isAsked } from '@zonedeck/shared/form-errors'
import { setKey } from '@zonedeck/shared/plan/keys'
import type { RecordSet } from '@zonedeck/shared/record-set'
import { isRefusal } from '@zonedeck/shared/refusals'
import { readZoneFile } from '@zonedeck/shared/zone-file/read'
import { toRecordSets } from '@zonedeck/shared/zone-file/sets'
import type { PermissionTables } from '@zonedeck/shared/zone'
import type { ZonePermissions } from '@zonedeck/shared/zone-permissions'
import { expect } from 'vitest'
import { edit, plain, sets, values, type Story } from './conformance-edits.ts'
import { filled, firstTaken, others } from './conformance-fill.ts'

/** What the suite asks of settings, permissions, actions, the server's own import, export and search. */
export function stateStories(story: Story, capabilities: Capabilities): void {
  const { min, max } = capabilities.ttl
  const ttl = Math.min(Math.max(3600, min), max)
  const a = (name: string, ...addresses: string[]) => ({ name, type: 'A', ttl, records: values('A', addresses) })

  story(
    'changes one setting at a time, and back',
    async ({ provider: { settings }, zone, settle }) => {
      if (settings === undefined) throw new Error('There are no settings.')
      const held = async () => {
        await settle?.()
        return initialValues((await settings.read(zone)).fields)
      }
      const { fields } = await settings.read(zone)
      expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length)
      const before = await held()
      const moved: string[] = []
      for (const field of fields) {
        if (field.fixed !== undefined || !isAsked(fields, field, before)) continue
        const after = await firstTaken(
          others(field).map((value) => ({ [field.id]: value })),
          (each) => settings.write(zone, each),
        )
        if (after === null) {
          expect(await held(), field.id).toEqual(before)
          continue
        }
        expect(await held(), field.id).toEqual({ ...before, ...after })
        moved.push(field.id)
        const was = before[field.id]
        if (was === undefined) before[field.id] = after[field.id]!
        else await settings.write(zone, { [field.id]: was })
        expect(await held(), `${field.id}, and back`).toEqual(before)
      }
      // Some servers can only show them, and say so at each.
      if (fields.some(({ fixed }) => fixed === undefined)) expect(moved).not.toEqual([])
    },
    capabilities.settings === true,
  )

  story(
    'gives somebody a right on the zone and takes it away',
    async ({ provider: { permissions }, zone }) => {
      if (permissions === undefined) throw new Error('There are no permissions.')
      const before = await permissions.read(zone)
      const name = before.knownGroups.find((each) => !before.groups.some((row) => row.name === each))
      expect(name).toBeDefined()
      const row = { name: name ?? '', view: true, modify: false, delete: false }
      const tables = withoutFixed(before)
      await permissions.write(zone, { ...tables, groups: [...tables.groups, row] })
      const between = await permissions.read(zone)
      expect(byName(between.groups)).toEqual(byName([...before.groups, row]))
      expect(byName(between.users)).toEqual(byName(before.users))
      await permissions.write(zone, tables)
      const after = await permissions.read(zone)
      expect([byName(after.users), byName(after.groups)]).toEqual([byName(before.users), byName(before.groups)])
    },
    capabilities.permissions === true,
  )

  const { nativeImport } = capabilities
  const imports = (mode: 'merge' | 'replace') => !isRefusal(nativeImport) && nativeImport.includes(mode)
  story(
    'imports sets by itself and keeps the others',
    async ({ provider, zone, settle }) => {
      await edit(provider, zone, a('keep', '192.0.2.1'))
      await edit(provider, zone, a('edit', '192.0.2.1', '192.0.2.2'))
      const before = await sets(provider, zone)
      const written = [a('edit', '192.0.2.3'), a('new', '192.0.2.4')]
      expect(provider.nativeImport?.refuses(written)).toBeNull()
      await provider.nativeImport?.run(zone, written, 'merge')
      await settle?.()
      const wanted = new Map([...before, ...written.map((set) => [setKey(set), set] as const)])
      expect(editable(await sets(provider, zone))).toEqual(editable(wanted))
    },
    imports('merge'),
  )

  story(
    'imports a whole zone by itself and deletes what is not in it',
    async ({ provider, zone, settle }) => {
      await edit(provider, zone, a('keep', '192.0.2.1'))
      await edit(provider, zone, a('gone', '192.0.2.2'))
      const wanted = await sets(provider, zone)
      wanted.delete('gone A')
      wanted.set('new A', a('new', '192.0.2.3'))
      const written = [...wanted.values()].filter(({ readOnly }) => readOnly === undefined)
      expect(provider.nativeImport?.refuses(written)).toBeNull()
      await provider.nativeImport?.run(zone, written, 'replace')
      await settle?.()
      expect(editable(await sets(provider, zone))).toEqual(editable(wanted))
    },
    imports('replace'),
  )

  story(
    'writes a zone file that holds the same sets',
    async ({ provider, zone }) => {
      await edit(provider, zone, a('www', '192.0.2.1', '192.0.2.2'))
      await edit(provider, zone, {
        name: '@',
        type: 'MX',
        ttl,
        records: values('MX', ['10 mail.example.net.', '20 mail2.example.net.']),
      })
      await edit(provider, zone, {
        name: '_x.txt',
        type: 'TXT',
        ttl,
        records: values('TXT', ['"v=1; a \\"b\\" \\\\c"']),
      })
      const file = readZoneFile((await provider.exportZone?.(zone)) ?? '', { zone })
      expect(file.errors).toEqual([])
      const exported = new Map(toRecordSets(file.records, zone).map((set) => [setKey(set), set]))
      // Name servers that the server keeps to itself are in what it publishes all the same.
      if (isRefusal(capabilities.apexNs)) exported.delete('@ NS')
      expect(editable(exported)).toEqual(editable(await sets(provider, zone)))
    },
    capabilities.nativeExport === true,
  )

  story(
    'finds a record by its name and by its content, and no more than it is asked for',
    async ({ provider, zone, settle }) => {
      await edit(provider, zone, { name: 'sought-after', type: 'TXT', ttl, records: values('TXT', ['"needle-4711"']) })
      await edit(provider, zone, a('elsewhere', '192.0.2.1'))
      await settle?.()
      const hit = expect.objectContaining({ zone, name: 'sought-after', type: 'TXT' }) as object
      for (const text of ['sought-after', 'needle-4711', '*eedle-47?1*', 'SOUGHT-AFTER']) {
        const found = await provider.search?.(text, 20)
        expect(found, text).toContainEqual(hit)
        expect(found?.some(({ name }) => name === 'elsewhere')).toBe(false)
      }
      expect(await provider.search?.('no-such-needle', 20)).toEqual([])
      expect(((await provider.search?.('*', 1)) ?? []).length).toBeLessThanOrEqual(1)
    },
    capabilities.search === true,
  )

  for (const { id, kinds, danger, fields, label } of capabilities.actions) {
    const sent = filled(fields)
    story(
      `does as it offers: ${label}`,
      async ({ provider, zone, settle }) => {
        const { kind } = (await provider.readZone(zone)).zone
        const action = { action: id, values: sent ?? {} }
        if (kinds?.includes(kind) === false) return
        await provider.actions?.run(zone, action)
        await settle?.()
        const after = await provider.readZone(zone)
        expect(provider.actions?.confirms(action, after.zone)).not.toBe(false)
      },
      danger === undefined && sent !== null,
    )
  }
}

function withoutFixed({ users, groups }: ZonePermissions): PermissionTables {
  const own = (rows: ZonePermissions['users']) =>
    rows.filter(({ fixed }) => fixed === undefined).map(({ fixed: _, ...row }) => row)
  return { users: own(users), groups: own(groups) }
}

function byName(rows: ZonePermissions['users']) {
  return [...rows].sort((one, other) => (one.name < other.name ? -1 : 1))
}

/** What people edit: no signatures, and no SOA, whose serial counts up. */
function editable(held: ReadonlyMap<string, RecordSet>) {
  return [...held.values()]
    .filter(({ type, readOnly }) => type !== 'SOA' && readOnly === undefined)
    .map(plain)
    .sort((one, other) => (setKey(one!) < setKey(other!) ? -1 : 1))
}
