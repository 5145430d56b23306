import * as z from 'zod'
import { readJson } from '../json.ts'

/** What `GET /statistics` says. */
export interface Statistics {
  /** Each number by its name. */
  items: ReadonlyMap<string, number>
  /** Answers by type, code or size: only what happened at least once is in there. */
  maps: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/** One element of the answer. */
const itemSchema = z.looseObject({ name: z.string(), type: z.string(), value: z.unknown() })
const entriesSchema = z.array(z.looseObject({ name: z.string(), value: z.string() }))

/** Numbers come as text. Rings (the last names asked for, and by whom) are left out: they hold who asked what. */
export function readStatistics(text: string): Statistics {
  const items = new Map<string, number>()
  const maps = new Map<string, ReadonlyMap<string, number>>()
  for (const { name, type, value } of readJson(z.array(itemSchema), text, 'the statistics')) {
    if (type === 'StatisticItem') {
      const number = toNumber(value)
      if (number !== undefined) items.set(name, number)
    } else if (type === 'MapStatisticItem') {
      const entries = entriesSchema.safeParse(value)
      if (entries.success) maps.set(name, new Map(entries.data.flatMap((entry) => numbered(entry.name, entry.value))))
    }
  }
  return { items, maps }
}

function numbered(name: string, value: string): [string, number][] {
  const number = toNumber(value)
  return number === undefined ? [] : [[name, number]]
}

function toNumber(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d{1,20}$/.test(value) ? Number(value) : undefined
}
