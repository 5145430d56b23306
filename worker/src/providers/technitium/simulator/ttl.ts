import { ServerError } from './errors.ts'

const UNITS: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 }
const MAX_UINT32 = 4_294_967_295

/** Seconds, or `1w2d3h4m5s` with the units in any order and case → seconds, or null. Sums wrap at 32 bits. */
export function tryTtl(text: string): number | null {
  if (/^\s*[+]?\d+\s*$/.test(text)) {
    const seconds = Number(text)
    if (seconds <= MAX_UINT32) return seconds
  }
  if (!/^(\d+[a-z])*(\d+)?$/i.test(text) || text === '') return null
  let total = 0
  for (const [, digits, unit] of text.matchAll(/(\d+)([a-z]?)/gi)) {
    const factor = unit === '' ? 1 : UNITS[unit!.toLowerCase()]
    const count = Number(digits)
    if (factor === undefined || count > MAX_UINT32) return null
    total = (total + count * factor) % (MAX_UINT32 + 1)
  }
  return total
}

export function parseTtl(text: string): number {
  const seconds = tryTtl(text)
  if (seconds === null) throw new ServerError(`Failed to parse TTL from value: ${text}`)
  return seconds
}

/** 5400 → `1h30m`, 0 → `0s`. */
export function ttlString(seconds: number): string {
  let rest = seconds
  let text = ''
  for (const [unit, size] of Object.entries(UNITS)) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) text += `${count}${unit}`
  }
  return text === '' ? '0s' : text
}
