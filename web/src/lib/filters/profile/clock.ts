import { MINUTES_A_DAY, type MinuteRange } from '@zonedeck/shared/filter/week-grid'
import { dayNames, type Day } from '@zonedeck/shared/filter/week'

/** `Mon` */
export function shortDay(day: Day): string {
  return dayNames[day].slice(0, 3)
}

/** Minutes of a day as `21:00`; the end of a day is `24:00`. */
export function clock(minute: number): string {
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

/** `21:00–24:00` */
export function hoursInWords({ from, to }: MinuteRange): string {
  return `${clock(from)}–${clock(to)}`
}

/** What a time field holds (`21:00`) as minutes of a day; null when it holds none. */
export function minuteOf(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text.trim())
  const minute = match === null ? Number.NaN : Number(match[1]) * 60 + Number(match[2])
  return Number(match?.[2]) < 60 && minute <= MINUTES_A_DAY ? minute : null
}
