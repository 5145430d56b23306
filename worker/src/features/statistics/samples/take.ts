import { addUp, increase, type Counts, type Reading } from './increase.ts'
import { steps, type Step } from './steps.ts'

/** A stretch between two readings. Seconds since 1970. */
export interface Sample {
  step: Step
  at: number
  until: number
  counts: Counts
}

/** What is under way: the last reading, and what each step has summed up since its last sample ended. */
export interface Sampling {
  last: Reading
  sums: { step: Step; from: number; counts: Counts }[]
}

/** The first reading: nothing is known of before. */
export function begin(reading: Reading): Sampling {
  const from = minuteOf(reading)
  return { last: reading, sums: steps.map((step) => ({ step, from, counts: {} })) }
}

/**
 * Goes on with the next reading. A reading stands for the full minute that is nearest to it.
 *
 * A sample ends with the first reading at or after the end of its step. Where that comes late, by more than a fifteenth of
 * the step (not at all for a minute, one for a quarter of an hour, four for an hour), the sample is longer than its step:
 * what was counted is known, but not when, so that it is a gap in a series and still part of every total around it. No
 * count is in two samples of one step, and none is in no sample.
 */
export function goOn(sampling: Sampling, reading: Reading): { sampling: Sampling; samples: Sample[] } {
  const now = minuteOf(reading)
  const then = minuteOf(sampling.last)
  // Within the same minute there is nothing to say yet; a clock that was set back leaves nothing to build on.
  if (now === then) return { sampling, samples: [] }
  if (now < then) return { sampling: begin(reading), samples: [] }
  const more = increase(sampling.last, reading)
  const samples: Sample[] = []
  const sums = sampling.sums.map(({ step, from, counts }) => {
    const all = { ...counts }
    addUp(all, more)
    const full = now - (now % step)
    if (full <= from) return { step, from, counts: all }
    const until = now - full <= step / 15 ? full : now
    samples.push({ step, at: from, until, counts: all })
    return { step, from: until, counts: {} }
  })
  return { sampling: { last: reading, sums }, samples }
}

function minuteOf({ at }: Reading): number {
  return Math.round(at / 60_000) * 60
}
