import type { HistoryEntry } from '@zonedeck/shared/job'
import type { Right } from '@zonedeck/shared/connection'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { emptyPanel, person, type Panel } from '../../http/test-panel.ts'

const zone = 'firm.example'
let panel: Panel

async function write(id: string, where: string, operation: string | null): Promise<void> {
  const { DB } = panel.env
  await DB.batch([
    DB.prepare(
      `INSERT INTO history (id, at, actor_id, actor, connection_id, connection_name, zone, state, operation,
         creates, modifies, deletes, accepted)
       VALUES (?, '2026-11-23T12:00:00Z', 'usr_o', 'Olga', 'con_a', 'server', ?, 'done', ?, 0, 0, 0, '[]')`,
    ).bind(id, where, operation),
    DB.prepare('INSERT INTO history_parts (history_id, part, body) VALUES (?, 0, ?)').bind(
      id,
      '{"changes":[],"results":[],"accepted":[]}',
    ),
  ])
}

beforeEach(async () => {
  panel = await emptyPanel()
  await write('his_records', zone, null)
  await write('his_settings', zone, JSON.stringify({ operation: 'settings', values: {} }))
  await write('his_permissions', zone, JSON.stringify({ operation: 'permissions', users: [], groups: [] }))
  await write('his_account', '*', JSON.stringify({ operation: 'user-delete', user: 'jane' }))
  await write('his_filter', '*', JSON.stringify({ operation: 'filter', base: '0'.repeat(64) }))
  await write('his_other', 'bank.example', null)
})
afterEach(() => vi.restoreAllMocks())

const ofZone = ['his_permissions', 'his_records', 'his_settings']

// What may not be read on the server now is not to be had from the history either.
it.each<[string, { connection: string; zone: string; right: Right }[] | 'owner', string[]]>([
  ['an owner', 'owner', ['his_account', 'his_filter', 'his_other', ...ofZone]],
  ['nobody', [], []],
  ['view on a zone', [{ connection: 'con_a', zone, right: 'view' }], ['his_records', 'his_settings']],
  ['full on a zone', [{ connection: 'con_a', zone, right: 'full' }], ofZone],
  ['full on a zone anywhere', [{ connection: '*', zone, right: 'full' }], ofZone],
  [
    'edit on a server',
    [{ connection: 'con_a', zone: '*', right: 'edit' }],
    ['his_filter', 'his_other', 'his_records', 'his_settings'],
  ],
  [
    'full on a server',
    [{ connection: 'con_a', zone: '*', right: 'full' }],
    ['his_account', 'his_filter', 'his_other', ...ofZone],
  ],
  [
    'full on a server but for a zone',
    [
      { connection: 'con_a', zone: '*', right: 'full' },
      { connection: 'con_a', zone, right: 'none' },
    ],
    ['his_account', 'his_filter', 'his_other'],
  ],
  ['full on another server', [{ connection: 'con_b', zone: '*', right: 'full' }], []],
])('%s sees what the right allows, in the list and one by one', async (_, rights, ids) => {
  const reader = await person(panel, 'usr_reader', rights)
  const list = (await (await reader.ask('GET', 'history')).json()) as HistoryEntry[]
  expect(list.map(({ id }) => id).sort()).toEqual(ids)
  for (const id of ['his_account', 'his_filter', 'his_other', ...ofZone]) {
    const { status } = await reader.ask('GET', `history/${id}`)
    expect(status === 200, `${id}: ${status}`).toBe(ids.includes(id))
  }
})
