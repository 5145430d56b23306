const GAP = '[\\s\\u0085]*'
/** Dots and commas may stand around the parts as white space may. */
const FILL = '[\\s\\u0085.,]*'
const THEN = `${GAP}:${FILL}(\\d{1,2})`
const TIME = new RegExp(
  `^${FILL}(?:([ap]m)${FILL})?(\\d{1,2})(?:${THEN}(?:${THEN}(?:[.,](\\d+))?)?)?${FILL}([ap]m)?${FILL}\\0*$`,
  'i',
)
/** `8.30 pm`, `8 30 15 pm`: with the mark, the colons may be missing. */
const PART = '[\\s\\u0085.,]+(\\d{1,2})'
const LOOSE = new RegExp(`^${FILL}(\\d{1,2})${PART}(?:${PART})?${GAP}([ap]m)${FILL}\\0*$`, 'i')

/**
 * `TimeOnly.TryParse` of the invariant culture: milliseconds since midnight, or null for what it does not read (`24:00`,
 * `14`, `8h30`). `9:00`, `2:30 PM`, `8pm` and `23:59:59.5` are read.
 *
 * Left out: the suffixes of hours and minutes in East Asian languages, names of months and `A.D.`, which .NET reads too.
 */
export function parseTimeOnly(text: string): number | null {
  const match = TIME.exec(
    text.replace(LOOSE, (_, hours, minutes, seconds = '0', mark) => `${hours}:${minutes}:${seconds}${mark}`),
  )
  if (match === null) return null
  const [, before, hours = '', minutes = '0', seconds = '0', fraction = '0', after] = match
  if (before !== undefined && after !== undefined) return null
  if (match[3] === undefined && after === undefined) return null
  const hour = hourOfDay(Number(hours), (before ?? after)?.toLowerCase())
  if (hour === null || Number(minutes) > 59 || Number(seconds) > 59) return null
  const whole = (hour * 60 + Number(minutes)) * 60 + Number(seconds)
  // .NET counts in ticks of 100 ns.
  return whole * 1000 + Math.round(Number(`0.${fraction}`) * 10_000_000) / 10_000
}

function hourOfDay(hour: number, mark: string | undefined): number | null {
  if (mark === 'am') return hour > 12 ? null : hour % 12
  if (hour > 23) return null
  return mark === 'pm' && hour < 12 ? hour + 12 : hour
}
