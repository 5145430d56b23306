import { zoneAsServed } from './dnssec-records.ts'
import { relativeTo } from './names.ts'
import { RECORD_TYPES } from './record-types.ts'
import { recordsOfZone, type HeldRecord, type HeldZone } from './zone.ts'

/** SOA first, then every NS, then the rest as the server holds it. Disabled records are there, in a comment's words. */
export function exportZone(zone: HeldZone): string {
  const records = recordsOfZone(zoneAsServed(zone))
  const lines = [
    `$ORIGIN ${zone.name}.`,
    ...records.filter(({ type }) => type === 'SOA').map((record) => line(zone, record)),
    ...records.filter(({ type }) => type === 'NS').map((record) => line(zone, record)),
    ...records.filter(({ type }) => type !== 'SOA' && type !== 'NS').map((record) => line(zone, record)),
  ]
  return lines.map((text) => `${text}\n`).join('')
}

function line(zone: HeldZone, record: HeldRecord): string {
  const type = record.type in RECORD_TYPES ? record.type.padEnd(12) : `TYPE${record.type}`
  const entry = [
    relativeTo(zone.name, record.name).padEnd(20),
    String(record.ttl).padEnd(8),
    'IN',
    type,
    record.rdata.print(zone.name, record.hints),
  ].join('  ')
  const comment = commentOf(record)
  return comment === '' ? entry : `${entry}\t\t\t;${comment}`
}

function commentOf({ disabled, comments }: HeldRecord): string {
  if (disabled || comments?.trimStart().startsWith('{')) {
    return `{"disabled":${disabled},"comments":${comments === null ? 'null' : jsonString(comments)}}`
  }
  return (comments ?? '').replaceAll('\r', '').replaceAll('\n', '\\n')
}

/** JSON text as the server's writer escapes it: everything that HTML could misread, and all outside of ASCII. */
function jsonString(text: string): string {
  return JSON.stringify(text)
    .replaceAll('\\"', '\\u0022')
    .replace(/[&'+<>`\u007f-\uffff]/g, (unit) => {
      return `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
    })
}
