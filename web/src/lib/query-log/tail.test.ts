import type { LoggedQuery, QueryLogPage } from '@zonedeck/shared/statistics'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ProblemError } from '#lib/problem-error.ts'
import { EVERY, KEPT, Tail } from './tail.svelte.ts'

const START = Date.parse('2026-11-26T10:00:00Z')

/** A log that grows; answers as the API does, 200 rows at once. */
class Log {
  readonly rows: LoggedQuery[] = []
  asked: (string | undefined)[] = []
  fails: ProblemError | null = null

  add(count: number): void {
    for (let index = 0; index < count; index++) {
      const number = this.rows.length + 1
      this.rows.push({
        row: number,
        at: new Date(START + number).toISOString(),
        client: '192.0.2.7',
        protocol: 'Udp',
        answeredBy: 'Cached',
        took: null,
        rcode: 'NoError',
        name: `n${number}.example`,
        type: 'A',
        class: 'IN',
        answer: '',
        filtered: null,
      })
    }
  }

  readonly ask = (after: string | undefined): Promise<QueryLogPage> => {
    this.asked.push(after)
    if (this.fails !== null) return Promise.reject(this.fails)
    const found = after === undefined ? this.rows.toReversed() : this.rows.filter(({ at }) => at > after)
    const answer = { page: 1, pages: Math.ceil(found.length / 200), entries: found.length, rows: found.slice(0, 200) }
    return Promise.resolve({ ...answer, readAt: new Date(Date.now()).toISOString() })
  }
}

let log: Log
let tail: Tail
const names = () => tail.rows.map(({ name }) => name)
const pass = (time: number) => vi.advanceTimersByTimeAsync(time)

beforeEach(() => {
  vi.useFakeTimers({ now: START })
  log = new Log()
  tail = new Tail(log.ask)
})
afterEach(() => {
  tail.rest()
  vi.useRealTimers()
})

it('puts what is new on top, under a number that stays', async () => {
  log.add(2)
  tail.wake()
  await pass(0)
  expect(names()).toEqual(['n2.example', 'n1.example'])
  const before = tail.rows.map(({ id }) => id)

  log.add(2)
  await pass(EVERY)
  expect(names()).toEqual(['n4.example', 'n3.example', 'n2.example', 'n1.example'])
  expect(tail.rows.slice(2).map(({ id }) => id)).toEqual(before)
  const ids = tail.rows.map(({ id }) => id)
  expect(ids).toEqual(ids.toSorted((a, b) => b - a))
  expect(new Set(ids).size).toBe(4)
})

it('asks for nothing while it rests, and catches up at once', async () => {
  log.add(1)
  tail.wake()
  await pass(0)
  tail.rest()
  log.add(1)
  await pass(20 * EVERY)
  expect(log.asked).toHaveLength(1)
  expect(names()).toEqual(['n1.example'])
  tail.wake()
  await pass(0)
  expect(names()).toEqual(['n2.example', 'n1.example'])
})

it('reads on until nothing is missing where more was logged than one answer holds', async () => {
  log.add(1)
  tail.wake()
  await pass(0)
  log.add(450)
  await pass(EVERY)
  expect(tail.rows).toHaveLength(451)
  expect(names().slice(0, 2)).toEqual(['n451.example', 'n450.example'])
  expect(new Set(names()).size).toBe(451)
})

it('keeps the newest, and reads no thousands to throw them away', async () => {
  log.add(100)
  tail.wake()
  await pass(0)
  log.add(450)
  await pass(EVERY)
  expect(tail.rows).toHaveLength(KEPT)
  expect(names()[KEPT - 1]).toBe('n51.example')

  log.add(5000)
  const before = log.asked.length
  await pass(EVERY)
  expect(log.asked).toHaveLength(before + 2)
  expect(names()[0]).toBe('n5550.example')
  expect(tail.rows).toHaveLength(200)
})

it('asks less often while the server fails, keeps what it has, and goes on', async () => {
  log.add(1)
  tail.wake()
  await pass(0)
  log.fails = new ProblemError({ type: '/problems/provider/unavailable', title: 'Silent', status: 503 })
  await pass(EVERY)
  expect(tail.problem?.type).toBe('/problems/provider/unavailable')
  expect(names()).toEqual(['n1.example'])
  const failed = log.asked.length
  await pass(EVERY)
  expect(log.asked).toHaveLength(failed)
  log.fails = null
  log.add(1)
  await pass(EVERY)
  expect(tail.problem).toBeNull()
  expect(names()).toEqual(['n2.example', 'n1.example'])
})

it('waits as long as the server says', async () => {
  log.fails = new ProblemError({ type: '/problems/provider/rate-limited', title: 'Wait', status: 429, retryAfter: 30 })
  tail.wake()
  await pass(29_000)
  expect(log.asked).toHaveLength(1)
  await pass(1000)
  expect(log.asked).toHaveLength(2)
})

it('asks once where it is woken while an answer is under way', async () => {
  tail.wake()
  tail.rest()
  tail.wake()
  await pass(0)
  expect(log.asked).toHaveLength(1)
  await pass(EVERY)
  expect(log.asked).toHaveLength(2)
})
