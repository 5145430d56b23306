import { describe, expect, it } from 'vitest'
import type { Finding, Plan } from '@zonedeck/shared/job'
import type { Operation } from '@zonedeck/shared/operation'
import { ProblemError } from '#lib/problem-error.ts'
import { Apply, type ApplyCalls } from './apply.svelte.ts'

const place = { connection: 'con_a', zone: 'example.org' }
const change = {
  name: 'www',
  type: 'A',
  before: null,
  after: { name: 'www', type: 'A', ttl: 60, records: [{ rdata: '192.0.2.1' }] },
}
const danger: Finding = {
  id: 'root-ns-change',
  severity: 'danger',
  title: 'Names move',
  reason: 'Why',
  name: '@',
  type: 'NS',
}
const warning: Finding = { id: 'mixed-ttl', severity: 'warning', title: 'Two TTLs', reason: 'Why' }
const plan = (findings: Finding[]): Plan => ({
  plan: 'signed',
  expiresAt: '2026-11-23T14:10:00Z',
  findings,
  consequences: [],
})
const job = { id: 'job_1', ...place, state: 'running' as const, results: [], startedAt: '2026-11-23T14:00:00Z' }
const problem = (type: string, more = {}) => new ProblemError({ type, title: 'No', status: 409, ...more })

function calls(over: Partial<ApplyCalls<Operation>> = {}): ApplyCalls<Operation> & { sent: unknown[] } {
  const sent: unknown[] = []
  return {
    sent,
    makePlan: () => Promise.resolve(plan([danger, warning])),
    startJob: (_, input) => {
      sent.push(input)
      return Promise.resolve(job)
    },
    ...over,
  }
}

describe('Apply', () => {
  it('sends nothing while a danger is not accepted, and then exactly the plan that was shown', async () => {
    const server = calls()
    const apply = new Apply(server, place, [change])
    await apply.review()
    expect([apply.step, apply.open]).toEqual(['ready', 1])
    expect(await apply.send()).toBeNull()
    apply.accept(danger, true)
    expect((await apply.send())?.id).toBe('job_1')
    expect(server.sent).toEqual([{ changes: [change], plan: 'signed', accept: ['root-ns-change @ NS'] }])
  })
  it('stops at a conflict and keeps what the server said', async () => {
    const conflict = { name: 'www', type: 'A', base: null, mine: change.after, theirs: null }
    const apply = new Apply(
      calls({ makePlan: () => Promise.reject(problem('/problems/plan/conflict', { conflicts: [conflict] })) }),
      place,
      [change],
    )
    await apply.review()
    expect([apply.step, apply.conflicts]).toEqual(['stopped', [conflict]])
  })
  it('makes a plan that is too old again, and asks before sending it', async () => {
    let asked = 0
    const apply = new Apply(
      calls({
        makePlan: () => {
          asked++
          return Promise.resolve(plan([]))
        },
        startJob: () => Promise.reject(problem('/problems/plan/expired')),
      }),
      place,
      [change],
    )
    await apply.review()
    expect(await apply.send()).toBeNull()
    expect([asked, apply.step, apply.renewed]).toEqual([2, 'ready', true])
  })
  it('stops with a sentence when anything else goes wrong', async () => {
    const apply = new Apply(calls({ startJob: () => Promise.reject(new Error('broken')) }), place, [change])
    await apply.review()
    apply.accept(danger, true)
    expect(await apply.send()).toBeNull()
    expect([apply.step, apply.problem?.detail?.includes('broken')]).toEqual(['stopped', true])
  })
})
