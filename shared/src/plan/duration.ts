const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const

/** Seconds as a person says them, in at most two units: `1 h`, `1 min 30 s`, `0 s`. */
export function duration(seconds: number): string {
  const parts: string[] = []
  let left = Math.round(seconds)
  for (const [unit, size] of units) {
    const count = Math.floor(left / size)
    if (count > 0) parts.push(`${count} ${unit}`)
    left -= count * size
    if (parts.length === 2) break
  }
  return parts.length === 0 ? '0 s' : parts.join(' ')
}
