/** RFC 2181 §8: a TTL has 31 bits. */
export const MAX_TTL = 2_147_483_647

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

/**
 * `3600` or `1h30m` → seconds, or null when the text is no TTL at all. Like BIND, a number without a unit stands alone,
 * and what needs more than 32 bits is no TTL; what needs more than 31 is for the caller to judge.
 */
export function parseTtl(text: string): number | null {
  const first = text.charCodeAt(0)
  if (!(first >= 48 && first <= 57) || text.length > 64) return null
  let total = 0
  let value = 0
  let digits = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 48 && code <= 57) {
      value = value * 10 + code - 48
      digits++
      continue
    }
    const unit = UNITS[text[i]!.toLowerCase()]
    if (unit === undefined || digits === 0) return null
    total += value * unit
    value = 0
    digits = 0
  }
  if (digits > 0) {
    if (total > 0) return null
    total = value
  }
  return total > 0xffff_ffff ? null : total
}
