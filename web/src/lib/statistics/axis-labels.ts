import type { StatsSeries } from '@zonedeck/shared/statistics'
import { labelledPoints } from './stack.ts'
import { pointWords } from './words.ts'

/** Minutes between labels: what divides a day as clocks do. */
const intervals = [5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440]

/** The points that get a label, at most so many: round times of the viewer's clock, else evenly spread. */
export function axisLabels({ times, step }: StatsSeries, most: number): number[] {
  if (step === 'day' || step === 'month') return labelledPoints(times.length, most)
  const minutes = times.map((time) => minuteOfDay(new Date(time)))
  for (const interval of intervals) {
    const found = minutes.flatMap((minute, at) => (minute % interval === 0 ? [at] : []))
    if (found.length > 0 && found.length <= most) return found
  }
  const midnights = minutes.flatMap((minute, at) => (minute === 0 ? [at] : []))
  if (midnights.length > most) return labelledPoints(midnights.length, most).flatMap((place) => midnights[place] ?? [])
  return labelledPoints(times.length, most)
}

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric' })

/** A label; midnight is the day that begins with it. */
export function axisWords(time: string, step: StatsSeries['step'], days: number): string {
  const date = new Date(time)
  const dated = step === 'day' || step === 'month'
  return !dated && days > 2 && minuteOfDay(date) === 0 ? weekday.format(date) : pointWords(time, step, days)
}

function minuteOfDay(date: Date): number {
  return date.getHours() * 60 + date.getMinutes()
}
