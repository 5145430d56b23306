import type { Tally } from '../../../providers/provider.ts'

/** How often each thing happened: a measure, `type:A` or `protocol:UDP`. */
export type Counts = Record<string, number>

/** A tally, and when it was taken: milliseconds since 1970. */
export interface Reading {
  at: number
  tally: Tally
}

/** Clocks of two machines, and a server that takes a while to answer. Seconds. */
const slack = 5

/**
 * What happened between two readings. A server that restarted in between counted from zero, and so do we: what it had
 * counted between the first reading and its end is lost. What the first reading does not know has no difference.
 */
export function increase(before: Reading, after: Reading): Counts {
  const anew = restarted(before, after)
  const [from, to] = [flat(before.tally), flat(after.tally)]
  const { types } = before.tally
  return Object.fromEntries(
    [...to].flatMap(([key, value]) => {
      // A type that nobody had asked for is in no tally.
      const base = from.get(key) ?? (types !== undefined && key.startsWith('type:') ? 0 : undefined)
      if (base === undefined) return []
      return [[key, anew || value < base ? value : value - base]]
    }),
  )
}

/** Adds `more` to `sums`. */
export function addUp(sums: Counts, more: Counts): void {
  for (const [key, value] of Object.entries(more)) sums[key] = (sums[key] ?? 0) + value
}

function restarted(before: Reading, after: Reading): boolean {
  const [then, now] = [before.tally.uptime, after.tally.uptime]
  if (then !== undefined && now !== undefined) {
    // Long enough ago, it may by now have been up for longer than it was then.
    return now < then || now + slack < (after.at - before.at) / 1000
  }
  const to = flat(after.tally)
  return [...flat(before.tally)].some(([key, value]) => (to.get(key) ?? 0) < value)
}

function flat({ counts, types = {}, protocols = {} }: Tally): Map<string, number> {
  return new Map([
    ...Object.entries(counts),
    ...Object.entries(types).map(([type, value]) => [`type:${type}`, value] as const),
    ...Object.entries(protocols).map(([protocol, value]) => [`protocol:${protocol}`, value] as const),
  ])
}
