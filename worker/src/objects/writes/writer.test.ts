import { applyD1Migrations, reset, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Change } from '@zonedeck/shared/change'
import type { Finding, Job, Plan } from '@zonedeck/shared/job'
import { findingKey } from '@zonedeck/shared/plan/keys'
import type { RecordSet } from '@zonedeck/shared/record-set'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ProviderError } from '../../providers/provider-error.ts'
import type { ApplyBody, WriteInput } from './examine.ts'
import { fakeServer, noDs, set, type FakeServer } from './fake-server.ts'
import { recordHistory } from './record-history.ts'
import type { Answer } from '../answer.ts'
import { makeWriter, type Writer, type WriterDeps } from './writer.ts'

const zone = 'example.org'
const con = 'con_test'
const anna = { id: 'usr_anna', name: 'Anna' }
/** Far away, so that the real clock does not ring an alarm of these tests. */
const start = Date.UTC(2096, 10, 23, 12)
const minute = 60_000

const sets = () => [
  set('@', 'SOA', 'ns1.example.org. host.example.org. 7 10800 3600 604800 3600'),
  set('@', 'NS', 'ns1.example.org.'),
  set('ns1', 'A', '192.0.2.53'),
  set('www', 'A', '192.0.2.80'),
  set('old', 'TXT', '"x"'),
]
const create = (after: RecordSet): Change => ({ name: after.name, type: after.type, before: null, after })
const modify = (before: RecordSet, after: RecordSet): Change => ({ name: after.name, type: after.type, before, after })
const remove = (before: RecordSet): Change => ({ name: before.name, type: before.type, before, after: null })
const www = modify(set('www', 'A', '192.0.2.80'), set('www', 'A', '192.0.2.81'))

/** One test's world. `writer()` over the same storage is the same object after a restart: nothing in memory is left. */
interface World {
  server: FakeServer
  storage: DurableObjectStorage
  writer: (more?: Partial<WriterDeps>) => Writer
  pass: (milliseconds: number) => void
}

async function inWorld(body: (world: World) => Promise<void>, zoneSets = sets()): Promise<void> {
  const stub = env.ZONE_WRITER.getByName(crypto.randomUUID())
  await runInDurableObject(stub as never, async (_: unknown, state: DurableObjectState) => {
    let now = start
    const server = fakeServer(zone, zoneSets)
    await body({
      server,
      storage: state.storage,
      pass: (milliseconds) => void (now += milliseconds),
      writer: (more = {}) =>
        makeWriter({
          storage: state.storage,
          now: () => now,
          open: server.open,
          record: (job) => recordHistory(env.DB, job),
          planKey: new Uint8Array(32).fill(7),
          patience: 200,
          askParent: () => Promise.resolve(noDs),
          ...more,
        }),
    })
    await state.storage.deleteAlarm()
  })
}

const call = <B>(body: B, more: { zone?: string; actor?: typeof anna } = {}) => ({
  connection: con,
  zone,
  actor: anna,
  requestId: 'req',
  body,
  ...more,
})

function value<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`${answer.problem.type}: ${answer.problem.detail ?? ''}`)
  return answer.value
}
function problem(answer: Answer<unknown>) {
  if (answer.ok) throw new Error('expected a problem')
  return answer.problem
}
const accept = ({ findings }: Plan) => findings.filter(({ severity }) => severity === 'danger').map(findingKey)

async function planned(writer: Writer, input: WriteInput, more: { zone?: string } = {}): Promise<ApplyBody> {
  const plan = value(await writer.plan(call(input, more)))
  return { ...input, plan: plan.plan, accept: accept(plan) }
}
async function applied(writer: Writer, input: WriteInput, more: { zone?: string } = {}): Promise<Job> {
  return value(await writer.apply(call(await planned(writer, input, more), more)))
}
const statuses = (job: Job | null) => job?.results.map(({ name, type, status }) => `${name} ${type} ${status}`)

interface Row {
  id: string
  state: string
  actor: string
  creates: number
  modifies: number
  deletes: number
  operation_result: string | null
}
async function history() {
  const { results } = await env.DB.prepare('SELECT * FROM history ORDER BY at').all<Row>()
  return Promise.all(
    results.map(async (row) => {
      const parts = await env.DB.prepare('SELECT body FROM history_parts WHERE history_id = ? ORDER BY part')
        .bind(row.id)
        .all<{ body: string }>()
      const bodies = parts.results.map(({ body }) => body)
      const whole = JSON.parse(bodies.join('')) as { changes: Change[]; results: Job['results']; accepted: Finding[] }
      return { ...row, ...whole, sizes: bodies.map((body) => new TextEncoder().encode(body).length) }
    }),
  )
}

/** Lets the alarm ring as long as something is due now. */
async function ring(writer: Writer, { storage, pass }: World, until: () => boolean) {
  for (let i = 0; i < 200 && !until(); i++) {
    const at = await storage.getAlarm()
    if (at === null) break
    pass(1)
    await writer.alarm()
  }
}

beforeEach(async () => {
  await reset()
  await applyD1Migrations(env.DB, env.MIGRATIONS)
})
afterEach(() => vi.restoreAllMocks())

describe('a plan', () => {
  it('says what will happen, and is applied: written, read back and recorded', () =>
    inWorld(async ({ server, writer: make }) => {
      const writer = make()
      const input = { changes: [remove(set('old', 'TXT', '"x"')), create(set('new', 'A', '192.0.2.1')), www] }
      const plan = value(await writer.plan(call(input)))
      expect(plan.findings).toEqual([])
      expect(plan.expiresAt).toBe('2096-11-23T12:10:00.000Z')
      expect(plan.consequences[0]).toBe('3 changes are sent to office one after the other.')
      expect(server.log).toEqual([])

      const job = value(await writer.apply(call({ ...input, plan: plan.plan, accept: [] })))
      expect(job).toMatchObject({ state: 'done', verifiedAt: '2096-11-23T12:00:00.000Z' })
      expect(job.results.every(({ verified }) => verified === true)).toBe(true)
      expect(server.log).toEqual(['apply new A', 'apply www A', 'apply old TXT'])
      expect(writer.job(con, zone, job.id)).toEqual(job)
      expect(writer.job(con, 'other.example', job.id)).toBeNull()
      const [row] = await history()
      expect(row).toMatchObject({ state: 'done', actor: 'Anna', creates: 1, modifies: 1, deletes: 1 })
      expect(row?.changes).toHaveLength(3)
      expect(row?.changes.find(({ name }) => name === 'www')).toEqual(www)
    }))

  it('[D1] is refused with base, mine and theirs when the set is no longer what it was', () =>
    inWorld(async ({ server, writer: make }) => {
      const writer = make()
      const late = await planned(writer, { changes: [www] })
      const theirs = set('www', 'A', '192.0.2.99')
      server.zones.get(zone)?.sets.set('www A', theirs)
      for (const answer of [await writer.plan(call({ changes: [www] })), await writer.apply(call(late))]) {
        expect(problem(answer)).toMatchObject({
          status: 409,
          type: '/problems/plan/conflict',
          conflicts: [{ name: 'www', type: 'A', base: www.before, mine: www.after, theirs }],
        })
      }
      expect(server.log).toEqual([])
      expect(await history()).toEqual([])
    }))

  it('[D1] does not take the serial that the server counted up for a conflict', () =>
    inWorld(async ({ server, writer: make }) => {
      const writer = make()
      const soa = (serial: number, ttl: number) =>
        set('@', 'SOA', `ns1.example.org. host.example.org. ${serial} 10800 3600 604800 ${ttl}`)
      server.zones.get(zone)?.sets.set('@ SOA', soa(12, 3600))
      server.onAnswer = () => void server.zones.get(zone)?.sets.set('@ SOA', soa(14, 60))
      expect((await applied(writer, { changes: [modify(soa(7, 3600), soa(13, 60))] })).state).toBe('done')
    }))

  it('[D2] is good for these changes, this person, this zone and this connection alone', () =>
    inWorld(async ({ server, writer: make }) => {
      const writer = make()
      const good = await planned(writer, { changes: [www] })
      const other = modify(set('www', 'A', '192.0.2.80'), set('www', 'A', '192.0.2.66'))
      const claims = JSON.parse(Buffer.from(good.plan.split('.')[0] ?? '', 'base64url').toString()) as object
      const longer = Buffer.from(JSON.stringify({ ...claims, expires: start * 2 })).toString('base64url')
      const attempts = [
        call({ ...good, changes: [other] }),
        call({ ...good, changes: [www, create(set('x', 'A', '192.0.2.1'))] }),
        call({ ...good, changes: [{ ...www, before: other.before && { ...other.before, ttl: 1 } }] }),
        call({ ...good, operation: { operation: 'delete' as const } }),
        call(good, { actor: { id: 'usr_eve', name: 'Eve' } }),
        call(good, { zone: 'other.example' }),
        { ...call(good), connection: 'con_other' },
        call({ ...good, plan: `${longer}.${good.plan.split('.')[1] ?? ''}` }),
        call({ ...good, plan: `${good.plan.slice(0, -2)}AA` }),
        call({ ...good, plan: 'nonsense' }),
      ]
      for (const attempt of attempts) {
        expect(problem(await writer.apply(attempt))).toMatchObject({ status: 409, type: '/problems/plan/mismatch' })
      }
      expect(problem(await make({ planKey: new Uint8Array(32) }).apply(call(good))).type).toBe(
        '/problems/plan/mismatch',
      )
      expect(server.log).toEqual([])
      expect(value(await writer.apply(call(good))).state).toBe('done')
    }))

  it('[D2] is good for the same changes whatever the order of their keys', () =>
    inWorld(async ({ writer: make }) => {
      const writer = make()
      const good = await planned(writer, { changes: [www] })
      const { after, before, type, name } = www
      expect(value(await writer.apply(call({ ...good, changes: [{ after, type, before, name }] }))).state).toBe('done')
    }))

  it('[D2] is good once, and for ten minutes', () =>
    inWorld(async ({ server, writer: make, pass }) => {
      const writer = make()
      const first = await planned(writer, { changes: [www] })
      const second = await planned(writer, { changes: [remove(set('old', 'TXT', '"x"'))] })
      expect(value(await writer.apply(call(first))).state).toBe('done')
      expect(problem(await make().apply(call(first)))).toMatchObject({ status: 409, type: '/problems/plan/mismatch' })
      pass(10 * minute)
      expect(problem(await writer.apply(call(second)))).toMatchObject({ status: 409, type: '/problems/plan/expired' })
      expect(server.log).toEqual(['apply www A'])
    }))

  it('[D2] needs each danger accepted by its key, and the history says so', () =>
    inWorld(async ({ server, writer: make }) => {
      const writer = make()
      const ns = modify(set('@', 'NS', 'ns1.example.org.'), set('@', 'NS', 'ns.other.example.'))
      const input = { changes: [ns, remove(set('ns1', 'A', '192.0.2.53'))] }
      const good = await planned(writer, input)
      expect(good.accept).toEqual(['root-ns-change @ NS'])
      const refusal = problem(await writer.apply(call({ ...good, accept: [] })))
      expect(refusal).toMatchObject({ status: 422, type: '/problems/plan/not-accepted' })
      expect(server.log).toEqual([])
      const again = await planned(writer, input)
      expect(value(await writer.apply(call(again))).state).toBe('done')
      const [row] = await history()
      expect(row?.accepted).toMatchObject([{ id: 'root-ns-change', severity: 'danger' }])
    }))

  it('points at what is wrong, and refuses what the server cannot do', () =>
    inWorld(async ({ server, writer: make }) => {
      const writer = make()
      expect(problem(await writer.plan(call({ changes: [create(set('x', 'A', 'no address'))] })))).toMatchObject({
        status: 422,
        type: '/problems/plan/refused',
        errors: [{ pointer: '/changes/0/after/records/0/rdata' }],
      })
      server.capabilities.deleteZone = { reason: 'This server keeps its zones.' }
      expect(problem(await writer.plan(call({ changes: [], operation: { operation: 'delete' } }))).detail).toBe(
        'This server keeps its zones.',
      )
      expect(problem(await make({ planKey: undefined }).plan(call({ changes: [www] }))).status).toBe(503)
      expect(problem(await writer.plan(call({ changes: [www] }, { zone: 'gone.example' })))).toMatchObject({
        status: 404,
        type: '/problems/provider/missing',
      })
    }))
})

describe('a job', () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => create(set(`h${i}`, 'A', '192.0.2.1')))

  it('[D4] gives every change its own result and goes on after a refused one, in the same order each time', () =>
    inWorld(async ({ server, writer: make }) => {
      server.onChange = ({ name, type }) =>
        name === 'h1' ? { name, type, status: 'failed', detail: 'The server refused it: no.' } : undefined
      const job = await applied(make(), { changes: [...many(3)].reverse() })
      expect(job.state).toBe('partial')
      expect(statuses(job)).toEqual(['h0 A done', 'h1 A failed', 'h2 A done'])
      expect(job.results[1]?.detail).toBe('The server refused it: no.')
      expect((await history())[0]?.state).toBe('partial')
    }))

  it('[D4] finishes 500 changes in chunks over many invocations', () =>
    inWorld(async (world) => {
      const { server, writer: make } = world
      server.pace = 20
      const writer = make()
      const job = await applied(writer, { changes: many(500) })
      expect(job.state).toBe('running')
      await ring(writer, world, () => writer.job(con, zone, job.id)?.finishedAt !== undefined)
      const end = writer.job(con, zone, job.id)
      expect(end?.state).toBe('done')
      expect(end?.results).toHaveLength(500)
      expect(server.log).toHaveLength(500)
      expect(new Set(server.log).size).toBe(500)
      expect(await history()).toHaveLength(1)
    }))

  it('[D1] leaves out a set that somebody changed between two chunks', () =>
    inWorld(async (world) => {
      const { server, writer: make } = world
      server.pace = 1
      const writer = make()
      const job = await applied(writer, { changes: [create(set('a', 'A', '192.0.2.1')), www] })
      server.zones.get(zone)?.sets.set('www A', set('www', 'A', '192.0.2.99'))
      await ring(writer, world, () => writer.job(con, zone, job.id)?.finishedAt !== undefined)
      expect(statuses(writer.job(con, zone, job.id))).toEqual(['a A done', 'www A failed'])
      expect(server.log).toEqual(['apply a A'])
    }))

  it('[D4] reads again after a time-out before it says anything, and sends nothing twice', () =>
    inWorld(async ({ server, writer: make, pass }) => {
      const lost = new ProviderError('unknown', 'No answer came.')
      server.onAnswer = () => {
        pass(10_000)
        throw lost
      }
      const job = await applied(make(), { changes: [www] })
      expect(job).toMatchObject({ state: 'done', results: [{ status: 'done', verified: true }] })
      server.onChange = () => {
        pass(10_000)
        throw lost
      }
      const next = modify(set('www', 'A', '192.0.2.81'), set('www', 'A', '192.0.2.82'))
      expect(await applied(make(), { changes: [next] })).toMatchObject({
        state: 'failed',
        results: [{ status: 'failed', detail: 'It was not written. No answer came.' }],
      })
      expect(server.log).toEqual(['apply www A', 'apply www A'])
    }))

  it('[D4] is unknown while a lost write may still land, and finds it when it does', () =>
    inWorld(async (world) => {
      const { server, writer: make, pass } = world
      server.onChange = () => {
        throw new ProviderError('unknown', 'No answer came.')
      }
      const writer = make()
      const job = await applied(writer, { changes: [www] })
      expect(job).toMatchObject({ state: 'unknown', results: [{ status: 'unknown' }] })
      server.zones.get(zone)?.sets.set('www A', set('www', 'A', '192.0.2.81'))
      pass(10_000)
      await writer.alarm()
      expect(writer.job(con, zone, job.id)).toMatchObject({
        state: 'done',
        results: [{ status: 'done', verified: true }],
      })
      expect(server.log).toHaveLength(1)
    }))

  it('[D6] shows what a server holds that only said it was done', () =>
    inWorld(async ({ server, writer: make }) => {
      server.onChange = ({ name, type }) => (name === 'www' ? { name, type, status: 'done' } : undefined)
      const job = await applied(make(), { changes: [www, create(set('a', 'A', '192.0.2.1'))] })
      expect(job.state).toBe('partial')
      expect(job.results.find(({ name }) => name === 'www')).toEqual({
        name: 'www',
        type: 'A',
        status: 'done',
        verified: false,
        detail: 'The server said it was done, but it holds 192.0.2.80 with TTL 300.',
      })
    }))

  it('one after the other: a second write waits for the first', () =>
    inWorld(async ({ server, writer: make }) => {
      const writer = make({ patience: 1000 })
      const events: string[] = []
      server.onChange = async ({ name }) => {
        events.push(`begin ${name}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
        events.push(`end ${name}`)
      }
      const plans = [await planned(writer, { changes: many(1) }), await planned(writer, { changes: [www] })]
      const jobs = await Promise.all(plans.map((input) => writer.apply(call(input))))
      expect(jobs.map((job) => value(job).state)).toEqual(['done', 'done'])
      expect(events).toEqual(['begin h0', 'end h0', 'begin www', 'end www'])
    }))

  it('is answered as running while its server takes its time, and followed to its end', () =>
    inWorld(async ({ server, writer: make }) => {
      let go: () => void = () => undefined
      server.onChange = () => new Promise<void>((resolve) => (go = resolve))
      const writer = make({ patience: 20 })
      const job = await applied(writer, { changes: [www] })
      expect(job).toMatchObject({ state: 'running', results: [{ status: 'pending' }] })
      go()
      await vi.waitFor(() => expect(writer.job(con, zone, job.id)?.state).toBe('done'))
    }))

  it('[D1] that waited so long that the zone changed has failed, and says why', () =>
    inWorld(async ({ server, writer: make }) => {
      const writer = make({ patience: 30 })
      const slow = await planned(writer, { changes: many(1) })
      const late = await planned(writer, { changes: [www] })
      let go: () => void = () => undefined
      server.onChange = () => new Promise<void>((resolve) => (go = resolve))
      await writer.apply(call(slow))
      const job = value(await writer.apply(call(late)))
      expect(job.state).toBe('running')
      server.zones.get(zone)?.sets.set('www A', set('www', 'A', '192.0.2.99'))
      go()
      await vi.waitFor(() => expect(writer.job(con, zone, job.id)?.state).toBe('failed'))
      expect(writer.job(con, zone, job.id)?.results[0]?.detail).toContain('www A was changed on the server')
      expect(server.log).toEqual(['apply h0 A'])
      await vi.waitFor(async () => expect(await history()).toHaveLength(2))
    }))

  it('is kept for a day', () =>
    inWorld(async ({ writer: make, pass }) => {
      const writer = make()
      const job = await applied(writer, { changes: [www] })
      pass(23 * 60 * minute)
      await writer.alarm()
      expect(writer.job(con, zone, job.id)).not.toBeNull()
      pass(61 * minute)
      await writer.alarm()
      expect(writer.job(con, zone, job.id)).toBeNull()
    }))
})

describe('[D10] a kill', () => {
  const never = () => new Promise<never>(() => undefined)

  it('between intent and call: nothing was sent, and the history says so', () =>
    inWorld(async (world) => {
      const { server, writer: make, pass, storage } = world
      const killed = make({ patience: 20 })
      const input = await planned(killed, { changes: [www] })
      server.onRead = never
      const job = value(await killed.apply(call(input)))
      expect(job.state).toBe('running')
      expect(await storage.getAlarm()).toBe(start + minute)

      server.onRead = () => undefined
      pass(minute)
      const next = make()
      await next.alarm()
      expect(next.job(con, zone, job.id)).toMatchObject({
        state: 'failed',
        results: [{ status: 'failed', detail: 'The panel was interrupted before anything was sent.' }],
      })
      expect(server.log).toEqual([])
      expect(await history()).toMatchObject([{ state: 'failed', modifies: 1 }])
    }))

  it('between call and outcome: unknown, then what a fresh read proves, change by change; nothing is sent again', () =>
    inWorld(async (world) => {
      const { server, writer: make, pass } = world
      const killed = make({ patience: 20 })
      const changes = [www, create(set('b', 'A', '192.0.2.2')), create(set('c', 'A', '192.0.2.3'))]
      // The write of "b" lands, "c" is changed by somebody else, "www" is never reached.
      server.onChange = ({ name }) => {
        if (name !== 'b') return never()
        return undefined
      }
      const job = await applied(killed, { changes })
      expect(server.log).toEqual(['apply b A', 'apply c A'])
      server.zones.get(zone)?.sets.set('c A', set('c', 'A', '192.0.2.99'))

      const next = make()
      expect(next.job(con, zone, job.id)?.state).toBe('unknown')
      expect(await history()).toEqual([])
      pass(minute)
      await next.alarm()
      const end = next.job(con, zone, job.id)
      expect(end?.state).toBe('partial')
      expect(end?.results).toMatchObject([
        { name: 'b', status: 'done', verified: true },
        { name: 'c', status: 'failed' },
        { name: 'www', status: 'failed', detail: 'It was not written.' },
      ])
      expect(end?.results[1]?.detail).toContain('192.0.2.99')
      expect(server.log).toHaveLength(2)
      const [row] = await history()
      expect(row).toMatchObject({ state: 'partial', actor: 'Anna' })
      expect(row?.changes.find(({ name }) => name === 'www')).toEqual(www)
    }))

  it('between two chunks: the rest is still sent', () =>
    inWorld(async (world) => {
      const { server, writer: make } = world
      server.pace = 1
      const job = await applied(make(), { changes: [create(set('a', 'A', '192.0.2.1')), www] })
      expect(job.state).toBe('running')
      const next = make()
      await ring(next, world, () => next.job(con, zone, job.id)?.finishedAt !== undefined)
      expect(statuses(next.job(con, zone, job.id))).toEqual(['a A done', 'www A done'])
    }))

  it('while the history cannot be reached: it lands later, once', () =>
    inWorld(async (world) => {
      const { writer: make, pass } = world
      const job = await applied(make({ record: () => Promise.reject(new Error('D1 is away')) }), { changes: [www] })
      expect(job.state).toBe('done')
      expect(await history()).toEqual([])
      pass(minute)
      await make().alarm()
      await make().alarm()
      expect(await history()).toMatchObject([{ state: 'done' }])
    }))

  it('after the row was written and before that was noted: it is not there twice', () =>
    inWorld(async (world) => {
      const { writer: make, pass } = world
      await applied(
        make({
          record: async (job) => {
            await recordHistory(env.DB, job)
            throw new Error('the answer was lost')
          },
        }),
        { changes: [www] },
      )
      pass(minute)
      await make().alarm()
      expect(await history()).toHaveLength(1)
    }))

  it('while the server stays away: given up as unknown after a while, and recorded', () =>
    inWorld(async (world) => {
      const { server, writer: make, pass } = world
      const killed = make({ patience: 20 })
      server.onChange = never
      const job = await applied(killed, { changes: [www] })
      server.onRead = () => {
        throw new ProviderError('unavailable', 'No connection.')
      }
      const next = make()
      for (let i = 0; i < 12; i++) {
        pass(6 * minute)
        await next.alarm()
      }
      expect(next.job(con, zone, job.id)).toMatchObject({ state: 'failed', results: [{ status: 'unknown' }] })
      expect(await history()).toMatchObject([{ state: 'failed' }])
    }))

  it('[D10] in the middle of deleting a zone: the zone tells', () =>
    inWorld(async (world) => {
      const { server, writer: make, pass } = world
      server.onAnswer = never
      const job = await applied(make({ patience: 20 }), { changes: [], operation: { operation: 'delete' } })
      pass(minute)
      const next = make()
      await next.alarm()
      expect(next.job(con, zone, job.id)).toMatchObject({
        state: 'done',
        operationResult: { status: 'done', verified: true },
      })
      const [row] = await history()
      expect(row?.changes.map(({ name, after }) => [name, after])).toContainEqual(['www', null])
      expect(row?.deletes).toBe(sets().length)
    }))
})

describe('an operation', () => {
  const fresh = 'new.example'
  const creating = { operation: 'create' as const, kind: 'Primary' }
  const soa = set('@', 'SOA', 'ns1.new.example. host.new.example. 5 10800 3600 604800 3600')
  const changes = [create(soa), create(set('@', 'NS', 'ns1.new.example.')), create(set('ns1', 'A', '192.0.2.1'))]

  it('creates a zone with its first records: the file’s SOA and name servers replace the generated ones', () =>
    inWorld(async ({ server, writer: make }) => {
      const job = await applied(make(), { changes, operation: creating }, { zone: fresh })
      expect(job).toMatchObject({
        state: 'done',
        zone: fresh,
        operationResult: { type: 'create', status: 'done', verified: true },
      })
      expect(server.log[0]).toBe('create')
      expect(server.zones.get(fresh)?.sets.get('@ NS')).toEqual(set('@', 'NS', 'ns1.new.example.'))
      const [row] = await history()
      expect(row?.changes.find(({ type }) => type === 'NS')?.before).toEqual(set('@', 'NS', 'ns1.fake.'))
      expect(row).toMatchObject({ creates: 1, modifies: 2 })
    }))

  it('leaves out what the server makes itself, and says so before', () =>
    inWorld(async ({ server, writer: make }) => {
      server.capabilities.soa = { reason: 'This server makes the SOA itself.' }
      const writer = make()
      const input = { changes, operation: creating }
      const plan = value(await writer.plan(call(input, { zone: fresh })))
      expect(plan.consequences).toContain('The SOA of the zone apex is left out. This server makes the SOA itself.')
      const job = await applied(writer, input, { zone: fresh })
      expect(job.state).toBe('done')
      expect(statuses(job)).toEqual(['ns1 A done', '@ NS done'])
    }))

  it('does not create what is there, what a server cannot make, or records of a copy', () =>
    inWorld(async ({ writer: make }) => {
      const writer = make()
      const refusal = async (operation: WriteInput['operation'], name: string, list: Change[] = []) =>
        problem(await writer.plan(call({ changes: list, operation }, { zone: name }))).detail
      expect(await refusal(creating, zone)).toBe('example.org is on this server already.')
      expect(await refusal({ operation: 'create', kind: 'Odd' }, fresh)).toContain('Primary, Secondary')
      expect(await refusal({ operation: 'create', kind: 'Secondary' }, fresh, changes)).toContain(
        'gets its records from elsewhere',
      )
    }))

  it('[D1] deletes the zone that was reviewed and no other, keeping it in the history', () =>
    inWorld(async ({ server, writer: make }) => {
      const writer = make()
      const input = { changes: [], operation: { operation: 'delete' as const } }
      const late = await planned(writer, input)
      expect(late.accept).toEqual(['zone-delete  '])
      server.zones.get(zone)?.sets.set('x A', set('x', 'A', '192.0.2.1'))
      expect(problem(await writer.apply(call(late))).type).toBe('/problems/plan/conflict')
      expect(server.zones.has(zone)).toBe(true)
      expect((await applied(writer, input)).state).toBe('done')
      expect(server.zones.has(zone)).toBe(false)
      expect((await history())[0]?.changes).toHaveLength(6)
    }))

  it('disables and enables a zone, and looks whether it is so', () =>
    inWorld(async ({ server, writer: make }) => {
      const writer = make()
      const disabled = await applied(writer, { changes: [], operation: { operation: 'disable' } })
      expect(disabled).toMatchObject({ state: 'done', operationResult: { verified: true } })
      expect(server.zones.get(zone)?.disabled).toBe(true)
      const enabled = await applied(writer, { changes: [], operation: { operation: 'enable' } })
      expect(enabled.state).toBe('done')
      expect(await history()).toHaveLength(2)
    }))
})

it('[D11] long changes are kept in parts below 500 kB, in the object and in D1, and come back whole', () =>
  inWorld(async ({ writer: make, storage }) => {
    const writer = make()
    const long = create({
      ...set('long', 'TXT', ...Array.from({ length: 400 }, (_, i) => `"${i} ${'x'.repeat(200)}" "${'y'.repeat(250)}"`)),
      comments: [{ content: '🦉'.repeat(30_000) }],
    })
    const wide = Array.from({ length: 300 }, (_, i) =>
      create({ ...set(`h${i}`, 'TXT', `"${'z'.repeat(250)}"`), comments: [{ content: 'é'.repeat(2000) }] }),
    )
    const job = await applied(writer, { changes: [long, ...wide] })
    expect(job.state).toBe('done')
    const sizes = storage.sql
      .exec<{ size: number }>('SELECT length(CAST(body AS BLOB)) AS size FROM texts')
      .toArray()
      .map(({ size }) => size)
    expect(sizes.length).toBeGreaterThan(4)
    expect(Math.max(...sizes)).toBeLessThan(500_000)
    const [row] = await history()
    expect(row?.sizes.length).toBeGreaterThan(2)
    expect(Math.max(...(row?.sizes ?? []))).toBeLessThan(500_000)
    expect(row?.changes).toHaveLength(301)
    expect(row?.changes.find(({ name }) => name === 'long')).toEqual(long)
  }))
