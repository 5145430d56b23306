/** The typed parts of one record, by field id. */
export type Fields = Record<string, string | number>

/**
 * How one part of a record is written, checked and shown.
 *
 * Numbers: `uint8` `uint16` `uint32`, `ttl` (seconds, also typed as `1h30m`), `time` (RRSIG: seconds since 1970), `keyflags` (16 bits, in KEY's words too).
 * Names: `host` (absolute, canonical), `mailbox` (`hostmaster@example.com`). Addresses: `ipv4` `ipv6`.
 * Text as a person sees it, bytes that are no UTF-8 as `\DDD`: `text` (one string of at most 255 bytes), `quoted` (of any
 * length), `data` (`quoted` that zone files may write in
 * base64), `longtext` (all strings of a TXT joined), `word` (letters and digits). Bytes: `hex` `base64` `base32` `salt`
 * (hex or `-`) `eui48` `eui64` `locator`. More: `rrtype`, `prefixes` (as APL writes them), `svcparams`, `types` (a list of record types), `latitude` `longitude` `altitude` `metres`.
 */
export type FieldKind =
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'ttl'
  | 'time'
  | 'keyflags'
  | 'host'
  | 'mailbox'
  | 'ipv4'
  | 'ipv6'
  | 'text'
  | 'quoted'
  | 'data'
  | 'longtext'
  | 'word'
  | 'hex'
  | 'base64'
  | 'base32'
  | 'salt'
  | 'eui48'
  | 'eui64'
  | 'locator'
  | 'svcparams'
  | 'rrtype'
  | 'types'
  | 'prefixes'
  | 'latitude'
  | 'longitude'
  | 'altitude'
  | 'metres'

export interface FieldOption {
  value: string | number
  /** For a person. */
  label: string
  /** The word that zone files use instead of a number. */
  mnemonic?: string
}

/** One part of a record: what the form shows and what the text holds. Plain data. */
export interface Field {
  id: string
  label: string
  kind: FieldKind
  help?: string
  placeholder?: string
  /** The known values, to choose from. Others stay possible unless the field is `closed`. */
  options?: readonly FieldOption[]
  closed?: boolean
  /** More words that zone files use instead of a number, upper case. */
  words?: Readonly<Record<string, number>>
  /** Zone files write this text in quotes, always. */
  quotes?: boolean
  /** What a new record starts with; and what a field means that the text may leave out. */
  initial?: string | number
  /** The text may end before this field; `initial` stands for it. */
  optional?: boolean
}

/** One type of record. `parse` and `format` throw RdataError (or NameError) with a sentence for a person. */
export interface RecordType {
  /** The mnemonic, upper case. */
  type: string
  /** IANA's number, or the one the server uses that invented it. */
  number: number
  /** A few words for a list. */
  label: string
  help: string
  fields: readonly Field[]
  /** Any presentation text → typed fields. Relative names are completed with `origin` (absolute). */
  parse(rdata: string, origin?: string): Fields
  /** Typed fields, also as a person typed them → canonical text. */
  format(fields: Fields): string
}

/** A text that is no rdata of its type. `field` is the id of the part that is wrong, where one is to blame. */
export class RdataError extends Error {
  override name = 'RdataError'
  field?: string

  constructor(message: string, field?: string) {
    super(message)
    if (field !== undefined) this.field = field
  }
}
