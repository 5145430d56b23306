import { ServerError } from './errors.ts'

/**
 * Reads JSON into typed values as .NET's System.Text.Json does, with its error texts: no comments, no commas at the end,
 * property names with their case, unknown ones passed over, the last of two of the same name. Positions are in bytes.
 *
 * Recorded are the texts for no JSON, a comment, a comma at the end, and a value of another type; the others are from its
 * public resources.
 */
export type Shape<T> = (reader: Reader) => T

type Kind = 'StartObject' | 'StartArray' | 'String' | 'Number' | 'True' | 'False' | 'Null'

interface Token {
  kind: Kind
  text: string
}

const LITERALS: Readonly<Record<string, Kind>> = { true: 'True', false: 'False', null: 'Null' }
const MAX_DEPTH = 64

export function readNetJson<T>(text: string, shape: Shape<T>): T {
  const reader = new Reader(text)
  const value = shape(reader)
  reader.end()
  return value
}

class Reader {
  readonly #bytes: Uint8Array
  #at = 0
  #path: string[] = ['$']
  #depth = 0

  constructor(text: string) {
    this.#bytes = new TextEncoder().encode(text)
  }

  /** The next value's first token; an object or a list is then read on with `members` or `items`. */
  token(): Token {
    this.#space()
    const char = this.#char()
    if (char === '') throw this.#broken(this.#empty())
    if (char === '{' || char === '[') {
      this.#at++
      if (++this.#depth > MAX_DEPTH) {
        throw this.#broken(
          `The maximum configured depth of ${MAX_DEPTH} has been exceeded. Cannot read next JSON ${char === '{' ? 'object' : 'array'}.`,
        )
      }
      return { kind: char === '{' ? 'StartObject' : 'StartArray', text: char }
    }
    if (char === '"') return { kind: 'String', text: this.#string() }
    if (/[-0-9]/.test(char)) return { kind: 'Number', text: this.#number() }
    if (/[tfn]/.test(char)) return this.#literal()
    throw this.#broken(`${this.#shown()} is an invalid start of a value.`)
  }

  /** The kind of the next value, which is left to be read. */
  peek(): Kind {
    const at = this.#at
    const depth = this.#depth
    const { kind } = this.token()
    this.#at = at
    this.#depth = depth
    return kind
  }

  /** After `StartObject`. */
  members(read: (name: string) => void): void {
    this.#space()
    if (this.#char() === '}') return this.#close()
    for (;;) {
      if (this.#char() === '/') throw this.#broken("'/' is invalid after a value. Expected either ',', '}', or ']'.")
      if (this.#char() !== '"') {
        throw this.#broken(
          this.#char() === ''
            ? this.#open()
            : `${this.#shown()} is an invalid start of a property name. Expected a '"'.`,
        )
      }
      const name = this.#string()
      this.#space()
      if (this.#char() !== ':') {
        throw this.#broken(
          this.#char() === '' ? this.#open() : `${this.#shown()} is invalid after a property name. Expected a ':'.`,
        )
      }
      this.#at++
      this.#path.push(/^\w+$/.test(name) ? `.${name}` : `['${name}']`)
      read(name)
      this.#path.pop()
      if (!this.#more('}')) return this.#close()
      if (this.#char() === '}') throw this.#broken(trailing('object'))
    }
  }

  /** After `StartArray`. */
  items(read: (index: number) => void): void {
    this.#space()
    if (this.#char() === ']') return this.#close()
    for (let index = 0; ; index++) {
      this.#path.push(`[${index}]`)
      read(index)
      this.#path.pop()
      if (!this.#more(']')) return this.#close()
      if (this.#char() === ']') throw this.#broken(trailing('array'))
    }
  }

  /** Passes over a value of which the first token was read. */
  skip({ kind }: Token): void {
    if (kind === 'StartObject') this.members(() => this.skip(this.token()))
    if (kind === 'StartArray') this.items(() => this.skip(this.token()))
  }

  end(): void {
    this.#space()
    if (this.#char() !== '') {
      throw this.#broken(`${this.#shown()} is invalid after a single JSON value. Expected end of data.`)
    }
  }

  /** What the value is not, after its first token was read. */
  mismatch(type: string, inner?: string): ServerError {
    const place = this.#place()
    return new ServerError(
      `The JSON value could not be converted to ${type}. Path: ${this.#path.join('')} | ${place}`,
      inner,
    )
  }

  #broken(message: string): ServerError {
    const place = this.#place()
    return new ServerError(`${message} Path: ${this.#path.join('')} | ${place}`, `${message} ${place}`)
  }

  #place(): string {
    const before = this.#bytes.subarray(0, this.#at)
    const start = before.lastIndexOf(0x0a) + 1
    const lines = before.filter((byte) => byte === 0x0a).length
    return `LineNumber: ${lines} | BytePositionInLine: ${this.#at - start}.`
  }

  #char(): string {
    const byte = this.#bytes[this.#at]
    return byte === undefined ? '' : String.fromCharCode(byte)
  }

  /** The offending byte as .NET writes it. */
  #shown(): string {
    const byte = this.#bytes[this.#at] ?? 0
    const hex = `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`
    return byte >= 0x20 && byte < 0x7f ? `'${String.fromCharCode(byte)}'` : `'${hex}'`
  }

  #space(): void {
    while (' \t\r\n'.includes(this.#char()) && this.#char() !== '') this.#at++
  }

  #empty(): string {
    return this.#depth === 0
      ? 'The input does not contain any JSON tokens. Expected the input to start with a valid JSON token, when isFinalBlock is true.'
      : this.#open()
  }

  #open(): string {
    return 'Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed.'
  }

  /** Past a comma, or false at the end of the object or list. */
  #more(end: string): boolean {
    this.#space()
    const char = this.#char()
    if (char === end) return false
    if (char !== ',') {
      throw this.#broken(
        char === '' ? this.#open() : `${this.#shown()} is invalid after a value. Expected either ',', '}', or ']'.`,
      )
    }
    this.#at++
    this.#space()
    return true
  }

  #close(): void {
    this.#at++
    this.#depth--
  }

  #string(): string {
    const start = this.#at
    for (this.#at++; ; this.#at++) {
      const byte = this.#bytes[this.#at]
      if (byte === undefined) throw this.#broken('Expected end of string, but instead reached end of data.')
      if (byte === 0x22) break
      if (byte < 0x20) {
        throw this.#broken(`${this.#shown()} is invalid within a JSON string. The string should be correctly escaped.`)
      }
      if (byte === 0x5c && !/["\\/bfnrtu]/.test(String.fromCharCode(this.#bytes[++this.#at] ?? 0))) {
        throw this.#broken(
          `${this.#shown()} is an invalid escapable character within a JSON string. The string should be correctly escaped.`,
        )
      }
    }
    this.#at++
    return JSON.parse(new TextDecoder().decode(this.#bytes.subarray(start, this.#at))) as string
  }

  #number(): string {
    const rest = new TextDecoder().decode(this.#bytes.subarray(this.#at, this.#at + 400))
    const text = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/.exec(rest)?.[0] ?? '-'
    this.#at += text.length
    if (/^-?0$/.test(text) && /\d/.test(this.#char())) {
      throw this.#broken(`Invalid leading zero before ${this.#shown()}.`)
    }
    if (text === '-' || /[.eE]/.test(this.#char())) {
      throw this.#broken(`${this.#shown()} is invalid within a number, immediately after a sign character.`)
    }
    return text
  }

  #literal(): Token {
    for (const [text, kind] of Object.entries(LITERALS)) {
      if (!text.startsWith(this.#char())) continue
      const found = new TextDecoder().decode(this.#bytes.subarray(this.#at, this.#at + text.length))
      if (found !== text) throw this.#broken(`'${found}' is an invalid JSON literal. Expected the literal '${text}'.`)
      this.#at += text.length
      return { kind, text }
    }
    throw this.#broken(`${this.#shown()} is an invalid start of a value.`)
  }
}

function trailing(what: string): string {
  return `The JSON ${what} contains a trailing comma at the end which is not supported in this mode. Change the reader options.`
}

const wrong = (kind: Kind, as: string) => `Cannot get the value of a token type '${kind}' as a ${as}.`

export const boolean: Shape<boolean> = (reader) => {
  const { kind } = reader.token()
  if (kind === 'True' || kind === 'False') return kind === 'True'
  throw reader.mismatch('System.Boolean', wrong(kind, 'boolean'))
}

export const string: Shape<string | null> = (reader) => {
  const { kind, text } = reader.token()
  if (kind === 'Null') return null
  if (kind === 'String') return text
  throw reader.mismatch('System.String', wrong(kind, 'string'))
}

export const int32: Shape<number> = (reader) => {
  const { kind, text } = reader.token()
  if (kind !== 'Number') throw reader.mismatch('System.Int32', wrong(kind, 'number'))
  const value = Number(text)
  if (/^-?\d+$/.test(text) && value >= -2_147_483_648 && value <= 2_147_483_647) return value
  const inner = 'Either the JSON value is not in a supported format, or is out of bounds for an Int32.'
  throw reader.mismatch('System.Int32', inner)
}

/** @param type the .NET name of the items' type */
export function list<T>(item: Shape<T>, type: string): Shape<T[] | null> {
  return (reader) => {
    const { kind } = reader.token()
    if (kind === 'Null') return null
    if (kind !== 'StartArray') throw reader.mismatch(`System.Collections.Generic.List\`1[${type}]`)
    const items: T[] = []
    reader.items(() => items.push(item(reader)))
    return items
  }
}

/** @param type the .NET name of the values' type */
export function dictionary<T>(value: Shape<T>, type: string): Shape<Map<string, T> | null> {
  return (reader) => {
    const { kind } = reader.token()
    if (kind === 'Null') return null
    if (kind !== 'StartObject') {
      throw reader.mismatch(`System.Collections.Generic.Dictionary\`2[System.String,${type}]`)
    }
    const values = new Map<string, T>()
    reader.members((name) => void values.set(name, value(reader)))
    return values
  }
}

/** An object of known members, each with the value it has when it is left out. */
export function object<T extends object>(
  type: string,
  make: () => T,
  members: { [K in keyof T]: Shape<T[K]> },
): Shape<T | null> {
  return (reader) => {
    const first = reader.token()
    if (first.kind === 'Null') return null
    if (first.kind !== 'StartObject') throw reader.mismatch(type)
    const value = make()
    reader.members((name) => {
      if (Object.hasOwn(members, name)) {
        const key = name as keyof T
        value[key] = members[key](reader)
      } else reader.skip(reader.token())
    })
    return value
  }
}
