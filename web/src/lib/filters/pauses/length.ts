import type { PauseInput } from '@zonedeck/shared/content-filter'

/** How long a pause lasts: so many minutes, or until a time of the day as it stands in `clock` (`21:30`). */
export interface Length {
  choice: '5' | '15' | '60' | 'until'
  clock: string
}

export const lengths: readonly { value: Length['choice']; label: string }[] = [
  { value: '5', label: '5 min' },
  { value: '15', label: '15 min' },
  { value: '60', label: '1 hour' },
  { value: 'until', label: 'Until …' },
]

const SHORTEST = 60_000
const HALF_HOUR = 30 * SHORTEST

/** A time to begin the choice with, as `clock`: the full or half hour that is half an hour away at least. `now` in milliseconds since 1970. */
export function likelyClock(now: number): string {
  const then = new Date(now + HALF_HOUR)
  then.setMinutes(then.getMinutes() > 30 ? 60 : then.getMinutes() > 0 ? 30 : 0)
  return `${String(then.getHours()).padStart(2, '0')}:${String(then.getMinutes()).padStart(2, '0')}`
}

/** The next time the clock shows this, in the viewer's zone; null when nothing is filled in or it is not a minute away. */
export function nextTime(clock: string, now: Date): Date | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(clock) ?? []
  if (hours === undefined || minutes === undefined) return null
  const next = new Date(now)
  next.setHours(Number(hours), Number(minutes), 0, 0)
  if (next.getTime() <= now.getTime()) next.setDate(next.getDate() + 1)
  return next.getTime() < now.getTime() + SHORTEST ? null : next
}

/** What the server is told; null while there is no time. `now` in milliseconds since 1970. */
export function lengthInput({ choice, clock }: Length, now: number): Pick<PauseInput, 'seconds' | 'until'> | null {
  if (choice !== 'until') return { seconds: Number(choice) * 60 }
  const until = nextTime(clock, new Date(now))
  return until === null ? null : { until: until.toISOString() }
}

/** What is left, as a person says it: `14 min`, `1 h 5 min`, and to the second at the end: `1:23`. */
export function left(until: string, now: number): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000))
  if (seconds < 120) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
}
