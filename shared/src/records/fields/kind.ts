import type { Field } from '../record-type.ts'
import type { TextReader } from './tokens.ts'

export type Value = string | number

/** The wire form being read; `end` is where this record's data ends. */
export interface WireReader {
  bytes: ArrayLike<number>
  at: number
  end: number
}

/**
 * How values of one kind are read, checked and printed. `normalise` is the one validation: what a zone file says, what a
 * form sends and what the wire holds all pass through it. Everything throws RdataError or NameError with a sentence.
 */
export interface Kind {
  /** Takes this field's words from the text. Absent: the next word as it is. */
  take?(reader: TextReader, field: Field): Value
  /** Any value → the canonical one. */
  normalise(value: unknown, field: Field): Value
  /** A canonical value → presentation text. Absent: the value itself. */
  print?(value: Value): string
  encode(value: Value, out: number[]): void
  decode(reader: WireReader): Value
}
