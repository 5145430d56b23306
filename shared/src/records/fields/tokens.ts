import { RdataError, type Field } from '../record-type.ts'

/** One word of rdata. `text` still holds its escapes; the quotes are gone. */
export interface Token {
  text: string
  quoted: boolean
  /** Nothing stands between this word and the one before it. */
  glued: boolean
}

export interface TextReader {
  tokens: Token[]
  at: number
  /** Absolute; completes relative names. */
  origin: string
}

const isSpace = (code: number) => code === 32 || code === 9 || code === 10 || code === 13

/** Splits rdata into words: white space and parentheses separate, quotes hold together (RFC 1035 §5.1). */
export function readTokens(text: string, origin: string): TextReader {
  const tokens: Token[] = []
  const length = text.length
  let end = -1
  for (let i = 0; i < length;) {
    const code = text.charCodeAt(i)
    if (isSpace(code) || code === 40 || code === 41) {
      i++
      continue
    }
    if (code === 59) throw new RdataError('A “;” outside of quotes starts a comment: put the text in quotes.')
    const quoted = code === 34
    const glued = i === end
    const start = quoted ? i + 1 : i
    i = quoted ? quoteEnd(text, start) : wordEnd(text, start)
    tokens.push({ text: text.slice(start, i), quoted, glued })
    if (quoted) i++
    end = i
  }
  return { tokens, at: 0, origin }
}

function quoteEnd(text: string, start: number): number {
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 92) i++
    else if (code === 34) return i
  }
  throw new RdataError('A quotation mark is not closed.')
}

function wordEnd(text: string, start: number): number {
  let i = start
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 92) i++
    else if (isSpace(code) || code === 34 || code === 40 || code === 41 || code === 59) return i
  }
  return text.length
}

/** The next word or quoted string; a missing one is an error that names the field. */
export function takeString(reader: TextReader, field: Field): Token {
  const token = reader.tokens[reader.at]
  if (token === undefined) throw new RdataError(`${field.label} is missing.`, field.id)
  reader.at++
  return token
}

/** The next word; strings in quotes are for fields that hold text (so does BIND see it). */
export function takeToken(reader: TextReader, field: Field): Token {
  const token = takeString(reader, field)
  if (token.quoted) throw new RdataError(`${field.label} is written without quotes.`, field.id)
  return token
}

/** All words that are left, with `between` between them. */
export function takeWords(reader: TextReader, field: Field, between: string): string {
  const words: string[] = []
  while (reader.at < reader.tokens.length) words.push(takeToken(reader, field).text)
  return words.join(between)
}

/** All words that are left, without the spaces between them: how long hex and base64 are written. */
export const takeRest = (reader: TextReader, field: Field) => takeWords(reader, field, '')
