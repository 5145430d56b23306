import type { Measure, StatsRange, StatsReport, StatsSeries } from '@zonedeck/shared/statistics'
import type { LayerMeasure } from './stack.ts'

export const measureWords: Record<Measure, string> = {
  queries: 'Queries',
  'no-error': 'No error',
  'server-failure': 'Server failure',
  'nx-domain': 'No such name',
  refused: 'Refused',
  authoritative: 'Authoritative',
  recursive: 'Recursive',
  cached: 'From cache',
  blocked: 'Blocked',
  dropped: 'Dropped',
  clients: 'Clients',
}

export function layerWords(measure: LayerMeasure): string {
  return measure === 'rest' ? 'Other' : measureWords[measure]
}

export const rangeWords: Record<StatsRange['kind'], string> = {
  hour: 'Last hour',
  day: 'Last 24 hours',
  week: 'Last 7 days',
  month: 'Last 30 days',
  year: 'Last 12 months',
  custom: 'From – to',
}

export const stepWords: Record<StatsSeries['step'], string> = {
  minute: 'minute',
  quarter: '15 minutes',
  hour: 'hour',
  day: 'day',
  month: 'month',
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const one = new Intl.NumberFormat('en', { maximumFractionDigits: 1, minimumFractionDigits: 1 })
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

/** `184,302` */
export function count(value: number): string {
  return whole.format(value)
}

const protocols = /^(udp|tcp|tls|https|quic)$/i

/** Servers spell protocols differently: `Udp`, `UDP`. */
export function protocolWords(label: string): string {
  return protocols.test(label) ? label.toUpperCase() : label
}

/** For the axis of a chart: `9k` */
export function shortCount(value: number): string {
  return short.format(value).replace('K', 'k')
}

/** `12.4` of a hundred; null where there is nothing to be a part of. */
export function percent(part: number, all: number): string | null {
  return all > 0 ? one.format((part / all) * 100) : null
}

/** Against the range of the same length before: `+6.1 %`. null: not known, or nothing to compare with. */
export function changeWords(value: number, previous: number | null): string | null {
  if (previous === null || previous === 0) return null
  const change = ((value - previous) / previous) * 100
  if (Math.abs(change) < 0.05) return 'as before'
  return `${change > 0 ? '+' : '−'}${Math.abs(change) >= 1000 ? short.format(Math.abs(change)) : one.format(Math.abs(change))} %`
}

const zone = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const formats: Record<StatsSeries['step'] | 'long', Intl.DateTimeFormat> = {
  minute: new Intl.DateTimeFormat('en-GB', zone),
  quarter: new Intl.DateTimeFormat('en-GB', zone),
  hour: new Intl.DateTimeFormat('en-GB', zone),
  // Servers keep the days and months of UTC: named as they are there, not as the day before in New York.
  day: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }),
  // With all of its year: “Dec 25” would be a day.
  month: new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' }),
  long: new Intl.DateTimeFormat('en-GB', { weekday: 'short', ...zone }),
}

/**
 * Where a point begins, in the viewer's zone, as short as the axis of a chart needs it. Of more than two days hours have
 * their weekday with them.
 */
export function pointWords(time: string, step: StatsSeries['step'], days: number): string {
  const format = days > 2 && (step === 'hour' || step === 'quarter' || step === 'minute') ? formats.long : formats[step]
  return format.format(new Date(time))
}

/** What a report that leaves out the running one ends with: an hour, or a day or month where those are its steps. */
export function lastFull({ fullHours, series, source }: StatsReport): 'hour' | 'day' | 'month' | null {
  if (!fullHours) return null
  const { step } = series
  return source.kind === 'server' && (step === 'day' || step === 'month') ? step : 'hour'
}

/** How many days lie between the first and the last point. */
export function daysOf(times: readonly string[]): number {
  return times.length < 2 ? 0 : (Date.parse(times.at(-1) ?? '') - Date.parse(times[0] ?? '')) / 86_400_000
}

const moment = { weekday: 'short', day: 'numeric', month: 'short' } as const
const moments: Record<'time' | 'day', Intl.DateTimeFormat> = {
  time: new Intl.DateTimeFormat('en-GB', { ...moment, ...zone }),
  day: new Intl.DateTimeFormat('en-GB', { ...moment, timeZone: 'UTC' }),
}

/** A point, named in full: `Mon, 23 Nov, 20:00`, `Mon, 23 Nov`, `Nov 2026`. */
export function momentWords(time: string, step: StatsSeries['step']): string {
  if (step === 'month') return formats.month.format(new Date(time))
  return moments[step === 'day' ? 'day' : 'time'].format(new Date(time))
}

/** `Wed, 25 Nov, 14:00 – Thu, 26 Nov, 14:00`; of one day the second date is left out. */
export function periodWords(from: string, to: string, step: StatsSeries['step']): string {
  const [first, last] = [new Date(from), new Date(to)]
  if (step === 'month' || step === 'day') {
    const end = new Date(last.getTime() - 1)
    const format = step === 'month' ? formats.month : moments.day
    return format.format(first) === format.format(end)
      ? format.format(first)
      : `${format.format(first)} – ${format.format(end)}`
  }
  const sameDay = first.toDateString() === last.toDateString()
  return `${moments.time.format(first)} – ${(sameDay ? formats.minute : moments.time).format(last)}`
}
