import type { Capabilities, Support } from '../capabilities.ts'
import { typeRefusal } from '../refusals.ts'
import type { Change } from '../change.ts'
import { NameError, parseName, toAbsolute } from '../names.ts'
import type { DnsRecord, ReadOnly, RecordSet } from '../record-set.ts'
import { canonicalRdata } from '../records/rdata.ts'
import { RdataError } from '../records/record-type.ts'
import { duration } from './duration.ts'
import { setKey } from './keys.ts'
import { sameSet } from './same-set.ts'

/** Which part of `{ changes }` is wrong (JSON Pointer, RFC 6901), and a sentence that says what would be right. */
export interface ChangeError {
  pointer: string
  detail: string
}

const readOnlyReasons: Record<ReadOnly, string> = {
  soa: 'The server keeps the SOA itself.',
  'apex-ns': 'The server keeps the name servers of the zone itself.',
  dnssec: 'The server makes this set itself when it signs the zone.',
  secondary: 'This zone is a copy of another server’s: change it there.',
  unsupported: 'This set can be read but not written here.',
}

/** Types of which a name has one record at most (RFC 1034 §3.6.2, RFC 6672 §2.4, RFC 1035 §3.3.13). */
const single = new Set(['CNAME', 'DNAME', 'SOA'])

/**
 * What is wrong with a list of changes of one zone, before anything is sent. What stands unchanged in `before` is not
 * blamed: a server may hold records that nobody could enter today. `recordSets`, where given, is the zone as it is.
 */
export function changeErrors(
  changes: readonly Change[],
  zone: string,
  capabilities: Capabilities,
  recordSets: readonly RecordSet[] = [],
): ChangeError[] {
  const errors: ChangeError[] = []
  const seen = new Set<string>()
  const readOnly = new Map<string, ReadOnly>()
  for (const set of recordSets) if (set.readOnly !== undefined) readOnly.set(setKey(set), set.readOnly)

  changes.forEach((change, index) => {
    const at = `/changes/${index}`
    const key = setKey(change)
    if (seen.has(key)) {
      errors.push({ pointer: `${at}/name`, detail: `There are two changes of ${key}: put them together in one.` })
      return
    }
    seen.add(key)
    const locked = readOnly.get(key) ?? change.before?.readOnly
    const refusal = locked === undefined ? setRefusal(change, capabilities) : readOnlyReasons[locked]
    if (refusal !== null) {
      errors.push({ pointer: `${at}/type`, detail: refusal })
      return
    }
    if (sameSet(change.before, change.after)) {
      errors.push({ pointer: at, detail: `${key} would be the same as before: leave it out.` })
      return
    }
    if (change.before === null) errors.push(...nameErrors(change.name, zone, `${at}/name`))
    if (change.after !== null) {
      errors.push(...setErrors(change.before, change.after, capabilities, `${at}/after`))
    }
  })
  return errors
}

/** Why this set cannot be written at all, or null. */
function setRefusal({ name, type, after }: Change, capabilities: Capabilities): string | null {
  if (type === 'SOA') {
    if (name !== '@') return 'A SOA belongs to the apex of a zone and nowhere else.'
    if (after === null) return 'A zone needs its SOA: it can be changed, not deleted.'
    return capabilities.soa === 'editable' ? null : capabilities.soa.reason
  }
  if (type === 'NS' && name === '@' && capabilities.apexNs !== 'editable') return capabilities.apexNs.reason
  return typeRefusal(capabilities, type)?.reason ?? null
}

function nameErrors(name: string, zone: string, pointer: string): ChangeError[] {
  try {
    const absolute = toAbsolute(name, zone)
    if (parseName(absolute) === absolute) return []
    return [{ pointer, detail: `Write the name in its A-label form in lower case, relative to the zone.` }]
  } catch (error) {
    if (error instanceof NameError) return [{ pointer, detail: error.message }]
    throw error
  }
}

function setErrors(before: RecordSet | null, after: RecordSet, capabilities: Capabilities, at: string): ChangeError[] {
  const errors: ChangeError[] = []
  const old = new Map(before?.records.map((record) => [record.rdata, record]) ?? [])
  if (after.ttl !== before?.ttl) errors.push(...ttlErrors(after.ttl, capabilities, `${at}/ttl`))
  if (single.has(after.type) && after.records.length > 1 && after.records.length > (before?.records.length ?? 0)) {
    errors.push({ pointer: `${at}/records`, detail: `A name has one ${after.type} at most; this set has several.` })
  }
  if (after.comments !== undefined && after.comments.length > 0 && !sameComments(before, after)) {
    const refusal = commentRefusal(capabilities, 'set')
    if (refusal !== null) errors.push({ pointer: `${at}/comments`, detail: refusal })
  }
  const values = new Set<string>()
  after.records.forEach((record, index) => {
    const pointer = `${at}/records/${index}`
    const was = old.get(record.rdata)
    if (values.has(record.rdata) && !wasTwice(before, record.rdata)) {
      errors.push({ pointer: `${pointer}/rdata`, detail: 'This record is in the set already.' })
    }
    values.add(record.rdata)
    if (was === undefined) errors.push(...rdataErrors(after.type, record.rdata, capabilities, `${pointer}/rdata`))
    errors.push(...recordErrors(was, record, capabilities, pointer))
  })
  return errors
}

function wasTwice(before: RecordSet | null, rdata: string): boolean {
  return (before?.records.filter((record) => record.rdata === rdata).length ?? 0) > 1
}

function sameComments(before: RecordSet | null, after: RecordSet): boolean {
  const text = (set: RecordSet | null) => (set?.comments ?? []).map(({ content }) => content).join('\u0000')
  return text(before) === text(after)
}

/** What may differ between a record and its former self. */
function recordErrors(
  was: DnsRecord | undefined,
  record: DnsRecord,
  capabilities: Capabilities,
  pointer: string,
): ChangeError[] {
  const errors: ChangeError[] = []
  if (record.ttl !== undefined && record.ttl !== was?.ttl) {
    errors.push(...ttlErrors(record.ttl, capabilities, `${pointer}/ttl`))
  }
  if (record.disabled === true && was?.disabled !== true) {
    const refusal = reason(capabilities.disableRecord)
    if (refusal !== null) errors.push({ pointer: `${pointer}/disabled`, detail: refusal })
  }
  if (record.comment !== undefined && record.comment !== '' && record.comment !== was?.comment) {
    const refusal = commentRefusal(capabilities, 'record')
    if (refusal !== null) errors.push({ pointer: `${pointer}/comment`, detail: refusal })
  }
  return errors
}

const reason = (support: Support): string | null => (support === true ? null : support.reason)

function commentRefusal({ comments }: Capabilities, where: 'record' | 'set'): string | null {
  if (typeof comments === 'object') return comments.reason
  if (comments === where) return null
  return where === 'record'
    ? 'This server keeps comments of a whole set, not of one record.'
    : 'This server keeps comments of one record, not of a whole set.'
}

function ttlErrors(ttl: number, { ttl: range }: Capabilities, pointer: string): ChangeError[] {
  if (ttl >= range.min && ttl <= range.max) return []
  const note = range.note === undefined ? '' : ` ${range.note}`
  return [
    {
      pointer,
      detail: `The TTL must lie between ${duration(range.min)} and ${duration(range.max)} (${range.min}–${range.max}) on this server.${note}`,
    },
  ]
}

function rdataErrors(type: string, rdata: string, capabilities: Capabilities, pointer: string): ChangeError[] {
  try {
    const canonical = canonicalRdata(type, rdata)
    if (canonical !== rdata) return [{ pointer, detail: `Write it in canonical form: ${canonical}` }]
  } catch (error) {
    if (error instanceof RdataError || error instanceof NameError) return [{ pointer, detail: error.message }]
    throw error
  }
  return type === 'TXT' || type === 'SPF' ? txtErrors(rdata, capabilities, pointer) : []
}

function txtErrors(rdata: string, { txt }: Capabilities, pointer: string): ChangeError[] {
  // Canonical text: quoted strings with single spaces between; an escape stands for one byte.
  const bytes = rdata
    .replace(/\\(?:[0-9]{3}|.)/g, (escape) => (/^\\(?:12[89]|1[3-9]|2)/.test(escape) ? '\u0080' : '.'))
    .replace(/" "/g, '')
  const length = bytes.length - 2
  const errors: ChangeError[] = []
  if (length > txt.maxBytes) {
    errors.push({
      pointer,
      detail: `This server takes texts of ${txt.maxBytes} bytes at most; this one has ${length}.`,
    })
  }
  const refusal = reason(txt.nonAscii)
  if (refusal !== null && bytes.includes('\u0080')) errors.push({ pointer, detail: refusal })
  return errors
}
