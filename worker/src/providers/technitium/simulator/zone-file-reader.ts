import { ServerError } from './errors.ts'
import { parseHex, parseUint16 } from './numbers.ts'
import { tryTtl } from './ttl.ts'

/**
 * Reads a zone file word by word, with the server's own rules and faults: no escapes are decoded, a comment belongs to
 * its record, and quoted words lose their quotes.
 */
export interface ZoneFileReader {
  /** The line that was read last, from 1. */
  line(): number
  setOrigin(origin: string): void
  origin(): string | null
  /** The next word of an entry, null at its end. At the beginning of an entry, the empty text is a missing owner. */
  word(newEntry?: boolean): string | null
  /** A domain name completed with the origin, without its final dot. */
  domain(): string
  ttl(field: string): number
  /** RFC 3597 data as upper-case hexadecimal, null when the data is written another way. */
  raw(): string | null
  /** The comment after the record, and skips what else is there. */
  comment(): string | null
}

const SEPARATORS = /[ \t();]/

export function zoneFileError(field: string, line: number, inner?: string): ServerError {
  return new ServerError(`The zone file parser failed to parse '${field}' field on line # ${line}.`, inner)
}

export function readZoneFile(text: string, firstOrigin: string): ZoneFileReader {
  const lines = text.split(/\r\n|\n|\r/)
  if (lines.at(-1) === '') lines.pop()
  let next = 0
  let rest: string | null = null
  let number = 0
  let origin: string | null = firstOrigin
  let inParentheses = false

  const trimStart = (line: string) => line.replace(/^[ \t]+/, '')

  const takeWord = (): string | null => {
    rest = trimStart(rest ?? '')
    if (rest === '') return null
    if (rest.startsWith('"')) {
      let end = 0
      do {
        end = rest.indexOf('"', end + 1)
        if (end < 0) throw new ServerError('Closing double quotes are missing.')
      } while (rest[end - 1] === '\\')
      const quoted = rest.slice(1, end)
      rest = rest.slice(end + 1)
      return quoted
    }
    const end = rest.search(SEPARATORS)
    const taken = end < 0 ? rest : rest.slice(0, end)
    rest = end < 0 ? '' : rest.slice(end)
    return taken
  }

  /** What is left of an entry whose parentheses are still open is skipped up to the closing one. */
  const closeParentheses = () => {
    while (inParentheses) {
      rest = trimStart(rest ?? '')
      if (rest.startsWith(')')) {
        inParentheses = false
        return
      }
      if (rest === '' || /^[;(]/.test(rest)) {
        rest = lines[next++] ?? null
        if (rest === null) return
      } else takeWord()
    }
  }

  const word = (newEntry = false): string | null => {
    if (newEntry) {
      if (inParentheses) closeParentheses()
      rest = null
    }
    for (;;) {
      if (rest === null) {
        const line = lines[next]
        if (line === undefined) return null
        next++
        number++
        rest = line
        if (newEntry && /^[ \t]/.test(rest)) {
          rest = trimStart(rest)
          if (rest !== '') return ''
          rest = null
          continue
        }
      }
      rest = trimStart(rest)
      if (rest === '' || rest.startsWith(';')) {
        if (!newEntry && !inParentheses) return null
        rest = null
      } else if (rest.startsWith('(') || rest.startsWith(')')) {
        inParentheses = rest.startsWith('(')
        rest = rest.slice(1)
      } else {
        return takeWord()
      }
    }
  }

  const domain = () => {
    const name = word()
    if (name === null) throw new ServerError('Object reference not set to an instance of an object.')
    if (name === '@') {
      if (origin === null) throw zoneFileError('domain-name', number)
      return origin
    }
    if (name.endsWith('.')) return name.slice(0, -1)
    if (origin === null) throw zoneFileError('domain-name', number)
    return `${name}.${origin}`
  }

  return {
    line: () => number,
    origin: () => origin,
    setOrigin: (name) => (origin = name),
    word,
    domain,
    ttl(field) {
      const seconds = tryTtl(word() ?? '')
      if (seconds === null) throw zoneFileError(field, number)
      return seconds
    },
    raw() {
      rest = trimStart(rest ?? '')
      if (!rest.startsWith('\\#')) return null
      word()
      const length = parseUint16(word() ?? '')
      let digits = ''
      for (let part = word(); part !== null && part !== ''; part = word()) digits += part
      const hex = parseHex(digits)
      if (hex.length !== length * 2) {
        throw new ServerError('Unabled to parse record data: RDLENGTH does not match with the hex data length.')
      }
      return hex
    },
    comment() {
      while (rest !== null && rest !== '') {
        rest = trimStart(rest)
        if (rest.startsWith(';')) {
          const text: string = rest.slice(1)
          rest = ''
          return text
        }
        word()
      }
      return null
    },
  }
}
