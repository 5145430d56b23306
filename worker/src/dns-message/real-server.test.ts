import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { powerdnsInstalled, startPowerdns, type RealServer } from '../providers/powerdns/real-server.ts'
import { decodeMessage } from './decode.ts'
import { encodeQuestion } from './encode.ts'
import { RCODE, type Message } from './message.ts'

const DS = `12345 13 2 ${'ab'.repeat(32)}`

describe.skipIf(!powerdnsInstalled)('what a real PowerDNS answers (needs pdns_server)', () => {
  let server: RealServer

  beforeAll(async () => {
    server = await startPowerdns()
    const set = (name: string, type: string, ...contents: string[]) => ({
      name,
      type,
      ttl: 7200,
      records: contents.map((content) => ({ content, disabled: false })),
    })
    const response = await fetch(`${server.url}/api/v1/servers/localhost/zones`, {
      method: 'POST',
      headers: { 'x-api-key': server.apiKey },
      body: JSON.stringify({
        name: 'above.example.',
        kind: 'Native',
        dnssec: true,
        nameservers: ['ns1.above.example.', 'ns2.above.example.'],
        rrsets: [
          set('shop.above.example.', 'NS', 'ns1.shop.above.example.', 'ns2.host.example.'),
          set('shop.above.example.', 'DS', DS),
          set('ns1.shop.above.example.', 'AAAA', '2001:db8::53'),
        ],
      }),
    })
    if (!response.ok) throw new Error(await response.text())
  })
  afterAll(() => server.stop())

  /** Asks over TCP, where every answer fits (RFC 1035 §4.2.2). */
  async function ask(name: string, type: string): Promise<Message> {
    const question = encodeQuestion(name, type, false)
    const socket = connect(server.dnsPort, '127.0.0.1')
    socket.write(Uint8Array.from([question.length >> 8, question.length & 255, ...question]))
    let bytes = Buffer.alloc(0)
    for await (const part of socket) {
      bytes = Buffer.concat([bytes, part as Buffer])
      if (bytes.length >= 2 && bytes.length >= bytes.readUInt16BE(0) + 2) break
    }
    return decodeMessage(bytes.subarray(2))
  }
  const data = (records: Message['answers'], type: string) =>
    records.filter((record) => record.type === type).map(({ rdata }) => rdata)

  it('has the DS records of a zone below, signed by the zone above', async () => {
    const message = await ask('shop.above.example.', 'DS')
    expect(message).toMatchObject({
      response: true,
      authoritative: true,
      rcode: RCODE.NOERROR,
      edns: { dnssecOk: true },
    })
    expect(data(message.answers, 'DS')).toEqual([DS])
    expect(data(message.answers, 'RRSIG')).toEqual([
      expect.stringMatching(/^DS 13 3 7200 \d{14} \d{14} \d+ above\.example\. /),
    ])
  })

  it('leads on to the servers of a zone below, with their addresses', async () => {
    const message = await ask('www.shop.above.example.', 'A')
    expect(message.answers).toEqual([])
    expect(data(message.authority, 'NS').toSorted()).toEqual(['ns1.shop.above.example.', 'ns2.host.example.'])
    expect(data(message.additional, 'AAAA')).toEqual(['2001:db8::53'])
  })

  it('names the zone that denies a name, or a type', async () => {
    const none = await ask('none.above.example.', 'NS')
    expect(none.rcode).toBe(RCODE.NXDOMAIN)
    expect(none.authority.find(({ type }) => type === 'SOA')?.name).toBe('above.example.')
    const nothing = await ask('above.example.', 'TXT')
    expect([nothing.rcode, nothing.answers]).toEqual([RCODE.NOERROR, []])
    expect(data(nothing.authority, 'SOA')[0]).toMatch(/^\S+ hostmaster\.above\.example\. \d+ 10800 3600 604800 3600$/)
  })

  it('has the keys of a signed zone', async () => {
    const keys = data((await ask('above.example.', 'DNSKEY')).answers, 'DNSKEY')
    expect(keys).toEqual([expect.stringMatching(/^257 3 13 [A-Za-z0-9+/]{86}==$/)])
  })

  it('refuses what it has no zone for', async () => {
    expect((await ask('elsewhere.example.', 'NS')).rcode).toBe(RCODE.REFUSED)
  })
})
