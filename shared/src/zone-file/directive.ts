import type { Entry, Token } from './entry.ts'
import { fillTemplate, GenerateError, parseRange, parseTemplate } from './generate.ts'
import { setOrigin } from './reader-state.ts'
import {
  impliedTtl,
  limitTtl,
  nameText,
  rdataText,
  readHead,
  readName,
  readRdata,
  reasonOf,
  tokenText,
  type EntryReader,
} from './record-entry.ts'
import { parseTtl } from './ttl.ts'
import { addNote } from './zone-record.ts'

/** All `$GENERATE`s of a file together make at most this many characters, so that a short file stays a small zone. */
const MOST_GENERATED_TEXT = 64 * 1024 * 1024

/** Reads an entry that begins with `$`. */
export function readDirective(reader: EntryReader, entry: Entry): void {
  const first = entry.tokens[0]!
  const directive = nameText(reader, first).toUpperCase()
  if (directive === '$GENERATE') return generate(reader, entry)
  if (directive === '$INCLUDE') {
    const message = '$INCLUDE is not followed: put the lines of that file here instead.'
    return addNote(reader.errors, first.line, first.column, message)
  }
  if (directive !== '$ORIGIN' && directive !== '$TTL') {
    const message = `“${directive.slice(0, 80)}” is no directive; there are $ORIGIN, $TTL and $GENERATE. A name that begins with $ is written with \\$.`
    return addNote(reader.errors, first.line, first.column, message)
  }
  const value = onlyArgument(reader, entry, directive)
  if (value === null) return
  if (directive === '$ORIGIN') readOrigin(reader, value)
  else readDefaultTtl(reader, value)
}

function onlyArgument(reader: EntryReader, { tokens }: Entry, directive: string): Token | null {
  const [first, value, extra] = tokens
  if (value !== undefined && extra === undefined) return value
  const { line, column } = extra ?? first!
  const what = directive === '$TTL' ? 'one TTL' : 'one name'
  addNote(reader.errors, line, column, `${directive} takes ${what} and nothing else.`)
  return null
}

function readOrigin(reader: EntryReader, token: Token): void {
  const { state } = reader
  try {
    const origin = readName(reader, nameText(reader, token))
    reader.firstOrigin ||= origin
    setOrigin(state, origin)
    state.originMoved = state.owner !== ''
  } catch (error) {
    addNote(reader.errors, token.line, token.column, reasonOf(error))
  }
}

function readDefaultTtl(reader: EntryReader, token: Token): void {
  const text = tokenText(reader, token)
  const ttl = parseTtl(text)
  if (ttl === null) {
    const message = `“${text.slice(0, 80)}” is no TTL: write seconds, or units such as 1h30m.`
    addNote(reader.errors, token.line, token.column, message)
  } else reader.state.defaultTtl = limitTtl(reader, token, ttl)
}

function generate(reader: EntryReader, entry: Entry): void {
  const { state } = reader
  const { tokens } = entry
  const [first, rangeToken, left] = tokens
  if (rangeToken === undefined || left === undefined) {
    const message = '$GENERATE takes a range, a name, a type and data, such as: $GENERATE 1-9 host$ A 192.0.2.$'
    return addNote(reader.errors, first!.line, first!.column, message)
  }
  const head = readHead(reader, entry, 3)
  if (head === null) return
  const { type } = head
  const dataToken = tokens[head.rdata]
  if (dataToken === undefined) {
    return addNote(reader.errors, first!.line, first!.column, `The $GENERATE has a type and no data.`)
  }
  // BIND takes one token; quotes hold data of several together. Without quotes the rest of the line is meant.
  const single = dataToken.quoted && head.rdata === tokens.length - 1
  const data = single ? tokenText(reader, dataToken).slice(1, -1) : rdataText(reader, tokens, head.rdata, type)
  const ttl = head.ttl ?? impliedTtl(reader, first!, type, '')
  if (ttl === null) return
  try {
    const { start, stop, step } = parseRange(tokenText(reader, rangeToken))
    const names = parseTemplate(nameText(reader, left))
    const values = parseTemplate(data)
    for (let number = start; number <= stop; number += step) {
      const name = fillTemplate(names, number)
      const text = fillTemplate(values, number)
      reader.generated += name.length + text.length
      if (reader.generated > MOST_GENERATED_TEXT) {
        throw new GenerateError('The $GENERATEs of this file make more than 64 MiB; that is too much.')
      }
      const canonical = readName(reader, name)
      const rdata = readRdata(reader, dataToken, type, text)
      // One error stands for the thousands that would follow.
      if (rdata === null) break
      state.records.push({ name: canonical, ttl, type, rdata, line: first!.line })
    }
  } catch (error) {
    addNote(reader.errors, rangeToken.line, rangeToken.column, reasonOf(error))
  }
  if (head.ttl !== null) state.lastTtl = ttl
}
