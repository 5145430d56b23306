const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** A time of the API (RFC 3339) in the viewer's zone and manner. */
export function dateTime(time: string): string {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? time : moment.format(date)
}
