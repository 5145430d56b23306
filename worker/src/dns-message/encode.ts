import { labelBytes, nameFromLabels, splitLabels } from '@zonedeck/shared/names'
import { rdataBytes } from '@zonedeck/shared/records/rdata'
import { typeNumber } from '@zonedeck/shared/records/type-numbers'
import {
  CLASS_IN,
  COMPRESSED,
  EXTENDED_ERROR,
  MAX_MESSAGE,
  MessageError,
  OPT,
  type Edns,
  type Message,
  type ResourceRecord,
} from './message.ts'

/** A question to a resolver: EDNS with signatures wanted, and id 0, so that HTTP may cache the answer (RFC 8484 §4.1). */
export function encodeQuestion(name: string, type: string, checkingDisabled: boolean): Uint8Array<ArrayBuffer> {
  return encodeMessage({
    id: 0,
    response: false,
    opcode: 0,
    authoritative: false,
    truncated: false,
    recursionDesired: true,
    recursionAvailable: false,
    authenticData: false,
    checkingDisabled,
    rcode: 0,
    questions: [{ name, type }],
    answers: [],
    authority: [],
    additional: [],
    edns: { size: 1232, dnssecOk: true, errors: [] },
  })
}

/** Writes a message, its names compressed. Throws MessageError when it does not fit into one. */
export function encodeMessage(message: Message): Uint8Array<ArrayBuffer> {
  const writer = new Writer()
  const { edns, rcode } = message
  if (rcode > 15 && edns === null) throw new MessageError('This response code needs EDNS.')
  writer.number(message.id, 2)
  writer.number(
    (message.response ? 0x8000 : 0) |
      (message.opcode << 11) |
      (message.authoritative ? 0x0400 : 0) |
      (message.truncated ? 0x0200 : 0) |
      (message.recursionDesired ? 0x0100 : 0) |
      (message.recursionAvailable ? 0x0080 : 0) |
      (message.authenticData ? 0x0020 : 0) |
      (message.checkingDisabled ? 0x0010 : 0) |
      (rcode & 15),
    2,
  )
  const { questions, answers, authority, additional } = message
  for (const section of [questions, answers, authority]) writer.number(section.length, 2)
  writer.number(additional.length + (edns === null ? 0 : 1), 2)
  for (const { name, type } of questions) {
    writer.name(name)
    writer.number(numberOf(type), 2)
    writer.number(CLASS_IN, 2)
  }
  for (const record of [...answers, ...authority, ...additional]) writeRecord(writer, record)
  if (edns !== null) writeEdns(writer, edns, rcode >> 4)
  if (writer.bytes.length > MAX_MESSAGE) throw new MessageError('The message is longer than any can be.')
  return Uint8Array.from(writer.bytes)
}

class Writer {
  readonly bytes: number[] = []
  /** Where each name, and each end of one, was written first. */
  readonly #places = new Map<string, number>()

  number(value: number, count: number): void {
    for (let shift = count - 1; shift >= 0; shift--) this.bytes.push(Math.floor(value / 256 ** shift) % 256)
  }

  /** A canonical name; a part that was written before is pointed to. */
  name(name: string): void {
    const labels = splitLabels(name)
    for (let i = 0; i < labels.length; i++) {
      const rest = labels.slice(i).join('.')
      const place = this.#places.get(rest)
      if (place !== undefined) {
        this.number(0xc000 | place, 2)
        return
      }
      if (this.bytes.length < 0x4000) this.#places.set(rest, this.bytes.length)
      const bytes = labelBytes(labels[i]!)
      this.bytes.push(bytes.length, ...bytes)
    }
    this.bytes.push(0)
  }
}

function numberOf(type: string): number {
  const number = typeNumber(type)
  if (number === null) throw new MessageError(`“${type}” is no record type.`)
  return number
}

function writeRecord(writer: Writer, { name, type, ttl, rdata }: ResourceRecord): void {
  writer.name(name)
  writer.number(numberOf(type), 2)
  writer.number(CLASS_IN, 2)
  writer.number(ttl, 4)
  const length = writer.bytes.length
  writer.number(0, 2)
  const data = rdataBytes(type, rdata)
  const layout = COMPRESSED.get(type)
  if (layout === undefined) writer.bytes.push(...data)
  else {
    let at = layout.before
    writer.bytes.push(...data.subarray(0, at))
    for (let i = 0; i < layout.names; i++) {
      const labels: Uint8Array[] = []
      for (let size = data[at++]!; size > 0; size = data[at++]!) labels.push(data.subarray(at, (at += size)))
      writer.name(nameFromLabels(labels))
    }
    writer.bytes.push(...data.subarray(at))
  }
  const size = writer.bytes.length - length - 2
  writer.bytes[length] = size >> 8
  writer.bytes[length + 1] = size & 255
}

function writeEdns(writer: Writer, { size, dnssecOk, errors }: Edns, upperCode: number): void {
  writer.name('.')
  writer.number(OPT, 2)
  writer.number(size, 2)
  writer.number(upperCode, 1)
  writer.number(0, 1)
  writer.number(dnssecOk ? 0x8000 : 0, 2)
  const options = errors.map(({ code, text }) => ({ code, bytes: new TextEncoder().encode(text) }))
  writer.number(
    options.reduce((sum, { bytes }) => sum + 6 + bytes.length, 0),
    2,
  )
  for (const { code, bytes } of options) {
    writer.number(EXTENDED_ERROR, 2)
    writer.number(2 + bytes.length, 2)
    writer.number(code, 2)
    writer.bytes.push(...bytes)
  }
}
