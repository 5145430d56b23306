import { expect, it } from 'vitest'
import { pastOf } from './past.ts'

const now = Date.UTC(2026, 10, 23, 12, 10) / 1000

it('a year is filled at every step, believably, the same each time', () => {
  const past = pastOf(now)
  expect(pastOf(now)).toEqual(past)
  for (const [step, atLeast] of [
    [60, 1440],
    [900, 2900],
    [3600, 8700],
  ] as const) {
    const own = past.filter((sample) => sample.step === step && sample.until - sample.at === step)
    expect(own.length).toBeGreaterThan(atLeast)
    for (const { counts } of own) {
      expect(counts.queries ?? 0).toBeGreaterThan(0)
      const answers = ['no-error', 'nx-domain', 'server-failure', 'refused'].map((each) => counts[each] ?? 0)
      expect(Math.abs(answers.reduce((sum, each) => sum + each, 0) - (counts.queries ?? 0))).toBeLessThan(10)
    }
    expect(own.at(-1)?.until).toBe(now - (now % step))
  }
})

it('the night of the 14th is a gap in the hours', () => {
  const hours = pastOf(now).filter(({ step }) => step === 3600)
  const night = Date.UTC(2026, 10, 14, 1) / 1000
  expect(hours.filter(({ at, until }) => at < night + 3600 && until > night)).toMatchObject([
    { until: night + 3 * 3600 },
  ])
})
