import type { Measure, StatsSeries } from '@zonedeck/shared/statistics'

/** What adds up to all queries, from the bottom of a chart to its top, with the place of its colour. */
const whoAnswered: readonly { measure: Measure; colour: number }[] = [
  { measure: 'cached', colour: 1 },
  { measure: 'recursive', colour: 3 },
  { measure: 'authoritative', colour: 5 },
  { measure: 'dropped', colour: 6 },
  { measure: 'blocked', colour: 2 },
]

/** A layer of a stacked chart. A gap is null in every layer. */
export interface Layer {
  measure: Measure
  /** 1 to 6: `--c1` and so on. */
  colour: number
  values: readonly (number | null)[]
  bottom: readonly (number | null)[]
  top: readonly (number | null)[]
  total: number
}

/**
 * What a series shows, stacked: who answered where the server tells that, else all queries in one layer. Layers in which
 * nothing ever is are left out.
 */
export function layersOf({ rows, times }: StatsSeries): Layer[] {
  const valuesOf = (measure: Measure) => rows.find((row) => row.measure === measure)?.values
  const told = whoAnswered.filter(({ measure }) => valuesOf(measure) !== undefined)
  const shown = told.some(({ measure }) => measure !== 'dropped')
    ? told
    : [{ measure: 'queries' as const, colour: 1 }].filter(({ measure }) => valuesOf(measure) !== undefined)
  let below: (number | null)[] = times.map(() => 0)
  return shown.flatMap(({ measure, colour }) => {
    const values = valuesOf(measure) ?? []
    const total = values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
    if (total === 0 && shown.length > 1) return []
    const bottom = below
    const top = times.map((_, at) => {
      const [value, under] = [values[at] ?? null, bottom[at] ?? null]
      return value === null || under === null ? null : under + value
    })
    below = top
    return [{ measure, colour, values, bottom, top, total }]
  })
}

/** The highest point, and lines at round numbers from 0 up to it or just above: three to five of them. */
export function gridOf(layers: readonly Layer[]): number[] {
  const highest = Math.max(0, ...(layers.at(-1)?.top.map((value) => value ?? 0) ?? []))
  if (highest === 0) return [0, 1]
  const rough = highest / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough)
  const lines = Math.ceil(highest / step)
  return Array.from({ length: lines + 1 }, (_, at) => at * step)
}

/** Positions that get a label: about `most` of them, evenly spread. */
export function labelledPoints(length: number, most: number): number[] {
  if (length === 0) return []
  const every = Math.max(1, Math.ceil(length / most))
  return Array.from({ length: Math.ceil(length / every) }, (_, at) => at * every)
}
