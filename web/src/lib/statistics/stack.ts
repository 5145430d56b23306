import type { Measure, StatsSeries } from '@zonedeck/shared/statistics'

/** `rest`: queries of which a server does not tell who answered. */
export type LayerMeasure = Measure | 'rest'

/** What adds up to all queries, from the bottom of a chart to its top, with the place of its colour. */
const whoAnswered: readonly { measure: LayerMeasure; colour: number }[] = [
  { measure: 'cached', colour: 1 },
  { measure: 'recursive', colour: 3 },
  { measure: 'authoritative', colour: 5 },
  { measure: 'rest', colour: 6 },
  { measure: 'dropped', colour: 4 },
  { measure: 'blocked', colour: 2 },
]

/** A layer of a stacked chart. A gap is null in every layer. */
export interface Layer {
  measure: LayerMeasure
  /** 1 to 6: `--c1` and so on. */
  colour: number
  values: readonly (number | null)[]
  bottom: readonly (number | null)[]
  top: readonly (number | null)[]
  total: number
}

/**
 * What a series shows, stacked: who answered where the server tells that, and the rest; else all queries in one layer.
 * Layers in which nothing ever is are left out, and one of which nothing is known.
 */
export function layersOf({ rows, times }: StatsSeries): Layer[] {
  const told = new Map<LayerMeasure, readonly (number | null)[]>(rows.map(({ measure, values }) => [measure, values]))
  const tells = whoAnswered.some(({ measure }) => measure !== 'dropped' && told.has(measure))
  const rest = tells ? restOf(told, times.length) : null
  if (rest !== null) told.set('rest', rest)
  const all = [{ measure: 'queries' as const, colour: 1 }]
  const isKnown = (measure: LayerMeasure) => told.get(measure)?.some((value) => value !== null) === true
  const shown = (tells ? whoAnswered : all).filter(({ measure }) => isKnown(measure))
  let below: (number | null)[] = times.map(() => 0)
  return shown.flatMap(({ measure, colour }) => {
    const values = told.get(measure) ?? []
    const total = sum(values)
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

/** Counts are taken one after the other: what is not told apart is a rest only when it is more than that. */
const SLACK = 0.005

function restOf(told: ReadonlyMap<LayerMeasure, readonly (number | null)[]>, length: number): (number | null)[] | null {
  const queries = told.get('queries')
  if (queries === undefined) return null
  const parts = whoAnswered.flatMap(({ measure }) => (told.has(measure) ? [told.get(measure) ?? []] : []))
  const rest = Array.from({ length }, (_, at) => {
    const all = queries[at] ?? null
    return all === null ? null : Math.max(0, all - sum(parts.map((values) => values[at] ?? 0)))
  })
  return sum(rest) > SLACK * sum(queries) ? rest : null
}

function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0)
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
