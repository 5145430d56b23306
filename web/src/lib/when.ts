/** A moment for the eye, in the viewer's zone: `14:02`, `yesterday at 14:31`, `tomorrow at 07:00`, `12 Nov at 14:31`, `12 Nov 2025 at 14:31`. */
export function when(moment: string, now: Date = new Date()): string {
  const date = new Date(moment)
  if (Number.isNaN(date.getTime())) return 'at an unknown time'
  const clock = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  const days = Math.round((midnight(now) - midnight(date)) / 86_400_000)
  if (days === 0) return clock
  if (days === 1) return `yesterday at ${clock}`
  if (days === -1) return `tomorrow at ${clock}`
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year })} at ${clock}`
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

/** The same to the second, for results. */
export function exactly(moment: string): string {
  return new Date(moment).toLocaleTimeString('en-GB')
}

/** This moment, RFC 3339. */
export function isoNow(): string {
  return new Date().toISOString()
}
