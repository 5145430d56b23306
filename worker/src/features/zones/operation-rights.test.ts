import type { Job, Plan } from '@zonedeck/shared/job'
import { findingKey } from '@zonedeck/shared/plan/keys'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyPanel, person, type Browser, type Panel } from '../../http/test-panel.ts'
import { simulate } from '../../providers/technitium/simulator.ts'

const token = 'f'.repeat(64)
let panel: Panel
let connection: string

beforeEach(async () => {
  const server = simulate({ version: '15.2', admin: { password: 'secret', token }, zones: [{ name: 'firm.example' }] })
  panel = await emptyPanel({ internet: server.fetch })
  const owner = await person(panel, 'usr_owner', 'owner')
  const input = { name: 'server', provider: 'technitium', url: 'http://localhost:5380', credentials: { token } }
  const added = await owner.ask('POST', 'connections', input)
  connection = ((await added.json()) as { id: string }).id
})
afterEach(() => {
  vi.restoreAllMocks()
})

const right = (zone: string) => ({ connection, zone, right: 'full' as const })

function clone(browser: Browser, name: string): Promise<Response> {
  const operation = { operation: 'action', action: 'clone', values: { name } }
  return browser.ask('POST', `connections/${connection}/zones/firm.example/plans`, { changes: [], operation })
}

describe('an action that makes another zone', () => {
  it('needs the full right on that zone, too', async () => {
    const guest = await person(panel, 'usr_guest', [right('firm.example'), right('mine.example')])
    const foreign = await clone(guest, 'bank.example')
    expect(foreign.status).toBe(403)
    expect(await foreign.text()).toContain('bank.example')
    expect((await clone(guest, 'MINE.example.')).status).toBe(200)
  })

  it('names a zone', async () => {
    const guest = await person(panel, 'usr_guest', [right('*')])
    const wrong = await clone(guest, '*.example')
    expect(wrong.status).toBe(422)
    expect(await wrong.json()).toMatchObject({ errors: [{ pointer: '/operation/values/name' }] })
  })
})

describe('a catalog that is to list the zone', () => {
  const create = (catalog: string) => ({
    operation: 'create',
    kind: 'Primary',
    values: { membership: 'other', catalog },
  })
  const settings = (catalog: string) => ({ operation: 'settings', values: { catalog } })

  it.each([
    ['a new zone', 'new.example', create],
    ['a zone that is there', 'firm.example', settings],
  ])('needs the full right on it as well as on %s', async (_, zone, operation) => {
    const guest = await person(panel, 'usr_guest', [right(zone), right('mine.example')])
    const plan = (catalog: string) =>
      guest.ask('POST', `connections/${connection}/zones/${zone}/plans`, { changes: [], operation: operation(catalog) })
    const foreign = await plan('Members.example.')
    expect(foreign.status).toBe(403)
    expect(await foreign.text()).toContain('members.example')
    expect((await plan('mine.example')).status).not.toBe(403)
    expect(await (await plan('*.example')).json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/operation/values/catalog' }],
    })
  })

  it('is not asked about where the operation names none', async () => {
    const guest = await person(panel, 'usr_guest', [right('new.example')])
    const operation = { operation: 'create', kind: 'Primary' }
    const path = `connections/${connection}/zones/new.example/plans`
    expect((await guest.ask('POST', path, { changes: [], operation })).status).toBe(200)
  })
})

describe('a job that changed permissions', () => {
  it('is followed by those who may read them', async () => {
    const path = `connections/${connection}/zones/firm.example`
    const owner = await person(panel, 'usr_other', 'owner')
    const input = { changes: [], operation: { operation: 'permissions', users: [], groups: [] } }
    const { plan, findings } = (await (await owner.ask('POST', `${path}/plans`, input)).json()) as Plan
    const accept = findings.map(findingKey)
    const { id } = (await (await owner.ask('POST', `${path}/jobs`, { ...input, plan, accept })).json()) as Job
    const edit = await person(panel, 'usr_edit', [{ ...right('firm.example'), right: 'edit' }])
    expect((await edit.ask('GET', `${path}/jobs/${id}`)).status).toBe(403)
    const full = await person(panel, 'usr_full', [right('firm.example')])
    expect((await full.ask('GET', `${path}/jobs/${id}`)).status).toBe(200)
  })
})

describe('deleting a zone', () => {
  it('says what is lost with it beside its records', async () => {
    const owner = await person(panel, 'usr_other', 'owner')
    const path = `connections/${connection}/zones/firm.example/plans`
    const plan = await owner.ask('POST', path, { changes: [], operation: { operation: 'delete' } })
    expect(await plan.text()).toContain('permissions, options and DNSSEC keys')
  })
})
