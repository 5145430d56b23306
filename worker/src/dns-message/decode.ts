import { NameError, nameFromLabels } from '@zonedeck/shared/names'
import { rdataText } from '@zonedeck/shared/records/rdata'
import { RdataError } from '@zonedeck/shared/records/record-type'
import { typeName } from '@zonedeck/shared/records/type-numbers'
import {
  CLASS_IN,
  COMPRESSED,
  EXTENDED_ERROR,
  MAX_MESSAGE,
  MessageError,
  OPT,
  type Edns,
  type Message,
  type Question,
  type ResourceRecord,
} from './message.ts'

const HEADER = 12
const MAX_NAME = 255

/**
 * Reads one DNS message, whose bytes may be anybody's. Everything has to fit: no byte may be missing, left over or read
 * twice as two things. Throws MessageError.
 */
export function decodeMessage(bytes: Uint8Array): Message {
  if (bytes.length > MAX_MESSAGE) throw new MessageError('The message is longer than any can be.')
  const reader = new Reader(bytes)
  const id = reader.number(2)
  const flags = reader.number(2)
  const counts = [reader.number(2), reader.number(2), reader.number(2), reader.number(2)] as const
  const bit = (at: number) => (flags & at) !== 0
  const message: Message = {
    id,
    response: bit(0x8000),
    opcode: (flags >> 11) & 15,
    authoritative: bit(0x0400),
    truncated: bit(0x0200),
    recursionDesired: bit(0x0100),
    recursionAvailable: bit(0x0080),
    authenticData: bit(0x0020),
    checkingDisabled: bit(0x0010),
    rcode: flags & 15,
    questions: Array.from({ length: counts[0] }, () => readQuestion(reader)),
    answers: [],
    authority: [],
    additional: [],
    edns: null,
  }
  for (let i = 0; i < counts[1]; i++) readRecord(reader, message.answers)
  for (let i = 0; i < counts[2]; i++) readRecord(reader, message.authority)
  for (let i = 0; i < counts[3]; i++) readRecord(reader, message.additional, message)
  if (reader.at !== bytes.length) throw new MessageError('Bytes are left over after the message.')
  return message
}

class Reader {
  at = 0
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  take(count: number): Uint8Array {
    if (this.at + count > this.bytes.length) throw new MessageError('The message ends too early.')
    const taken = this.bytes.subarray(this.at, this.at + count)
    this.at += count
    return taken
  }

  number(count: 1 | 2 | 4): number {
    let value = 0
    for (const byte of this.take(count)) value = value * 256 + byte
    return value
  }

  /**
   * The bytes of each label. A pointer leads to a place before the one it was reached from, so that every name ends, and
   * at most 255 bytes are read of any (RFC 1035 §2.3.4, §4.1.4).
   */
  labels(): Uint8Array[] {
    const labels: Uint8Array[] = []
    let size = 1
    let limit = this.at
    /** Where reading goes on after the name, once a pointer has been followed. */
    let next = -1
    for (;;) {
      const length = this.number(1)
      if (length >= 0xc0) {
        const target = (length & 0x3f) * 256 + this.number(1)
        if (target < HEADER || target >= limit) throw new MessageError('A name points to where none can be.')
        if (next === -1) next = this.at
        limit = target
        this.at = target
        continue
      }
      if (length > 63) throw new MessageError('A name has a label of an unknown kind.')
      if (length === 0) break
      size += length + 1
      if (size > MAX_NAME) throw new MessageError('A name is longer than 255 bytes.')
      labels.push(this.take(length))
    }
    if (next !== -1) this.at = next
    return labels
  }
}

function readQuestion(reader: Reader): Question {
  const name = nameFromLabels(reader.labels())
  const type = typeName(reader.number(2))
  if (reader.number(2) !== CLASS_IN) throw new MessageError('The question is not one of class IN.')
  return { name, type }
}

/** @param message where an OPT record may stand */
function readRecord(reader: Reader, into: ResourceRecord[], message?: Message): void {
  const name = nameFromLabels(reader.labels())
  const number = reader.number(2)
  const kind = reader.number(2)
  const ttl = reader.number(4)
  const length = reader.number(2)
  if (number === OPT) {
    if (message === undefined || message.edns !== null || name !== '.') {
      throw new MessageError('An OPT record stands where none may be.')
    }
    // RFC 6891 §6.1.3: its TTL is the upper part of the response code, a version, and flags.
    message.rcode += Math.floor(ttl / 2 ** 24) * 16
    message.edns = { size: kind, dnssecOk: (ttl & 0x8000) !== 0, errors: readErrors(new Reader(reader.take(length))) }
    return
  }
  if (kind !== CLASS_IN) throw new MessageError('A record is not of class IN.')
  const type = typeName(number)
  // RFC 2181 §8: a TTL has 31 bits; one with the 32nd set is none.
  into.push({ name, type, ttl: ttl > 0x7fffffff ? 0 : ttl, rdata: readData(reader, type, length) })
}

function readData(reader: Reader, type: string, length: number): string {
  const end = reader.at + length
  const layout = COMPRESSED.get(type)
  const data: number[] = []
  if (layout === undefined) data.push(...reader.take(length))
  else {
    data.push(...reader.take(layout.before))
    for (let i = 0; i < layout.names; i++) {
      for (const label of reader.labels()) data.push(label.length, ...label)
      data.push(0)
    }
    data.push(...reader.take(layout.after))
  }
  if (reader.at !== end) throw new MessageError(`The data of ${type} has another length than it says.`)
  try {
    return rdataText(type, data)
  } catch (error) {
    if (error instanceof RdataError || error instanceof NameError) throw new MessageError(error.message)
    throw error
  }
}

/** The extended errors among the options of an OPT record; other options say nothing we ask for. */
function readErrors(reader: Reader): Edns['errors'] {
  const errors: Edns['errors'] = []
  while (reader.at < reader.bytes.length) {
    const option = reader.number(2)
    const data = new Reader(reader.take(reader.number(2)))
    if (option !== EXTENDED_ERROR) continue
    const code = data.number(2)
    errors.push({ code, text: new TextDecoder().decode(data.take(data.bytes.length - data.at)) })
  }
  return errors
}
