import { applyD1Migrations, reset, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Account } from '@zonedeck/shared/account'
import type { Delegation } from '@zonedeck/shared/delegation'
import type { DnssecState } from '@zonedeck/shared/dnssec'
import type { FormValues } from '@zonedeck/shared/form'
import type { Job, Plan } from '@zonedeck/shared/job'
import type { Operation } from '@zonedeck/shared/operation'
import { findingKey } from '@zonedeck/shared/plan/keys'
import type { ZonePermissions } from '@zonedeck/shared/zone-permissions'
import { beforeEach, expect, it } from 'vitest'
import { ProviderError } from '../../providers/provider-error.ts'
import { fakeServer, noDs, set, type FakeServer } from './fake-server.ts'
import { recordHistory } from './record-history.ts'
import type { Answer } from '../answer.ts'
import { makeWriter, type Writer } from './writer.ts'

const zone = 'example.org'
/** Far away, so that the real clock does not ring an alarm of these tests. */
const start = Date.UTC(2096, 10, 23, 12)

interface World {
  server: FakeServer
  writer: Writer
  /** What the zone above has. */
  parent: { ds: Delegation['ds']; asked: number }
  storage: DurableObjectStorage
}

async function inWorld(body: (world: World) => Promise<void>): Promise<void> {
  const stub = env.ZONE_WRITER.getByName(crypto.randomUUID())
  await runInDurableObject(stub as never, async (_: unknown, { storage }: DurableObjectState) => {
    const server = fakeServer(zone, [
      set('@', 'SOA', 'ns1.example.org. host.example.org. 7 3 2 9 1'),
      set('w', 'A', '192.0.2.1'),
    ])
    const parent = { ds: noDs, asked: 0 }
    let now = start
    const writer = makeWriter({
      storage,
      // Time passes, so that a write without an answer is judged in the same test.
      now: () => (now += 20_000),
      open: server.open,
      record: (job) => recordHistory(env.DB, job),
      planKey: new Uint8Array(32).fill(7),
      patience: 2000,
      askParent: () => {
        parent.asked += 1
        return Promise.resolve(parent.ds)
      },
    })
    await body({ server, writer, parent, storage })
    await storage.deleteAlarm()
  })
}

const call = <B>(body: B, at: string) => ({
  ...{ connection: 'con_test', zone: at, actor: { id: 'usr_anna', name: 'Anna' }, requestId: 'req', body },
})

function value<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`${answer.problem.type}: ${answer.problem.detail ?? ''}`)
  return answer.value
}

const planned = async (writer: Writer, operation: Operation, at = zone): Promise<Plan> =>
  value(await writer.plan(call({ changes: [], operation }, at)))

async function refusalOf(writer: Writer, operation: Operation, at = zone) {
  const answer = await writer.plan(call({ changes: [], operation }, at))
  if (answer.ok) throw new Error('It was not refused.')
  return answer.problem
}

async function apply(
  writer: Writer,
  operation: Operation,
  { plan, findings }: Plan,
  at = zone,
  secrets?: Record<string, string>,
): Promise<Answer<Job>> {
  const accept = findings.filter(({ severity }) => severity === 'danger').map(findingKey)
  return writer.apply(call({ changes: [], operation, plan, accept, ...(secrets && { secrets }) }, at))
}

/** Settings in memory, as a server keeps them. */
function withSettings(server: FakeServer, held: FormValues) {
  server.dns.settings = {
    read: () =>
      Promise.resolve({
        fields: [
          {
            id: 'transfer',
            label: 'Zone transfer',
            kind: 'choice',
            required: true,
            choices: choices('Allow', 'Deny'),
            value: held['transfer'] ?? 'Deny',
          },
          { id: 'notify', label: 'Notify', kind: 'lines', value: held['notify'] ?? [] },
        ],
        facts: [],
      }),
    write: (_, values) => {
      server.log.push(`settings ${JSON.stringify(values)}`)
      Object.assign(held, values)
      return Promise.resolve()
    },
  }
}
const choices = (...values: string[]) => values.map((each) => ({ value: each, label: each }))

beforeEach(async () => {
  await reset()
  await applyD1Migrations(env.DB, env.MIGRATIONS)
})

it('settings are planned with both states, written by name, read back and kept in the history', () =>
  inWorld(async ({ server, writer }) => {
    withSettings(server, { transfer: 'Deny', notify: ['192.0.2.1'] })
    const operation: Operation = { operation: 'settings', values: { transfer: 'Allow' } }
    const plan = await planned(writer, operation)
    expect(plan.consequences).toContain('Zone transfer changes from “Deny” to “Allow”.')
    expect(server.log).toEqual([])
    const job = value(await apply(writer, operation, plan))
    expect(job).toMatchObject({ state: 'done', operationResult: { status: 'done', verified: true } })
    expect(server.log).toEqual(['settings {"transfer":"Allow"}'])
    const parts = await env.DB.prepare('SELECT body FROM history_parts').all<{ body: string }>()
    const kept = JSON.parse(parts.results.map(({ body }) => body).join('')) as Job
    const transfer = (state: Job['before']) =>
      state?.about === 'settings' ? state.settings.fields.find(({ id }) => id === 'transfer')?.value : undefined
    expect([transfer(kept.before), transfer(kept.after)]).toEqual(['Deny', 'Allow'])
  }))

it('settings that the server took and did not keep are said to be otherwise', () =>
  inWorld(async ({ server, writer }) => {
    withSettings(server, { transfer: 'Deny' })
    const { settings } = server.dns
    if (settings) settings.write = () => Promise.resolve()
    const operation: Operation = { operation: 'settings', values: { transfer: 'Allow' } }
    const job = value(await apply(writer, operation, await planned(writer, operation)))
    expect(job).toMatchObject({ state: 'partial', operationResult: { status: 'done', verified: false } })
  }))

it('settings that somebody changed after the review are not written', () =>
  inWorld(async ({ server, writer }) => {
    const held: FormValues = { transfer: 'Deny', notify: [] }
    withSettings(server, held)
    const operation: Operation = { operation: 'settings', values: { transfer: 'Allow' } }
    const plan = await planned(writer, operation)
    held['notify'] = ['198.51.100.1']
    const answer = await apply(writer, operation, plan)
    expect(answer.ok ? null : answer.problem).toMatchObject({
      type: '/problems/plan/conflict',
      title: 'The zone was changed meanwhile',
    })
    expect(server.log).toEqual([])
  }))

it('a field that is wrong is named, and nothing is planned', () =>
  inWorld(async ({ server, writer }) => {
    withSettings(server, { transfer: 'Deny' })
    const wrong = await refusalOf(writer, { operation: 'settings', values: { transfer: 'Perhaps' } })
    expect(wrong).toMatchObject({ status: 422, errors: [{ pointer: '/operation/values/transfer' }] })
    const unknown = await refusalOf(writer, { operation: 'settings', values: { colour: 'red' } })
    expect(unknown.errors).toEqual([{ pointer: '/operation/values/colour', detail: 'There is no such field.' }])
    server.capabilities.settings = { reason: 'It has no settings.' }
    expect(await refusalOf(writer, { operation: 'settings', values: {} })).toMatchObject({
      detail: 'It has no settings.',
    })
  }))

it('permissions replace both tables, rows of the server stay, and a lost answer is decided by reading', () =>
  inWorld(async ({ server, writer }) => {
    const fixed = { name: 'Administrators', view: true, modify: true, delete: true, fixed: 'Always.' }
    let held: ZonePermissions = { users: [], groups: [fixed], knownUsers: ['ada'], knownGroups: [] }
    server.dns.permissions = {
      read: () => Promise.resolve(held),
      write: (_, { users, groups }) => {
        held = { ...held, users, groups: [fixed, ...groups] }
        return Promise.reject(new ProviderError('unknown', 'No answer came.'))
      },
    }
    const ada = { name: 'ada', view: true, modify: true, delete: false }
    const operation: Operation = { operation: 'permissions', users: [ada], groups: [] }
    const job = value(await apply(writer, operation, await planned(writer, operation)))
    expect(job).toMatchObject({ state: 'done', operationResult: { status: 'done', verified: true } })
    expect(held.users).toEqual([ada])
    const twice = await refusalOf(writer, { ...operation, users: [ada, { ...ada, name: 'ADA' }] })
    expect(twice.errors).toMatchObject([{ pointer: '/operation/users/1/name' }])
  }))

const dnssecState = (state: DnssecState['state']): DnssecState => ({
  state,
  detail: '',
  facts: [],
  keys: state === 'off' ? [] : [{ id: '1', role: 'csk', keyTag: 7, algorithm: 13, state: 'Active', active: true }],
  ds: [],
  actions:
    state === 'off'
      ? [{ id: 'sign', label: 'Sign zone', help: 'It is signed.', kind: 'enable', fields: [] }]
      : [
          {
            id: 'unsign',
            label: 'Unsign',
            help: 'It ends.',
            kind: 'disable',
            danger: 'The keys are deleted',
            fields: [],
          },
          {
            id: 'drop',
            label: 'Delete key',
            help: 'It goes.',
            kind: 'key',
            key: '1',
            danger: 'A key goes',
            fields: [],
          },
        ],
})

it('signing is verified by the state, and only what is offered is done', () =>
  inWorld(async ({ server, writer, parent }) => {
    let state = dnssecState('off')
    server.dns.dnssec = {
      read: () => Promise.resolve(state),
      act: () => {
        state = dnssecState('signed')
        return Promise.resolve()
      },
    }
    const sign: Operation = { operation: 'dnssec', action: 'sign', values: {} }
    const job = value(await apply(writer, sign, await planned(writer, sign)))
    expect(job).toMatchObject({ state: 'done', operationResult: { verified: true } })
    expect(parent.asked).toBe(0)
    expect(await refusalOf(writer, sign)).toMatchObject({ errors: [{ pointer: '/operation/action' }] })
  }))

it('keys are not taken away past a DS at the parent unless that danger is accepted', () =>
  inWorld(async ({ server, writer, parent }) => {
    server.dns.dnssec = { read: () => Promise.resolve(dnssecState('signed')), act: () => Promise.resolve() }
    const unsign: Operation = { operation: 'dnssec', action: 'unsign', values: {} }
    const severity = ({ findings }: Plan) => findings.find(({ id }) => id === 'parent-ds')?.severity
    expect(severity(await planned(writer, unsign))).toBe('info')
    const record = { keyTag: 7, algorithm: 13, digestType: 2, digest: 'ab' }
    parent.ds = { ...noDs, state: 'present', records: [record], ttl: 3600 }
    const plan = await planned(writer, unsign)
    expect(severity(plan)).toBe('danger')
    const bare = await writer.apply(call({ changes: [], operation: unsign, plan: plan.plan, accept: [] }, zone))
    expect(bare.ok ? null : bare.problem.type).toBe('/problems/plan/not-accepted')
    const drop: Operation = { operation: 'dnssec', action: 'drop', key: '1', values: {} }
    expect((await planned(writer, drop)).findings.map(({ id }) => id)).toContain('parent-ds-key')
    parent.ds = { ...noDs, state: 'unknown' }
    expect(severity(await planned(writer, unsign))).toBe('danger')
  }))

it('an import by the server writes what was reviewed, and each set is read back', () =>
  inWorld(async ({ server, writer }) => {
    const seen: string[] = []
    /** So many sets get lost on the way. */
    let lost = 1
    server.dns.nativeImport = {
      refuses: (sets) => (sets.some(({ type }) => type === 'TXT') ? 'It would spoil TXT.' : null),
      run: (name, sets, mode) => {
        seen.push(`${mode} ${sets.map((each) => each.name).join(' ')}`)
        for (const each of sets.slice(0, sets.length - lost))
          server.zones.get(name)?.sets.set(`${each.name} ${each.type}`, each)
        return Promise.resolve('2 created')
      },
    }
    const operation: Operation = { operation: 'import', mode: 'merge' }
    const imported = async (...names: string[]) => {
      const changes = names.map((name) => ({ name, type: 'A', before: null, after: set(name, 'A', '192.0.2.9') }))
      const { plan } = value(await writer.plan(call({ changes, operation }, zone)))
      return value(await writer.apply(call({ changes, operation, plan, accept: [] }, zone)))
    }
    const job = await imported('a', 'b')
    expect(seen).toEqual(['merge a b'])
    expect(job).toMatchObject({ state: 'partial', operationResult: { detail: '2 created' } })
    expect(job.results.map(({ name, status }) => `${name} ${status}`).sort()).toEqual(['a done', 'b failed'])
    lost = 0
    expect(await imported('c', 'd')).toMatchObject({ state: 'done', operationResult: { verified: true } })
    const text = [{ name: 't', type: 'TXT', before: null, after: set('t', 'TXT', '"x"') }]
    const refused = await writer.plan(call({ changes: text, operation }, zone))
    expect(refused.ok ? null : refused.problem.detail).toBe('It would spoil TXT.')
    const gone = [{ name: 'w', type: 'A', before: set('w', 'A', '192.0.2.1'), after: null }]
    const deletion = await writer.plan(call({ changes: gone, operation }, zone))
    expect(deletion.ok ? null : deletion.problem.status).toBe(422)
  }))

it('an action that leaves nothing to be seen is done when the server says so, and unknown when it does not', () =>
  inWorld(async ({ server, writer }) => {
    server.capabilities.actions = [{ id: 'notify', label: 'Notify', help: 'Secondaries are told.', fields: [] }]
    let broken = false
    server.dns.actions = {
      run: () => (broken ? Promise.reject(new ProviderError('unknown', 'No answer.')) : Promise.resolve()),
      confirms: () => null,
    }
    const operation: Operation = { operation: 'action', action: 'notify', values: {} }
    const run = async () => value(await apply(writer, operation, await planned(writer, operation)))
    expect(await run()).toMatchObject({ state: 'done', operationResult: { status: 'done' } })
    broken = true
    const job = await run()
    expect(job.finishedAt).toBeDefined()
    expect(job).toMatchObject({ state: 'failed', operationResult: { status: 'unknown' } })
    expect(await refusalOf(writer, { operation: 'action', action: 'explode', values: {} })).toMatchObject({
      status: 422,
    })
  }))

it('[C9] an account is made with a password that is kept nowhere', () =>
  inWorld(async ({ server, writer, storage }) => {
    const accounts = new Map<string, Account>()
    const secret = 'hunter2-hunter2'
    let given: unknown
    server.users = {
      newFields: () => [{ id: 'password', label: 'Password', kind: 'secret', required: true }],
      read: (name = 'root') => {
        const account = accounts.get(name)
        return account ? Promise.resolve(account) : Promise.reject(new ProviderError('missing', 'No such account.'))
      },
      create: (name, _, secrets) => {
        given = secrets
        accounts.set(name, { name, self: false, root: false, fields: [], facts: [] })
        return Promise.resolve()
      },
      update: () => Promise.resolve(),
      remove: (name) => {
        accounts.delete(name)
        return Promise.resolve()
      },
      zonesOf: () => Promise.resolve([]),
    }
    const operation: Operation = { operation: 'user-create', user: 'ada', values: { password: true } }
    const plan = await planned(writer, operation, '*')
    const job = value(await apply(writer, operation, plan, '*', { password: secret }))
    expect(job).toMatchObject({ state: 'done', zone: '*', operationResult: { verified: true } })
    expect(given).toEqual({ password: secret })
    const stored = storage.sql.exec('SELECT body FROM jobs UNION ALL SELECT body FROM texts').toArray()
    const history = await env.DB.prepare('SELECT * FROM history h JOIN history_parts p ON p.history_id = h.id').all()
    expect(JSON.stringify([stored, history.results, job])).not.toContain(secret)
    const bare = await refusalOf(writer, { operation: 'user-create', user: 'bob', values: {} }, '*')
    expect(bare.errors).toMatchObject([{ pointer: '/operation/values/password' }])
    expect(await refusalOf(writer, operation, '*')).toMatchObject({ errors: [{ pointer: '/operation/user' }] })
    const removal: Operation = { operation: 'user-delete', user: 'ada' }
    expect(value(await apply(writer, removal, await planned(writer, removal, '*'), '*'))).toMatchObject({
      state: 'done',
    })
  }))
