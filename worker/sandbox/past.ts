import { begin, goOn, type Sample, type Sampling } from '../src/features/statistics/samples/take.ts'
import { kept, steps } from '../src/features/statistics/samples/steps.ts'
import { countedBetween } from '../src/providers/powerdns/simulator-statistics.ts'
import { tallyOf } from '../src/providers/powerdns/tally.ts'

const DAY = 86_400
const YEAR = 366 * DAY

/**
 * What the panel would have sampled of the simulated PowerDNS, had it been there for a year: readings as often as what is
 * made of them is kept, at times that are seconds since 1970. On the night to the 14th of each month nobody read for
 * three hours, so that there are gaps to see.
 */
export function pastOf(now: number): Sample[] {
  const end = now - (now % 60)
  const start = end - (end % 3600) - YEAR
  const samples: Sample[] = []
  let sampling: Sampling | null = null
  for (const time of readingTimes(start, end)) {
    const { items, maps } = countedBetween(start * 1000, time * 1000)
    const reading = { at: time * 1000, tally: { ...tallyOf({ items, maps }), gauges: [] } }
    const next: { sampling: Sampling; samples: Sample[] } =
      sampling === null ? { sampling: begin(reading), samples: [] } : goOn(sampling, reading)
    sampling = next.sampling
    for (const sample of next.samples) if (sample.at >= end - kept[sample.step]) samples.push(sample)
  }
  return samples
}

function* readingTimes(start: number, end: number): Generator<number> {
  for (let time = start; time <= end;) {
    if (!inTheNight(time)) yield time
    // The finest step that is still kept of this time.
    const step: number = steps.find((each) => time >= end - kept[each]) ?? 3600
    time += step - (time % step)
  }
}

function inTheNight(time: number): boolean {
  const at = new Date(time * 1000)
  return at.getUTCDate() === 14 && at.getUTCHours() >= 1 && at.getUTCHours() < 4
}
