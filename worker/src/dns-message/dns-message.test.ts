import { nameFromLabels } from '@zonedeck/shared/names'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMessage } from './decode.ts'
import { encodeMessage, encodeQuestion } from './encode.ts'
import { MAX_MESSAGE, MessageError, type Message, type ResourceRecord } from './message.ts'

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'))

const plain: Message = {
  id: 0,
  response: true,
  opcode: 0,
  authoritative: false,
  truncated: false,
  recursionDesired: true,
  recursionAvailable: true,
  authenticData: false,
  checkingDisabled: false,
  rcode: 0,
  questions: [],
  answers: [],
  authority: [],
  additional: [],
  edns: null,
}

const name = fc.array(fc.uint8Array({ minLength: 1, maxLength: 9 }), { maxLength: 5 }).map(nameFromLabels)
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const uint = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 })
const key = fc.uint8Array({ minLength: 1, maxLength: 90 }).map(base64)
const words = (...parts: fc.Arbitrary<string | number>[]) => fc.tuple(...parts).map((values) => values.join(' '))

const data: Record<string, fc.Arbitrary<string>> = {
  A: fc.ipV4(),
  AAAA: fc.constantFrom('2001:db8::1', '::', '::1', 'fe80::1:2:3', '2001:db8:0:1:1:1:1:1'),
  NS: name,
  CNAME: name,
  PTR: name,
  MX: words(uint(16), name),
  // A mailbox that is printed as it was read: one without dots before its first label.
  SOA: words(name, name, uint(32), uint(32), uint(32), uint(32), uint(32)),
  DS: words(uint(16), uint(8), fc.constant(2), fc.uint8Array({ minLength: 32, maxLength: 32 }).map(hex)),
  DNSKEY: words(fc.constantFrom(256, 257, 385), fc.constant(3), uint(8), key),
  RRSIG: words(
    fc.constant('DS'),
    uint(8),
    fc.constant(9),
    uint(32),
    fc.constant('20261201000000'),
    fc.constant('20261101000000'),
    uint(16),
    name,
    key,
  ),
  TYPE65400: fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => `\\# ${bytes.length} ${hex(bytes)}`),
}

const record: fc.Arbitrary<ResourceRecord> = fc
  .constantFrom(...Object.keys(data))
  .chain((type) => fc.record({ name, type: fc.constant(type), ttl: uint(31), rdata: data[type]! }))
const records = fc.array(record, { maxLength: 4 })

const message: fc.Arbitrary<Message> = fc.record({
  id: uint(16),
  response: fc.boolean(),
  opcode: uint(4),
  authoritative: fc.boolean(),
  truncated: fc.boolean(),
  recursionDesired: fc.boolean(),
  recursionAvailable: fc.boolean(),
  authenticData: fc.boolean(),
  checkingDisabled: fc.boolean(),
  rcode: uint(4),
  questions: fc.array(fc.record({ name, type: fc.constantFrom('A', 'NS', 'DS', 'TYPE999') }), { maxLength: 2 }),
  answers: records,
  authority: records,
  additional: records,
  edns: fc.option(
    fc.record({
      size: uint(16),
      dnssecOk: fc.boolean(),
      errors: fc.array(fc.record({ code: uint(16), text: fc.string({ maxLength: 20 }) }), { maxLength: 2 }),
    }),
  ),
})

describe('a DNS message', () => {
  it('is written as RFC 8484 §4.2.1 writes its example, EDNS aside', () => {
    const bytes = encodeMessage({
      ...plain,
      response: false,
      recursionAvailable: false,
      questions: [{ name: 'www.example.com.', type: 'A' }],
    })
    expect(Buffer.from(bytes).toString('base64url')).toBe('AAABAAABAAAAAAAAA3d3dwdleGFtcGxlA2NvbQAAAQAB')
  })

  it('is read as RFC 8484 §4.2.2 writes its answer', () => {
    const bytes = bytesOf(
      `00 00 81 80 00 01 00 01 00 00 00 00 03 77 77 77 07 65 78 61 6d 70 6c 65 03 63 6f 6d 00 00 1c 00 01
       c0 0c 00 1c 00 01 00 00 0e 7d 00 10 20 01 0d b8 ab cd 00 12 00 01 00 02 00 03 00 04`,
    )
    expect(decodeMessage(bytes)).toEqual({
      ...plain,
      questions: [{ name: 'www.example.com.', type: 'AAAA' }],
      answers: [{ name: 'www.example.com.', type: 'AAAA', ttl: 3709, rdata: '2001:db8:abcd:12:1:2:3:4' }],
    })
  })

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(message, (written) => {
        expect(decodeMessage(encodeMessage(written))).toEqual(written)
      }),
      { numRuns: 500 },
    )
  })

  it('names each name once', () => {
    const answers = ['ns1', 'ns2', 'ns3'].map((host) => ({
      name: 'a-long-zone-name.example.',
      type: 'NS',
      ttl: 60,
      rdata: `${host}.a-long-zone-name.example.`,
    }))
    const bytes = encodeMessage({ ...plain, questions: [{ name: 'a-long-zone-name.example.', type: 'NS' }], answers })
    expect(
      Buffer.from(bytes)
        .toString('latin1')
        .match(/a-long-zone-name/g),
    ).toHaveLength(1)
    expect(decodeMessage(bytes).answers).toEqual(answers)
  })

  it('asks with EDNS, wants signatures, and is the same each time', () => {
    const asked = decodeMessage(encodeQuestion('example.com.', 'DS', true))
    expect(asked).toMatchObject({
      id: 0,
      recursionDesired: true,
      checkingDisabled: true,
      questions: [{ name: 'example.com.', type: 'DS' }],
      edns: { dnssecOk: true },
    })
    expect(encodeQuestion('example.com.', 'DS', true)).toEqual(encodeQuestion('example.com.', 'DS', true))
  })

  it('has the upper bits of its response code in EDNS', () => {
    const edns = { size: 512, dnssecOk: false, errors: [] }
    expect(decodeMessage(encodeMessage({ ...plain, rcode: 23, edns })).rcode).toBe(23)
    expect(() => encodeMessage({ ...plain, rcode: 23 })).toThrow(MessageError)
  })
})

describe('bytes from anywhere', () => {
  /** What decoding gives: a message, or MessageError and nothing else. */
  const read = (bytes: Uint8Array): Message | null => {
    try {
      return decodeMessage(bytes)
    } catch (error) {
      if (!(error instanceof MessageError)) throw error
      expect(error.message).toMatch(/^\S.*\.$/)
      return null
    }
  }

  it('are a message or none, and never anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        read(bytes)
      }),
      { numRuns: 2000 },
    )
  })

  it('that were a message are still one or none when some are changed', () => {
    const change = fc.record({ at: fc.nat(), to: uint(8) })
    fc.assert(
      fc.property(message, fc.array(change, { minLength: 1, maxLength: 4 }), (written, changes) => {
        const bytes = encodeMessage(written)
        for (const { at, to } of changes) bytes[at % bytes.length] = to
        read(bytes)
      }),
      { numRuns: 1500 },
    )
  })

  it('are no message without their end, or with more behind it', () => {
    fc.assert(
      fc.property(message, fc.nat(), (written, cut) => {
        const bytes = encodeMessage(written)
        expect(read(bytes.subarray(0, cut % bytes.length))).toBeNull()
        expect(read(Uint8Array.from([...bytes, 0]))).toBeNull()
      }),
    )
  })

  const header = '0000 8180 0001 0000 0000 0000'
  it.each([
    ['a name that points to itself', `${header} c00c 0001 0001`],
    ['a name that points forward', `${header} c00e 00 0001 0001`],
    ['a name that points into the header', `${header} c002 0001 0001`],
    ['two names that point to each other', `0000 8180 0002 0000 0000 0000 01 61 c012 0001 0001 c00c 0001 0001`],
    ['a label of a kind that is none', `${header} 41 00 0001 0001`],
    ['a label that goes past the end', `${header} 3f 61`],
    ['a name of 256 bytes', `${header} ${`3f${'61'.repeat(63)}`.repeat(3)} 3f${'61'.repeat(63)} 00 0001 0001`],
    ['another class', `${header} 00 0001 0003`],
    ['more questions than there are', `0000 8180 ffff 0000 0000 0000`],
    ['an address of five bytes', `0000 8180 0000 0001 0000 0000 00 0001 0001 00000000 0005 0102030405`],
    ['a host longer than its data', `0000 8180 0000 0001 0000 0000 00 0002 0001 00000000 0002 016100`],
    [
      'a compressed name in an RRSIG',
      `0000 8180 0001 0001 0000 0000 0161 00 0001 0001 c00c 002e 0001 00000000 0015 002b 0d 01 00000e10 00000000 00000000 0001 c00c 01`,
    ],
    ['OPT among the answers', `0000 8180 0000 0001 0000 0000 00 0029 0200 00000000 0000`],
    ['OPT twice', `0000 8180 0000 0000 0000 0002 00 0029 0200 00000000 0000 00 0029 0200 00000000 0000`],
    ['an option that goes past its record', `0000 8180 0000 0000 0000 0001 00 0029 0200 00000000 0004 000f 0009`],
  ])('are none: %s', (_, hexadecimal) => {
    expect(read(bytesOf(hexadecimal))).toBeNull()
  })

  it('may be 64 kB of pointers to the longest name', () => {
    const longest = `${`3f${'61'.repeat(63)}`.repeat(3)}3d${'61'.repeat(61)}00`
    const question = `${longest}0001 0001`
    const record = 'c00c 0002 0001 00000000 0002 c00c'
    const count = Math.floor((MAX_MESSAGE - 12 - 260) / 14)
    const bytes = bytesOf(
      `0000 8180 0001 ${count.toString(16).padStart(4, '0')} 0000 0000 ${question}${record.repeat(count)}`,
    )
    expect(read(bytes)?.answers).toHaveLength(count)
  })

  it('read a TTL with the 32nd bit as none (RFC 2181 §8)', () => {
    const bytes = bytesOf('0000 8180 0000 0001 0000 0000 00 0001 0001 80000001 0004 01020304')
    expect(read(bytes)?.answers[0]?.ttl).toBe(0)
  })
})
