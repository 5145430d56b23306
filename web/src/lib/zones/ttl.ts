const UNITS = [
  { seconds: 604_800, short: 'w', words: /^w(eeks?)?$/ },
  { seconds: 86_400, short: 'd', words: /^d(ays?)?$/ },
  { seconds: 3_600, short: 'h', words: /^h(ours?|rs?)?$/ },
  { seconds: 60, short: 'min', words: /^m(in(ute)?s?)?$/ },
  { seconds: 1, short: 's', words: /^s(ec(ond)?s?)?$/ },
] as const

/** The largest TTL there is (RFC 2181 §8). */
const MAX_TTL = 2_147_483_647

/** The usual choices of the TTL field, in seconds. */
export const ttlPresets: readonly number[] = [60, 300, 900, 3_600, 14_400, 86_400, 604_800]

/** Seconds as `1 h`, `5 min` or `1 h 30 min`; at most two units, seconds alone where that would round. */
export function formatTtl(seconds: number): string {
  if (seconds === 0) return '0 s'
  const parts: string[] = []
  let rest = seconds
  for (const { seconds: size, short } of UNITS) {
    if (short === 'w' && rest % size !== 0) continue
    const count = Math.floor(rest / size)
    if (count > 0) parts.push(`${String(count)} ${short}`)
    rest -= count * size
  }
  return parts.length <= 2 ? parts.join(' ') : `${String(seconds)} s`
}

/** For what will be written: the time and the number itself, `3 h (10800)`. */
export function exactTtl(seconds: number): string {
  const time = formatTtl(seconds)
  return time === `${String(seconds)} s` ? time : `${time} (${String(seconds)})`
}

/**
 * Reads a TTL as a person writes it: `3600`, `1h`, `1 h 30 min`, `2 days`.
 *
 * @returns seconds, or a sentence saying what would be right
 */
export function parseTtl(text: string): number | string {
  const trimmed = text.trim().toLowerCase()
  if (trimmed === '') return 'Give a time, such as 300 or 1 h.'
  if (/^\d+$/.test(trimmed)) return inRange(Number(trimmed))
  const parts = [...trimmed.matchAll(/(\d+)\s*([a-z]+)\s*/gy)]
  if (parts.map(([part]) => part).join('') !== trimmed) {
    return 'A TTL is a number of seconds, or a time such as 5 min, 1 h or 2 d.'
  }
  let sum = 0
  for (const [, count, word] of parts) {
    const unit = UNITS.find(({ words }) => words.test(word ?? ''))
    if (unit === undefined) return `${word ?? ''} is no unit of time. Use s, min, h, d or w.`
    sum += Number(count) * unit.seconds
  }
  return inRange(sum)
}

function inRange(seconds: number): number | string {
  return seconds <= MAX_TTL ? seconds : 'A TTL is at most 2147483647 seconds (RFC 2181).'
}
