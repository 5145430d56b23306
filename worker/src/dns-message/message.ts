/**
 * A DNS message (RFC 1035 §4) of class IN. Names are canonical and absolute, types are mnemonics or `TYPE<n>`, data is
 * canonical presentation text: the same words as in `@zonedeck/shared/record-set`.
 */
export interface Message {
  id: number
  response: boolean
  opcode: number
  authoritative: boolean
  truncated: boolean
  recursionDesired: boolean
  recursionAvailable: boolean
  /** The resolver validated all of it (RFC 4035 §3.2.3). */
  authenticData: boolean
  /** Asks for answers that do not validate, too. */
  checkingDisabled: boolean
  /** With the upper bits that EDNS adds: see `RCODE`. */
  rcode: number
  questions: Question[]
  answers: ResourceRecord[]
  authority: ResourceRecord[]
  additional: ResourceRecord[]
  /** null when the message has no OPT record (RFC 6891). */
  edns: Edns | null
}

export interface Question {
  name: string
  type: string
}

export interface ResourceRecord {
  name: string
  type: string
  /** Seconds. */
  ttl: number
  rdata: string
}

export interface Edns {
  /** The largest UDP answer the sender takes, in bytes. */
  size: number
  /** Wants signatures along with the records (RFC 3225). */
  dnssecOk: boolean
  /** Why it went wrong, by code of RFC 8914, with the server's own words. */
  errors: { code: number; text: string }[]
}

export const RCODE = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const

/** OPT is no record of a zone: it carries what the header has no room for. */
export const OPT = 41
export const CLASS_IN = 1
/** EDNS option "Extended DNS Error" (RFC 8914). */
export const EXTENDED_ERROR = 15
/** A message has at most this many bytes, over any transport. */
export const MAX_MESSAGE = 65_535

/** Data of these types holds names that may be compressed (RFC 3597 §4): how many, and how many bytes stand around them. */
export const COMPRESSED: ReadonlyMap<string, { before: number; names: number; after: number }> = new Map([
  ['NS', { before: 0, names: 1, after: 0 }],
  ['CNAME', { before: 0, names: 1, after: 0 }],
  ['PTR', { before: 0, names: 1, after: 0 }],
  ['MX', { before: 2, names: 1, after: 0 }],
  ['SOA', { before: 0, names: 2, after: 20 }],
])

/** Bytes that are no DNS message, or a message that no bytes can hold. */
export class MessageError extends Error {
  override name = 'MessageError'
}
