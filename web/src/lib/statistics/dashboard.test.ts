import type { StatsRange, StatsReport } from '@zonedeck/shared/statistics'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ProblemError } from '#lib/problem-error.ts'
import { Dashboard } from './dashboard.svelte.ts'

const day: StatsRange = { kind: 'day' }
const week: StatsRange = { kind: 'week' }
const said = (connection: string, range: StatsRange) => ({ from: `${connection} ${range.kind}` }) as StatsReport
const silent = new ProblemError({ type: '/problems/provider/unavailable', title: 'No answer', status: 502 })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the dashboard', () => {
  it('shows all at once when all answer soon', async () => {
    const dashboard = new Dashboard(['a', 'b'], (connection, range) => Promise.resolve(said(connection, range)))
    const done = dashboard.read(day)
    expect(dashboard.range).toBeNull()
    await done
    expect(dashboard.range).toEqual(day)
    expect(dashboard.parts.map(({ report }) => report?.from)).toEqual(['a day', 'b day'])
  })

  it('does not wait for a silent server', async () => {
    const dashboard = new Dashboard(['a', 'b'], async (connection, range) => {
      if (connection === 'a') return said(connection, range)
      await new Promise((resolve) => setTimeout(resolve, 10_000))
      throw silent
    })
    const done = dashboard.read(day)
    await vi.advanceTimersByTimeAsync(2000)
    expect(dashboard.range).toBeNull()
    await vi.advanceTimersByTimeAsync(1000)
    expect(dashboard.parts).toMatchObject([{ waiting: false }, { report: null, problem: null, waiting: true }])
    await vi.advanceTimersByTimeAsync(10_000)
    await done
    expect(dashboard.parts[1]).toMatchObject({ report: null, problem: silent.problem, waiting: false })
  })

  it('keeps the last reading of the same range, and none of another one', async () => {
    let broken = false
    const dashboard = new Dashboard(['a'], (connection, range) =>
      broken ? Promise.reject(silent) : Promise.resolve(said(connection, range)),
    )
    await dashboard.read(day)
    broken = true
    await dashboard.read({ kind: 'day' })
    expect(dashboard.parts[0]).toMatchObject({ report: { from: 'a day' }, problem: silent.problem })
    const other = dashboard.read(week)
    expect(dashboard.range).toEqual(day)
    await other
    expect(dashboard.parts[0]).toMatchObject({ report: null, problem: silent.problem })
  })

  it('an earlier reading that answers late changes nothing', async () => {
    const dashboard = new Dashboard(['a'], async (connection, range) => {
      await new Promise((resolve) => setTimeout(resolve, range.kind === 'day' ? 500 : 100))
      return said(connection, range)
    })
    const first = dashboard.read(day)
    const second = dashboard.read(week)
    await vi.advanceTimersByTimeAsync(1000)
    await Promise.all([first, second])
    expect(dashboard.parts[0]?.report?.from).toBe('a week')
    expect(dashboard.busy).toBe(false)
  })
})
