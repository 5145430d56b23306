import type { Change } from '@zonedeck/shared/change'
import { parseName, toAbsolute, toRelative } from '@zonedeck/shared/names'
import { setKey } from '@zonedeck/shared/plan/keys'
import type { DnsRecord, RecordSet } from '@zonedeck/shared/record-set'
import { formatTtl, parseTtl } from '../zones/ttl.ts'
import { readValues, writeValues, type Values } from './values.ts'

/** One value of the set being edited, as it is typed. Plain data: it survives a reload. */
export interface ValueState {
  key: string
  /** By field id; null when only the text can be edited. */
  values: Values | null
  /** The presentation text, used while `asText`. */
  text: string
  asText: boolean
  disabled: boolean
  comment: string
  /** What it was when the editor opened; carries along what the form does not show. */
  source: DnsRecord | null
}

/** An open editor: a whole record set, typed but not yet in the draft. */
export interface EditorState {
  connection: string
  zone: string
  /** The set as it was shown when the editor opened; null for a new one. */
  before: RecordSet | null
  type: string
  name: string
  ttl: string
  /** The set's comment, where the provider keeps one a set. */
  comment: string
  values: ValueState[]
}

/** What is wrong, by place: `name`, `ttl`, or `<value key>` and `<value key>.<field id>`. */
export type EditorErrors = Record<string, string>

let made = 0
const nextKey = () => `v${String(Date.now())}-${String(made++)}`

function valueState(type: string, record: DnsRecord): ValueState {
  const values = readValues(type, record.rdata)
  return {
    key: nextKey(),
    values,
    text: record.rdata,
    asText: values === null,
    disabled: record.disabled ?? false,
    comment: record.comment ?? '',
    source: record,
  }
}

/** One more, empty value of a type. */
export function emptyValue(type: string): ValueState {
  const values = readValues(type, null)
  return { key: nextKey(), values, text: '', asText: values === null, disabled: false, comment: '', source: null }
}

/** Opens a set for editing; the value of the row that was chosen comes first. */
export function editSet(
  place: { connection: string; zone: string },
  set: RecordSet,
  chosen?: { rdata: string },
): EditorState {
  const isChosen = (record: { rdata: string }) => record.rdata === chosen?.rdata
  const records = [...set.records.filter(isChosen), ...set.records.filter((record) => !isChosen(record))]
  return {
    ...place,
    before: set,
    type: set.type,
    name: set.name,
    ttl: formatTtl(set.ttl),
    comment: set.comments?.[0]?.content ?? '',
    values: records.map((record) => valueState(set.type, record)),
  }
}

/** Opens an empty editor, or one with the values of another set (duplicate). */
export function newSet(
  place: { connection: string; zone: string },
  from: { type: string; name: string; ttl: number; like?: RecordSet },
): EditorState {
  const like = from.like
  return {
    ...place,
    before: null,
    type: from.type,
    name: from.name,
    ttl: formatTtl(from.ttl),
    comment: '',
    values:
      like === undefined
        ? [emptyValue(from.type)]
        : like.records.map((record) => ({ ...valueState(like.type, record), source: null })),
  }
}

/** The same editor for another type: the name, TTL and comment stay, the values start anew. */
export function changeType(editor: EditorState, type: string): EditorState {
  return { ...editor, type, values: [emptyValue(type)] }
}

/**
 * A typed record name, relative to the zone. `www`, `@`, an empty field, `www.example.com.` and a name that already ends
 * with the zone are all understood.
 *
 * @throws NameError with a sentence
 */
export function relativeName(typed: string, zone: string): string | null {
  const text = typed.trim()
  if (text === '' || text === '@') return '@'
  const origin = toAbsolute('@', zone)
  if (text.endsWith('.')) return toRelative(parseName(text), zone)
  const whole = toRelative(parseName(`${text}.`), zone)
  // `example.com` typed in the zone example.com means its apex, not example.com.example.com.
  if (whole !== null && zone !== '@') return whole
  return toRelative(parseName(text, origin), zone)
}

/** What an editor asks for, or everything that is wrong with it. */
export function editorChanges(
  editor: EditorState,
  sets: ReadonlyMap<string, RecordSet>,
): { changes: Change[]; errors: EditorErrors } {
  const errors: EditorErrors = {}
  const name = readName(editor, errors)
  const ttl = parseTtl(editor.ttl)
  if (typeof ttl === 'string') errors.ttl = ttl
  const records = editor.values.map((value) => readRecord(editor, value, errors))
  markDoubles(editor, records, errors)
  if (name === null || typeof ttl === 'string' || Object.keys(errors).length > 0) return { changes: [], errors }

  const { before, type } = editor
  const moved = before !== null && (before.name !== name || before.type !== type)
  const key = setKey({ name, type })
  // A set of this name and type that is already there is added to, never silently replaced.
  const present = before === null || moved ? (sets.get(key) ?? null) : before
  const own = records.filter((record) => record !== null)
  const kept =
    present === before ? [] : (present?.records ?? []).filter(({ rdata }) => !own.some((r) => r.rdata === rdata))
  const after: RecordSet = { name, type, ttl, records: [...kept, ...own] }
  const comments = setComments(editor, present ?? before)
  if (comments !== undefined) after.comments = comments

  const changes: Change[] = []
  if (moved) changes.push({ name: before.name, type: before.type, before, after: null })
  changes.push({ name, type, before: present, after })
  return { changes, errors }
}

function readName(editor: EditorState, errors: EditorErrors): string | null {
  try {
    const name = relativeName(editor.name, editor.zone)
    if (name === null) errors.name = `This name is not inside of ${editor.zone}.`
    return name
  } catch (error) {
    errors.name = error instanceof Error ? error.message : 'This is no name.'
    return null
  }
}

function readRecord(editor: EditorState, value: ValueState, errors: EditorErrors): DnsRecord | null {
  const origin = toAbsolute('@', editor.zone)
  const written = writeValues(editor.type, value.asText ? value.text : (value.values ?? {}), origin)
  if ('errors' in written) {
    for (const [field, message] of Object.entries(written.errors)) {
      errors[field === '' ? value.key : `${value.key}.${field}`] = message
    }
    return null
  }
  const record: DnsRecord = { ...value.source, rdata: written.rdata }
  delete record.disabled
  delete record.comment
  // A TTL of its own gives way to the set's: DNS has one a set.
  delete record.ttl
  if (value.disabled) record.disabled = true
  if (value.comment.trim() !== '') record.comment = value.comment.trim()
  return record
}

function markDoubles(editor: EditorState, records: readonly (DnsRecord | null)[], errors: EditorErrors): void {
  const seen = new Set<string>()
  records.forEach((record, index) => {
    const value = editor.values[index]
    if (record === null || value === undefined) return
    if (seen.has(record.rdata)) errors[value.key] = 'This value is there twice: remove one.'
    seen.add(record.rdata)
  })
}

function setComments(editor: EditorState, present: RecordSet | null): RecordSet['comments'] {
  const text = editor.comment.trim()
  const [first, ...others] = present?.comments ?? []
  if (text === '') return others.length > 0 ? others : undefined
  if (first !== undefined && first.content === text) return present?.comments
  return [{ content: text, ...(first?.account === undefined ? {} : { account: first.account }) }, ...others]
}
