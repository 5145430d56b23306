import { MINUTES_A_DAY, type MinuteRange } from '@zonedeck/shared/filter/week-grid'

/** Hours are painted and pulled in quarters. */
const STEP = 15

/** The minute at a place of a lane, 0 to 1440. */
export function minuteAt(x: number, lane: { left: number; width: number }): number {
  const share = lane.width === 0 ? 0 : (x - lane.left) / lane.width
  return Math.min(MINUTES_A_DAY, Math.max(0, share * MINUTES_A_DAY))
}

/** The quarters that a stroke touches: one at least. */
export function stroke(a: number, b: number): MinuteRange {
  const from = Math.min(Math.floor(Math.min(a, b) / STEP) * STEP, MINUTES_A_DAY - STEP)
  return { from, to: Math.max(Math.ceil(Math.max(a, b) / STEP) * STEP, from + STEP) }
}

export type End = 'from' | 'to'

/** A range with one end at a minute, the nearest quarter; the other end stays, and a quarter remains. */
export function pulled(range: MinuteRange, end: End, minute: number): MinuteRange {
  const near = Math.round(minute / STEP) * STEP
  return end === 'from'
    ? { ...range, from: Math.max(0, Math.min(near, range.to - STEP)) }
    : { ...range, to: Math.min(MINUTES_A_DAY, Math.max(near, range.from + STEP)) }
}

/** Where a key moves an end to; null when it is none of these keys. */
export function keyed(range: MinuteRange, end: End, key: string, isFast: boolean): MinuteRange | null {
  const step = isFast ? 60 : STEP
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return pulled(range, end, range[end] - step)
    case 'ArrowRight':
    case 'ArrowUp':
      return pulled(range, end, range[end] + step)
    case 'PageDown':
      return pulled(range, end, range[end] - 60)
    case 'PageUp':
      return pulled(range, end, range[end] + 60)
    case 'Home':
      return pulled(range, end, 0)
    case 'End':
      return pulled(range, end, MINUTES_A_DAY)
    default:
      return null
  }
}
