import type { Field } from '@zonedeck/shared/records/record-type'
import { parseTtl } from '../zones/ttl.ts'

/** What stands below a field: its help, and how what is typed is understood. */
export function fieldHint(field: Field, value: string): string | undefined {
  const read = field.kind === 'ttl' ? seconds(value) : field.id === 'serial' ? serialDate(value) : ''
  return [field.help, read].filter(Boolean).join(' ') || undefined
}

function seconds(value: string): string {
  const read = parseTtl(value)
  return typeof read === 'number' ? `${String(read)} seconds.` : ''
}

/** The custom of serials that begin with a date (RFC 1912 §2.2): `2026112401`. */
function serialDate(value: string): string {
  const [, year, month, day, count] = /^((?:19|20)\d\d)(\d\d)(\d\d)(\d\d)$/.exec(value) ?? []
  if (year === undefined || Number.isNaN(Date.parse(`${year}-${String(month)}-${String(day)}`))) return ''
  return `This one reads as ${year}-${String(month)}-${String(day)}, version ${String(Number(count))}.`
}
