import { NameError, parseName } from '../names.ts'
import { readDirective } from './directive.ts'
import { lineEnd, readEntry } from './entry.ts'
import { readFastLine } from './fast-line.ts'
import { newHostCache, suffixOf, type ReaderState } from './reader-state.ts'
import { readRecord, type EntryReader } from './record-entry.ts'
import { addNote, closeNotes, newNotes, type ZoneFileNote, type ZoneRecord } from './zone-record.ts'
import { decodeZoneText } from './zone-text.ts'

export interface ReadOptions {
  /** What relative names lean on before the first `$ORIGIN`: absolute, or without the last dot. */
  origin?: string
  /** The zone, when it is known: the origin unless that is given too. Names outside of it are for `checkZone`. */
  zone?: string
  /** Whether comments behind records are kept. They are unless this is false. */
  comments?: boolean
}

export interface ZoneFile {
  /** The zone's absolute name: as given, else the SOA's owner, else the first `$ORIGIN`; null when none of them says. */
  origin: string | null
  /** In the order of the file, none left out that could be read. */
  records: ZoneRecord[]
  errors: ZoneFileNote[]
  warnings: ZoneFileNote[]
}

/** `example.com`, `example.com.`, `.` and `@` (the root) → absolute canonical name; empty when it is no name. */
function absoluteName(text: string | undefined): string {
  if (text === undefined || text === '') return ''
  try {
    return parseName(text, '.')
  } catch (error) {
    if (error instanceof NameError) return ''
    throw error
  }
}

/**
 * Reads a master file (RFC 1035 §5, 2308 §4, 3597, 9460, and BIND's `$GENERATE`). Takes any bytes, never throws, and its
 * time grows with the length of the file alone. What cannot be read is in `errors`; nothing is left out silently.
 *
 * Bytes outside of ASCII become `\DDD` in names and strings. `$INCLUDE` is an error: there is no other file here.
 */
export function readZoneFile(source: string | Uint8Array, options: ReadOptions = {}): ZoneFile {
  const { text, bytes } = decodeZoneText(source)
  const zone = absoluteName(options.zone ?? options.origin)
  const origin = absoluteName(options.origin ?? options.zone)
  const state: ReaderState = {
    text,
    bytes,
    origin,
    suffix: suffixOf(origin),
    owner: '',
    ownerToken: '',
    originMoved: false,
    defaultTtl: -1,
    lastTtl: -1,
    run: { owner: '', type: '', ttl: -1, more: null },
    records: [],
    comments: options.comments ?? true,
    hosts: newHostCache(),
  }
  const reader: EntryReader = { state, errors: newNotes(), warnings: newNotes(), firstOrigin: '', generated: 0 }
  for (const name of [options.origin, options.zone]) {
    if (name !== undefined && absoluteName(name) === '') addNote(reader.errors, 1, 1, `“${name}” is no name of a zone.`)
  }
  readAll(reader)
  const soa = state.records.find(({ type, disabled }) => type === 'SOA' && !disabled)?.name
  return {
    origin: zone || soa || reader.firstOrigin || null,
    records: state.records,
    errors: closeNotes(reader.errors),
    warnings: closeNotes(reader.warnings),
  }
}

function readAll(reader: EntryReader): void {
  const { state } = reader
  const { text } = state
  // The short cut needs a line feed ahead of it, and lines that end with one.
  const lastBreak = text.includes('\r') && /\r(?!\n)/.test(text) ? -1 : text.lastIndexOf('\n')
  let pos = 0
  let line = 1
  while (pos < text.length) {
    if (pos <= lastBreak) {
      const next = readFastLine(state, pos, line)
      if (next !== -1) {
        pos = next
        line++
        continue
      }
    }
    const entry = readEntry(text, pos, line)
    if (entry.error !== null) addNote(reader.errors, entry.error.line, entry.error.column, entry.error.message)
    else if (entry.tokens.length > 0) readTokens(reader, entry)
    else if (entry.comment !== null) readDisabled(reader, pos, line)
    pos = entry.next
    line = entry.nextLine
  }
}

function readTokens(reader: EntryReader, entry: ReturnType<typeof readEntry>): void {
  const first = entry.tokens[0]!
  const start = first.start + (first.quoted ? 1 : 0)
  if (!entry.blankOwner && reader.state.text.charCodeAt(start) === 36) readDirective(reader, entry)
  else readRecord(reader, entry)
}

/** Begins a line that holds a disabled record: a comment to every other reader. */
export const DISABLED_MARK = ';#disabled '

/** A whole-line comment: a disabled record when our writer made it so, else nothing. */
function readDisabled(reader: EntryReader, pos: number, line: number): void {
  const { state } = reader
  const { text, owner, ownerToken, originMoved, lastTtl, defaultTtl, run, records } = state
  if (!text.startsWith(DISABLED_MARK, pos)) return
  // It is this one line, whatever parentheses it opens; and the lines behind go on as if it were not there.
  const aside = { ...reader, errors: newNotes(), warnings: newNotes() }
  const before = records.length
  state.text = text.slice(pos + DISABLED_MARK.length, lineEnd(text, pos))
  state.run = { ...run }
  const entry = readEntry(state.text, 0, line)
  if (entry.error === null && !entry.blankOwner && entry.tokens.length > 0) readRecord(aside, entry)
  Object.assign(state, { text, owner, ownerToken, originMoved, lastTtl, defaultTtl, run })
  const record = records[before]
  if (record !== undefined) record.disabled = true
  else addNote(reader.warnings, line, 1, 'This disabled record cannot be read; it is left out as a comment.')
}
