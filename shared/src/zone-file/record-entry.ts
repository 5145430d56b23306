import { NameError, parseName } from '../names.ts'
import { canonicalRdata } from '../records/rdata.ts'
import { noteComment } from './comment.ts'
import type { Entry, Token } from './entry.ts'
import { noteTtl, type ReaderState } from './reader-state.ts'
import { MAX_TTL, parseTtl } from './ttl.ts'
import { knownType } from './type-name.ts'
import { addNote, type Notes, type ZoneRecord } from './zone-record.ts'
import { decimalEscape, escapeForeign } from './zone-text.ts'

export interface EntryReader {
  state: ReaderState
  errors: Notes
  warnings: Notes
  /** Of the first `$ORIGIN`; empty before it. */
  firstOrigin: string
  /** How many characters `$GENERATE` has made so far. */
  generated: number
}

/** Where in the file, for a note. */
export type Place = Pick<Token, 'line' | 'column'>

/** A sentence of ours about what is wrong; anything else that is thrown is a fault of the program. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error) return error.message
  throw error
}

/** The text of a token with every byte outside of printable ASCII escaped, quotes included. */
export function tokenText({ state }: EntryReader, token: Token): string {
  const raw = state.text.slice(token.start, token.end)
  if (plainAscii(raw)) return raw
  // A backslash takes nothing from a byte outside of ASCII, which stands for itself anyway.
  const bare = raw.replace(/\\[^]/g, (pair) => (pair.charCodeAt(1) > 127 ? pair.slice(1) : pair))
  // Control characters, with a backslash before them or without, are bytes like any other; but for a bare NUL.
  return escapeForeign(bare, state.bytes).replace(/\\[^]|[^\0 -~]/g, (part) => {
    const code = part.charCodeAt(part.length - 1)
    return code < 32 || code > 126 ? decimalEscape(code) : part
  })
}

function plainAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 126 || code < 32) return false
  }
  return true
}

/** A token that stands for a name: quotes only keep its blanks together. */
export function nameText(reader: EntryReader, token: Token): string {
  const text = tokenText(reader, token)
  return token.quoted ? text.slice(1, -1).replace(/\\.|[ \t]/gs, (part) => (part.length > 1 ? part : '\\032')) : text
}

/** A name in the file → absolute and canonical. Throws NameError, also when a relative one has nothing to lean on. */
export function readName({ state }: EntryReader, text: string): string {
  if (state.origin === '' && (text === '@' || !endsWithDot(text))) {
    throw new NameError(`“${text.slice(0, 80)}” is relative, and there is no $ORIGIN before it: name the zone.`)
  }
  return parseName(text, state.origin === '' ? '.' : state.origin)
}

/** Does it end with a dot that no backslash takes the meaning of? */
function endsWithDot(text: string): boolean {
  let slashes = 0
  while (text.charCodeAt(text.length - 2 - slashes) === 92) slashes++
  return text.endsWith('.') && slashes % 2 === 0
}

/** What stands between owner and rdata, and which token the rdata begins with. */
export interface Head {
  ttl: number | null
  type: string
  rdata: number
}

const CLASSES = /^(?:IN|CH|CHAOS|HS|HESIOD|CS|NONE|ANY|RESERVED0|CLASS\d{1,5})$/i

/** Reads `[class] [ttl] [class] type` from token `at` on; null when it cannot, which is noted. */
export function readHead(reader: EntryReader, entry: Entry, at: number): Head | null {
  const { tokens } = entry
  let ttl: number | null = null
  let classed = false
  for (let i = at; i < tokens.length; i++) {
    const token = tokens[i]!
    const text = tokenText(reader, token)
    if (token.quoted) {
      addNote(
        reader.errors,
        token.line,
        token.column,
        `A record type is expected here, not the string ${text.slice(0, 80)}.`,
      )
      return null
    }
    if (!classed && CLASSES.test(text)) {
      classed = true
      if (!/^(?:IN|CLASS0*1|RESERVED0|CLASS0+)$/i.test(text)) {
        addNote(reader.errors, token.line, token.column, `The class ${text} is not served here: only IN is.`)
        return null
      }
      continue
    }
    const value = ttl === null ? parseTtl(text) : null
    if (value !== null) {
      ttl = limitTtl(reader, token, value)
      continue
    }
    const type = knownType(text)
    if (type !== undefined) return { ttl, type, rdata: i + 1 }
    addNote(reader.errors, token.line, token.column, `“${text.slice(0, 80)}” is no record type.`)
    return null
  }
  const last = tokens.at(-1)!
  addNote(
    reader.errors,
    last.line,
    last.column + last.end - last.start,
    'The line ends where a record type is expected.',
  )
  return null
}

/** RFC 2181 §8: a TTL with its highest bit set is taken as zero. */
export function limitTtl({ warnings }: EntryReader, place: Place, ttl: number): number {
  if (ttl <= MAX_TTL) return ttl
  addNote(warnings, place.line, place.column, `The TTL ${ttl} is over ${MAX_TTL}, the most there is; it counts as 0.`)
  return 0
}

/** The rdata from token `at` on as one line of text. */
export function rdataText(reader: EntryReader, tokens: Token[], at: number, type: string): string {
  let text = ''
  for (let i = at; i < tokens.length; i++) {
    const token = tokens[i]!
    // `alpn="h2,h3"` is one token to a service record, and two strings to every other.
    const joined = i > at && (type === 'SVCB' || type === 'HTTPS') && tokens[i - 1]!.end === token.start
    text += (i === at || joined ? '' : ' ') + tokenText(reader, token)
  }
  return text
}

/** The TTL of a record that names none: `$TTL`, else the last one named, else (for the SOA) its minimum. */
export function impliedTtl(reader: EntryReader, place: Place, type: string, rdata: string): number | null {
  const { state } = reader
  if (state.defaultTtl >= 0) return state.defaultTtl
  if (state.lastTtl >= 0) return state.lastTtl
  if (type === 'SOA') {
    const minimum = limitTtl(reader, place, Number(rdata.slice(rdata.lastIndexOf(' ') + 1)))
    state.defaultTtl = minimum
    addNote(
      reader.warnings,
      place.line,
      place.column,
      `The file names no TTL; the SOA's minimum of ${minimum} s is taken.`,
    )
    return minimum
  }
  const message = 'This record has no TTL, and there is neither a $TTL nor a TTL before it.'
  addNote(reader.errors, place.line, place.column, message)
  return null
}

/** Completes relative names where no origin is known, so that they can be told from absolute ones. */
const NO_ORIGIN = 'there-is-no-origin.invalid.'

/** Text → canonical rdata; null when it is none, which is noted. */
export function readRdata(reader: EntryReader, place: Place, type: string, text: string): string | null {
  const { origin } = reader.state
  try {
    if (origin !== '') return canonicalRdata(type, text, origin)
    const rdata = canonicalRdata(type, text, NO_ORIGIN)
    if (!rdata.includes(NO_ORIGIN)) return rdata
    throw new NameError('A name in this data is relative, and there is no $ORIGIN before it: name the zone.')
  } catch (error) {
    addNote(reader.errors, place.line, place.column, reasonOf(error))
    return null
  }
}

/** Reads one entry as a record, and notes what is wrong with it. */
export function readRecord(reader: EntryReader, entry: Entry): void {
  const { state } = reader
  const { tokens } = entry
  const first = tokens[0]!
  if (entry.blankOwner) {
    if (state.owner === '') {
      addNote(reader.errors, first.line, 1, 'This line has no owner name, and there is none before it to take.')
      return
    }
    if (state.originMoved) {
      const message = `This record belongs to ${state.owner}, the owner before the $ORIGIN: write the name to be sure.`
      addNote(reader.warnings, first.line, 1, message)
    }
  } else {
    try {
      state.owner = readName(reader, nameText(reader, first))
      state.ownerToken = first.quoted ? '' : state.text.slice(first.start, first.end)
    } catch (error) {
      // The lines below that leave the owner out must not fall to the one above.
      state.owner = ''
      state.ownerToken = ''
      addNote(reader.errors, first.line, first.column, reasonOf(error))
      return
    }
  }
  state.originMoved = false
  const head = readHead(reader, entry, entry.blankOwner ? 0 : 1)
  if (head === null) return
  const { type } = head
  const place = tokens[head.rdata] ?? tokens[head.rdata - 1]!
  const rdata = readRdata(reader, place, type, rdataText(reader, tokens, head.rdata, type))
  if (rdata === null) return
  const ttl = head.ttl ?? impliedTtl(reader, first, type, rdata)
  if (ttl === null) return
  if (head.ttl !== null) noteTtl(state, type, head.ttl)
  const record: ZoneRecord = { name: state.owner, ttl, type, rdata, line: first.line }
  if (entry.comment !== null) noteComment(record, entry.comment, state.comments)
  state.records.push(record)
}
