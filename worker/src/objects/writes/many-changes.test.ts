import { applyD1Migrations, reset, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Change } from '@zonedeck/shared/change'
import { expect, it } from 'vitest'
import { connect } from '../../features/connections/open.ts'
import { simulate } from '../../providers/technitium/simulator.ts'
import { noDs, set } from './fake-server.ts'
import { recordHistory } from './record-history.ts'
import type { Answer } from '../answer.ts'
import { makeWriter } from './writer.ts'

const value = <T>(answer: Answer<T>): T => {
  if (!answer.ok) throw new Error(`${answer.problem.type}: ${answer.problem.detail ?? ''}`)
  return answer.value
}

it('[D4] 500 changes of a Technitium zone are made with at most 50 calls an invocation', async () => {
  await reset()
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  const server = simulate({
    version: '15.2',
    admin: { password: 'p', token: 't' },
    zones: [
      {
        name: 'example.org',
        zoneFile: '@ 3600 IN SOA ns1 host 1 3600 600 86400 300\n@ 3600 IN NS ns1\nns1 300 IN A 192.0.2.1\n',
      },
    ],
  })
  let calls = 0
  const counted = (request: Request) => {
    calls += 1
    // The runtime warns whenever a form is read as text, as the simulator does.
    const text = async () => new TextDecoder().decode(await request.arrayBuffer())
    return server.fetch(Object.defineProperty(request, 'text', { value: text }))
  }
  const changes: Change[] = Array.from({ length: 500 }, (_, i) => {
    const after = set(`h${i}`, i % 2 === 0 ? 'A' : 'TXT', i % 2 === 0 ? '192.0.2.7' : '"seven"')
    return { name: after.name, type: after.type, before: null, after }
  })
  const stub = env.ZONE_WRITER.getByName('many')
  await runInDurableObject(stub as never, async (_: unknown, { storage }: DurableObjectState) => {
    // Far away, so that the real clock does not ring the alarm of this test.
    let now = Date.UTC(2096, 0)
    const input = { provider: 'technitium', url: 'http://localhost:5380', credentials: { token: 't' } }
    const writer = makeWriter({
      storage,
      now: () => now,
      open: (id, budget) =>
        Promise.resolve({
          connection: { id, name: 'home', provider: 'technitium', url: input.url, source: 'panel' },
          ...connect(env, input, () => now, counted, budget),
        }),
      record: (job) => recordHistory(env.DB, job),
      planKey: new Uint8Array(32),
      patience: 5000,
      askParent: () => Promise.resolve(noDs),
    })
    const call = <B>(body: B) => ({
      ...{ connection: 'many', zone: 'example.org', actor: { id: 'usr_a', name: 'Anna' }, requestId: 'req', body },
    })
    const plan = value(await writer.plan(call({ changes })))
    calls = 0
    let job = value(await writer.apply(call({ changes, plan: plan.plan, accept: [] })))
    const most = [calls]
    for (let i = 0; i < 100 && job.finishedAt === undefined; i++) {
      calls = 0
      now += 1
      await writer.alarm()
      most.push(calls)
      job = writer.job('many', 'example.org', job.id) ?? job
    }
    expect(job.state).toBe('done')
    expect(job.results.filter(({ verified }) => verified === true)).toHaveLength(500)
    expect(Math.max(...most)).toBeLessThanOrEqual(50)
    expect(most.length).toBeLessThan(40)
    await storage.deleteAlarm()
  })
  expect(server.answers('h498.example.org', 'A')).toHaveLength(1)
}, 60_000)
