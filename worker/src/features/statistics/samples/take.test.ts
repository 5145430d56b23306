import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Reading } from './increase.ts'
import { steps } from './steps.ts'
import { begin, goOn, type Sample, type Sampling } from './take.ts'

const start = Date.UTC(2026, 10, 23, 12)

/** A server that counts, restarts, and can be out of reach; what it counts in each minute is known. */
interface Minute {
  queries: number
  type: 'A' | 'AAAA' | 'HTTPS'
  restarts: boolean
  /** Is it read at the end of the minute, and how many seconds off? */
  read: boolean
  off: number
}

const minuteOf = (fields: { restarts: number; unread: number }): fc.Arbitrary<Minute> =>
  fc.record({
    queries: fc.nat(1000),
    type: fc.constantFrom('A', 'AAAA', 'HTTPS'),
    restarts: fc.integer({ min: 1, max: 100 }).map((n) => n <= fields.restarts),
    read: fc.integer({ min: 1, max: 100 }).map((n) => n > fields.unread),
    off: fc.integer({ min: -8, max: 8 }),
  })
/** Alternately reachable and not, for up to two and a half hours each. */
const stories = fc.record({
  offset: fc.nat(59),
  minutes: fc
    .array(
      fc.oneof(
        fc.array(minuteOf({ restarts: 2, unread: 5 }), { minLength: 1, maxLength: 150 }),
        fc.array(minuteOf({ restarts: 2, unread: 100 }), { minLength: 1, maxLength: 150 }),
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((parts) => parts.flat()),
})

/** Plays a story, and returns each sample with what its stretch really held that could be known. */
function play(story: { offset: number; minutes: Minute[] }) {
  let at = start + story.offset * 60_000
  let counted = { queries: 5000, types: new Map([['A', 5000]]) }
  let bootedAt = at - 7 * 86_400_000
  const reading = (off: number): Reading => ({
    at: at + off * 1000,
    tally: {
      uptime: Math.floor((at + off * 1000 - bootedAt) / 1000),
      counts: { queries: counted.queries },
      types: Object.fromEntries(counted.types),
      gauges: [],
    },
  })
  let sampling: Sampling = begin(reading(0))
  const samples: Sample[] = []
  /** What each reading adds to the one before, and between which minutes. */
  const stretches: { from: number; to: number; queries: number }[] = []
  let since = { at, queries: 0 }
  for (const minute of story.minutes) {
    if (minute.restarts) {
      counted = { queries: 0, types: new Map() }
      bootedAt = at + 30_000
      since.queries = 0
    }
    counted.queries += minute.queries
    counted.types.set(minute.type, (counted.types.get(minute.type) ?? 0) + minute.queries)
    since.queries += minute.queries
    at += 60_000
    if (!minute.read) continue
    const next = goOn(sampling, reading(minute.off))
    sampling = next.sampling
    samples.push(...next.samples)
    stretches.push({ from: since.at / 1000, to: at / 1000, queries: since.queries })
    since = { at, queries: 0 }
  }
  return { samples, stretches, sampling, from: start / 1000 + story.offset * 60 }
}

it('at every step, samples follow one another without a hole, and hold all that was counted since a restart', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const { samples, stretches, sampling, from } = play(story)
      const total = stretches.reduce((sum, { queries }) => sum + queries, 0)
      for (const step of steps) {
        const own = samples.filter((sample) => sample.step === step)
        let end = from
        let sum = 0
        for (const { at, until, counts } of own) {
          expect(at).toBe(end)
          expect(until).toBeGreaterThan(at)
          expect(sumOf(counts, 'type:')).toBe(counts.queries)
          end = until
          sum += counts.queries ?? 0
        }
        const open = sampling.sums.find((one) => one.step === step)
        expect(open?.from).toBe(end)
        expect(sum + (open?.counts.queries ?? 0)).toBe(total)
      }
    }),
    { numRuns: 300 },
  )
})

it('a minute is what two readings a minute apart say; a longer time without a reading is one sample, and no minute', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const { samples, stretches } = play(story)
      const minutes = samples.filter(({ step }) => step === 60)
      expect(minutes.map(({ at, until, counts }) => ({ from: at, to: until, queries: counts.queries }))).toEqual(
        stretches.map(({ from, to, queries }) => ({ from, to, queries })),
      )
    }),
    { numRuns: 300 },
  )
})

it('a quarter and an hour end with their last minute, at most a fifteenth of them late, or are longer', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const { samples, stretches, from } = play(story)
      for (const { step, at, until, counts } of samples.filter((sample) => sample.step > 60)) {
        const late = step / 15
        /** The reading that ends what ends at `time`. */
        const ends = (time: number) => (time === from ? from : (stretches.find(({ to }) => to >= time)?.to ?? Infinity))
        const [first, last] = [ends(at), ends(until)]
        expect(last - until).toBeLessThanOrEqual(late)
        expect(first - at).toBeLessThanOrEqual(late)
        // No full step went by inside of it that a reading in time would have ended.
        for (let end = at - (at % step) + step; end < until; end += step) expect(ends(end) - end).toBeGreaterThan(late)
        const inside = stretches.filter((stretch) => stretch.from >= first && stretch.to <= last)
        expect(counts.queries ?? 0).toBe(inside.reduce((sum, { queries }) => sum + queries, 0))
      }
    }),
    { numRuns: 300 },
  )
})

it('without an uptime, a restart is a number that is smaller than before', () => {
  const at = (minutes: number, queries: number): Reading => ({
    at: start + minutes * 60_000,
    tally: { counts: { queries, cached: 10 }, gauges: [] },
  })
  const { samples } = goOn(begin(at(0, 5000)), at(1, 40))
  expect(samples).toEqual([
    { step: 60, at: start / 1000, until: start / 1000 + 60, counts: { queries: 40, cached: 10 } },
  ])
})

it('what a server begins to tell has no difference yet, and a type that was never asked for was at zero', () => {
  const before = { at: start, tally: { counts: { queries: 10 }, types: { A: 10 }, gauges: [] } }
  const after = {
    at: start + 60_000,
    tally: { counts: { queries: 15, refused: 1 }, types: { A: 12, AAAA: 3 }, protocols: { UDP: 15 }, gauges: [] },
  }
  expect(goOn(begin(before), after).samples[0]?.counts).toEqual({ queries: 5, 'type:A': 2, 'type:AAAA': 3 })
})

it('a second reading in a minute changes nothing, and after a clock was set back all begins anew', () => {
  const at = (seconds: number): Reading => ({
    at: start + seconds * 1000,
    tally: { counts: { queries: 1 }, gauges: [] },
  })
  const begun = begin(at(0))
  expect(goOn(begun, at(29))).toEqual({ sampling: begun, samples: [] })
  expect(goOn(begun, at(-3600))).toEqual({ sampling: begin(at(-3600)), samples: [] })
})

function sumOf(counts: Record<string, number>, prefix: string): number {
  return Object.entries(counts).reduce((sum, [key, value]) => sum + (key.startsWith(prefix) ? value : 0), 0)
}
