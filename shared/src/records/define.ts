import { NameError } from '../names.ts'
import type { WireReader } from './fields/kind.ts'
import { kinds } from './fields/kinds.ts'
import { readTokens, takeToken, type TextReader } from './fields/tokens.ts'
import { RdataError, type Field, type Fields, type RecordType } from './record-type.ts'
import { typeNumbers } from './type-numbers.ts'

/** What one type needs to say of itself; everything else follows from its fields. */
interface Definition {
  type: string
  label: string
  help: string
  fields: readonly Field[]
  /** Rules between fields: throws RdataError. */
  check?(fields: Fields): void
  /** The canonical text at once for the usual spellings; null sends it the careful way. For types that zones are full of. */
  quick?(text: string, origin: string): string | null
  /** Optional fields at the end are left out of the text while they are as they begin. */
  brief?: boolean
  /** Where the order or form on the wire differs from the fields one after the other. */
  wire?: { encode(fields: Fields, out: number[]): void; decode(reader: WireReader): Fields | null }
}

/** What zone files need of a type. */
export interface RdataModule {
  type: string
  /** Canonical text of any presentation text; everything but RFC 3597's `\#`. */
  canonical(text: string, origin: string): string
  /** Canonical text → RDATA. */
  encode(rdata: string): number[]
  /** RDATA → canonical text; null where only RFC 3597's `\#` can say it. */
  decode(bytes: ArrayLike<number>): string | null
}

/** A type as the registry holds it: also checks single fields and knows its wire form. */
export interface TypeModule extends RecordType, RdataModule {
  /** The canonical value of one field; throws RdataError. */
  checkField(field: Field, value: unknown): string | number
}

function checkedFields(fields: readonly Field[], values: Fields): Fields {
  const checked: Fields = {}
  for (const field of fields) checked[field.id] = normaliseField(field, values[field.id])
  return checked
}

/** The one validation of a field: the canonical value, or an RdataError that names the field. */
function normaliseField(field: Field, value: unknown): string | number {
  if (value === undefined || value === null || (value === '' && field.optional === true)) {
    if (field.optional === true) return field.initial ?? ''
    throw new RdataError(`${field.label} is missing.`, field.id)
  }
  try {
    const canonical = kinds[field.kind].normalise(value, field)
    if (field.closed === true && !field.options?.some((option) => option.value === canonical)) {
      const choices = field.options?.map((option) => option.value).join(', ')
      throw new RdataError(`${field.label} is one of ${choices}.`, field.id)
    }
    return canonical
  } catch (error) {
    if (error instanceof NameError) throw new RdataError(error.message, field.id)
    if (error instanceof RdataError) error.field ??= field.id
    throw error
  }
}

/** A record type from the description of its fields. */
export function defineType(definition: Definition): TypeModule {
  const { type, fields, wire, brief } = definition
  const number = typeNumbers.get(type)
  if (number === undefined) throw new Error(`${type} has no number`)

  function parse(rdata: string, origin = '.'): Fields {
    const reader = readTokens(rdata, origin)
    const values: Fields = {}
    for (const field of fields) {
      if (reader.at === reader.tokens.length && field.optional === true) {
        values[field.id] = normaliseField(field, field.initial ?? '')
        continue
      }
      const kind = kinds[field.kind]
      values[field.id] = normaliseField(field, kind.take?.(reader, field) ?? takeToken(reader, field).text)
    }
    checkEnd(reader, type)
    definition.check?.(values)
    return values
  }

  function print(values: Fields): string {
    const words: string[] = []
    let shown = fields
    while (
      brief === true &&
      shown.at(-1)?.optional === true &&
      values[shown.at(-1)!.id] === (shown.at(-1)!.initial ?? '')
    ) {
      shown = shown.slice(0, -1)
    }
    for (const field of shown) {
      const value = values[field.id]!
      const word = kinds[field.kind].print?.(value) ?? String(value)
      if (word !== '') words.push(word)
    }
    return words.join(' ')
  }

  return {
    type,
    number,
    label: definition.label,
    help: definition.help,
    fields,
    parse,
    checkField: normaliseField,
    format(values) {
      const checked = checkedFields(fields, values)
      definition.check?.(checked)
      return print(checked)
    },
    canonical: (text, origin) => definition.quick?.(text, origin) ?? print(parse(text, origin)),
    encode(rdata) {
      const values = parse(rdata)
      const out: number[] = []
      if (wire !== undefined) wire.encode(values, out)
      else for (const field of fields) kinds[field.kind].encode(values[field.id]!, out)
      return out
    },
    decode(bytes) {
      const reader: WireReader = { bytes, at: 0, end: bytes.length }
      const values = wire === undefined ? {} : wire.decode(reader)
      if (values === null) return null
      if (wire === undefined) for (const field of fields) values[field.id] = kinds[field.kind].decode(reader)
      if (reader.at !== reader.end) throw new RdataError(`The data is longer than ${article(type)} record.`)
      const checked = checkedFields(fields, values)
      definition.check?.(checked)
      return print(checked)
    },
  }
}

/** All words are read, or an error names the first that is too many. */
export function checkEnd(reader: TextReader, type: string): void {
  const extra = reader.tokens[reader.at]
  if (extra !== undefined)
    throw new RdataError(`“${extra.text.slice(0, 80)}” is more than ${article(type)} record has.`)
}

export const article = (type: string) => `${/^[AEFHILMNORSX]/.test(type) ? 'an' : 'a'} ${type}`
