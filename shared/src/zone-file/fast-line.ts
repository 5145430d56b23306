import { canonicalRdata } from '../records/rdata.ts'
import { noteComment } from './comment.ts'
import { endOfCaa, endOfIpv4, endOfIpv6, endOfNumber, endOfStrings } from './fast-rdata.ts'
import { hostSlot, noteTtl, type ReaderState } from './reader-state.ts'
import { MAX_TTL } from './ttl.ts'
import { knownType } from './type-name.ts'
import type { ZoneRecord } from './zone-record.ts'

/**
 * Reads the one-line records that most zones are made of, without cutting them into tokens. It reads what it is sure
 * of and leaves everything else, errors included, to the full reader: what both read, both read alike.
 *
 * The text must have a line feed after every position it is given, and no carriage return without one behind it.
 */

const TAB = 9
const LINE_FEED = 10
const RETURN = 13
const SPACE = 32
const HASH = 35
const SEMICOLON = 59
const AT = 64
/** RFC 1035 §2.3.4: 255 bytes on the wire, two more than the dots and letters of a name without its last dot. */
const MAX_TEXT = 254

const PLAIN = 1
const UPPER = 2
const DOT = 3
/** What a character of a name asks for; 0 is for the full reader. */
const KIND = new Uint8Array(256)
for (let code = 0x21; code < 0x7f; code++) KIND[code] = code >= 65 && code <= 90 ? UPPER : PLAIN
for (const special of '"();\\@$') KIND[special.charCodeAt(0)] = 0
KIND[46] = DOT

/** The letters of a mnemonic of at most five, as one number. */
function letters(mnemonic: string): number {
  let key = 0
  for (let i = 0; i < mnemonic.length; i++) key = (key << 5) | (mnemonic.charCodeAt(i) & 31)
  return key
}

const A = letters('A')
const AAAA = letters('AAAA')
const CAA = letters('CAA')
const CNAME = letters('CNAME')
const DNAME = letters('DNAME')
const MX = letters('MX')
const NS = letters('NS')
const PTR = letters('PTR')
const SRV = letters('SRV')
const TXT = letters('TXT')

// Where the name just read ends, and what it is: answers of `readName` and `readHost` without an object for each.
let nameEnd = 0
let nameUpper = false
let nameHash = 0

/** Finds the end of the name at `pos`; false when it needs the full reader. */
function scanName(text: string, pos: number): boolean {
  let label = pos
  let upper = false
  let hash = 0
  for (; ; pos++) {
    const code = text.charCodeAt(pos)
    const kind = code < 128 ? KIND[code] : 0
    if (kind === PLAIN) hash = (Math.imul(hash, 31) + code) | 0
    else if (kind === DOT) {
      if (pos === label || pos - label > 63) return false
      label = pos + 1
      hash = (Math.imul(hash, 31) + DOT) | 0
    } else if (kind === UPPER) {
      upper = true
      hash = (Math.imul(hash, 31) + code) | 0
    } else if (code === SPACE || code === LINE_FEED || code === TAB || code === RETURN || code === SEMICOLON) break
    else return false
  }
  if (pos - label > 63) return false
  nameEnd = pos
  nameUpper = upper
  nameHash = hash
  return true
}

/** A name as typed → canonical; empty when it is too long or has no origin to lean on. */
function complete(typed: string, { origin, suffix }: ReaderState): string {
  const name = nameUpper ? typed.toLowerCase() : typed
  if (typed.charCodeAt(typed.length - 1) === 46) return typed.length > MAX_TEXT ? '' : name
  if (origin === '' || typed === '' || typed.length + suffix.length > MAX_TEXT) return ''
  return name + suffix
}

/** The host name at `pos` of an rdata → canonical, empty when it needs the full reader. Sets `nameEnd`. */
function readHost(state: ReaderState, pos: number): string {
  const { text, hosts } = state
  if (text.charCodeAt(pos) === AT) {
    nameEnd = pos + 1
    return KIND[text.charCodeAt(nameEnd)] === 0 ? state.origin : ''
  }
  if (!scanName(text, pos)) return ''
  const typed = text.slice(pos, nameEnd)
  const slot = hostSlot(nameHash)
  if (hosts.typed[slot] === typed) return hosts.canonical[slot]!
  const name = complete(typed, state)
  hosts.typed[slot] = typed
  hosts.canonical[slot] = name
  return name
}

function skipBlanks(text: string, pos: number): number {
  let code = text.charCodeAt(pos)
  while (code === SPACE || code === TAB) code = text.charCodeAt(++pos)
  return pos
}

/** Where the rdata just read ends: the answer of `readRdata` beside its text. */
let rdataEnd = 0

function slice(text: string, pos: number, end: number): string {
  if (end === -1) return ''
  rdataEnd = end
  return text.slice(pos, end)
}

function readHostRdata(state: ReaderState, pos: number): string {
  const host = readHost(state, pos)
  rdataEnd = nameEnd
  return host
}

/** Numbers up to 65535, then a host name: MX and SRV. */
function readNumbersAndHost(state: ReaderState, start: number, numbers: number): string {
  const { text } = state
  let pos = start
  for (let i = 0; i < numbers; i++) {
    const end = endOfNumber(text, pos, 65_535)
    // Other blanks than one space are for the careful way.
    if (end === -1 || text.charCodeAt(end) !== SPACE) return ''
    pos = end + 1
  }
  const host = readHostRdata(state, pos)
  return host === '' ? '' : text.slice(start, pos) + host
}

/** Any other type: the rest of the line, when nothing in it is special to the lexer. */
function readOther(state: ReaderState, type: string, start: number): string {
  const { text } = state
  let end = start
  for (; ; end++) {
    const code = text.charCodeAt(end)
    if (code === LINE_FEED || code === RETURN) break
    if (
      code > 126 ||
      (code < 32 && code !== TAB) ||
      (KIND[code] === 0 && code !== SPACE && code !== TAB && code !== AT)
    ) {
      return ''
    }
  }
  if (end === start) return ''
  rdataEnd = end
  try {
    return canonicalRdata(type, text.slice(start, end), state.origin)
  } catch {
    return ''
  }
}

function readRdata(state: ReaderState, key: number, type: string, pos: number): string {
  const rdata = readKnown(state, key, pos)
  // Without an origin only the full reader can tell whether one is needed.
  return rdata !== '' || state.origin === '' ? rdata : readOther(state, type, pos)
}

/** The rdata of a common type in its canonical spelling, or nearly so; else empty. */
function readKnown(state: ReaderState, key: number, pos: number): string {
  const { text } = state
  switch (key) {
    case A:
      return slice(text, pos, endOfIpv4(text, pos))
    case AAAA:
      return slice(text, pos, endOfIpv6(text, pos))
    case TXT:
      return slice(text, pos, endOfStrings(text, pos))
    case CAA:
      return slice(text, pos, endOfCaa(text, pos))
    case NS:
    case CNAME:
    case PTR:
    case DNAME:
      return readHostRdata(state, pos)
    case MX:
      return readNumbersAndHost(state, pos, 1)
    case SRV:
      return readNumbersAndHost(state, pos, 3)
    default:
      return ''
  }
}

const TYPES = new Map(
  ['A', 'AAAA', 'CAA', 'CNAME', 'DNAME', 'MX', 'NS', 'PTR', 'SRV', 'TXT'].map((t) => [letters(t), t]),
)

/**
 * Reads the line at `start` into `state.records`. Answers where the next line begins, or −1 when the full reader must
 * look at this one; nothing has changed then.
 */
export function readFastLine(state: ReaderState, start: number, line: number): number {
  const { text } = state
  let pos = start
  let code = text.charCodeAt(pos)
  if (code === LINE_FEED) return pos + 1
  if (code === SEMICOLON) return text.charCodeAt(pos + 1) === HASH ? -1 : text.indexOf('\n', pos) + 1

  let owner = state.owner
  let token = state.ownerToken
  if (code === SPACE || code === TAB) {
    if (owner === '' || state.originMoved) return -1
  } else if (code === AT) {
    if (state.origin === '') return -1
    pos++
    owner = state.origin
    token = '@'
  } else {
    if (!scanName(text, pos)) return -1
    const typed = text.slice(pos, nameEnd)
    pos = nameEnd
    if (typed !== token) {
      owner = complete(typed, state)
      if (owner === '') return -1
      token = typed
    }
  }
  code = text.charCodeAt(pos)
  if (code !== SPACE && code !== TAB) return -1
  pos = skipBlanks(text, pos)

  let ttl = -1
  let classed = false
  for (;;) {
    code = text.charCodeAt(pos)
    if (code >= 48 && code <= 57) {
      if (ttl >= 0) return -1
      ttl = code - 48
      code = text.charCodeAt(++pos)
      while (code >= 48 && code <= 57) {
        ttl = ttl * 10 + code - 48
        if (ttl > MAX_TTL) return -1
        code = text.charCodeAt(++pos)
      }
    } else if ((code | 32) === 105 && (text.charCodeAt(pos + 1) | 32) === 110 && !classed) {
      const after = text.charCodeAt(pos + 2)
      if (after !== SPACE && after !== TAB) break
      classed = true
      pos += 2
      code = after
    } else break
    if (code !== SPACE && code !== TAB) return -1
    pos = skipBlanks(text, pos)
  }
  const explicit = ttl >= 0
  if (!explicit) {
    ttl = state.defaultTtl >= 0 ? state.defaultTtl : state.lastTtl
    if (ttl < 0) return -1
  }

  const typeStart = pos
  let key = 0
  code = text.charCodeAt(pos)
  while ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) {
    key = (key << 5) | (code & 31)
    code = text.charCodeAt(++pos)
  }
  let type: string | undefined
  if (pos - typeStart <= 5 && (code === SPACE || code === TAB)) type = TYPES.get(key)
  if (type === undefined) {
    key = 0
    while (KIND[code] === PLAIN || KIND[code] === UPPER) code = text.charCodeAt(++pos)
    if (code !== SPACE && code !== TAB) return -1
    type = knownType(text.slice(typeStart, pos))
    if (type === undefined) return -1
  }
  const rdata = readRdata(state, key, type, skipBlanks(text, pos))
  if (rdata === '') return -1

  const record: ZoneRecord = { name: owner, ttl, type, rdata, line }
  pos = skipBlanks(text, rdataEnd)
  code = text.charCodeAt(pos)
  if (code === RETURN) code = text.charCodeAt(++pos)
  if (code === SEMICOLON) {
    const end = text.indexOf('\n', pos)
    noteComment(record, text.slice(pos + 1, end), state.comments)
    pos = end
  } else if (code !== LINE_FEED) return -1

  state.owner = owner
  state.ownerToken = token
  state.originMoved = false
  if (explicit) noteTtl(state, type, ttl)
  state.records.push(record)
  return pos + 1
}
