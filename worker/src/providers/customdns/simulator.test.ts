import { describe, expect, it } from 'vitest'
import { simulate } from './simulator.ts'
import { validated, type Candidate } from './simulator-validator.ts'

const XML = 'application/xml'

async function server(options: Partial<Parameters<typeof simulate>[0]> = {}) {
  const simulation = await simulate({
    users: [
      { userName: 'root', apikey: 'r', password: 'secret' },
      { userName: 'ada', apikey: 'a', password: 'secret' },
    ],
    ...options,
  })
  const ask = async (method: string, path: string, body?: string, more: Record<string, string> = {}, key = 'r') => {
    const headers = { 'X-CustomDNS-API-Key': key, ...(body === undefined ? {} : { 'content-type': XML }), ...more }
    const answer = await simulation.fetch(new Request(`http://x${path}`, { method, headers, body: body ?? null }))
    return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') }
  }
  await ask('POST', '/zone', '<domain><name>example.com</name><type>NATIVE</type></domain>')
  return { simulation, ask }
}

const record = (name: string, type: string, content: string, more = '') =>
  `<record><name>${name}</name><type>${type}</type><content>${content}</content><prio>0</prio>${more}</record>`

describe('the simulated server', () => {
  it('answers as the document shows', async () => {
    const { ask } = await server({ now: () => Date.parse('2019-03-06T15:57:32Z') })
    expect(await ask('GET', '/zone/list/')).toEqual({
      status: 200,
      type: XML,
      text: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><collection><domain><dateCreated>2019-03-06T09:57:32-06:00</dateCreated><dateModified>2019-03-06T09:57:32-06:00</dateModified><name>example.com</name><lastCheck>0</lastCheck><type>NATIVE</type><zoneId>1</zoneId></domain></collection>',
    })
    expect((await ask('GET', '/zone/example.com/record/2')).text).toContain(
      '<name>example.com</name><type>NS</type><content>ns1.nicmus.com</content><ttl>3600</ttl><prio>0</prio><active>true</active><auth>true</auth><id>2</id></record>',
    )
    expect(await ask('GET', '/zone/count')).toEqual({ status: 200, type: 'text/plain', text: '1' })
    expect(await ask('GET', '/zone/example.com/count')).toMatchObject({ text: '4' })
    expect(await ask('GET', '/zone/nowhere.example/count')).toMatchObject({ text: '0' })
    expect(await ask('POST', '/zone/example.com', record('example.com', 'NS', 'ns4.nicmus.com'))).toEqual({
      status: 200,
      type: 'text/plain',
      text: '5',
    })
    expect((await ask('GET', '/user')).text).toMatch(
      /<userName>root<\/userName>.*<password>[^<]+<\/password>.*<apikey>r</,
    )
  })

  it.each([
    ['GET', '/zone/list/', 'application/json', 200, 'application/json'],
    ['GET', '/zone/list/', 'application/json;q=0.5, application/xml', 200, XML],
    ['GET', '/zone/list/', '*/*', 200, XML],
    ['GET', '/zone/list/', 'text/html', 406, null],
    ['GET', '/zone/count', XML, 406, null],
    ['GET', '/zone/count', 'text/*', 200, 'text/plain'],
  ])('%s %s with a wish for %s is %i', async (method, path, accept, status, type) => {
    const { ask } = await server()
    expect(await ask(method, path, undefined, { accept })).toMatchObject({ status, type })
  })

  it.each([
    ['DELETE', '/zone', undefined, 405],
    ['PUT', '/zone/example.com', record('example.com', 'NS', 'ns9.nicmus.com', '<id>2</id>'), 405],
    ['GET', '/zone/example.com', undefined, 405],
    ['POST', '/zone', '<domain><name>example.com</name></domain>', 409],
    ['POST', '/zone', '<domain><name>single</name></domain>', 400],
    ['POST', '/zone?userName=nobody', '<domain><name>a.example</name></domain>', 404],
    ['POST', '/zone', 'name=a.example', 400],
    ['POST', '/zone/example.com', record('www.example.com', 'SSHFP', '4 2 00'), 400],
    ['POST', '/zone/example.com', record('example.com', 'NS', 'ns1.nicmus.com'), 400],
    ['GET', '/zone/example.com/record/99', undefined, 404],
    ['DELETE', '/zone/example.com/record/99', undefined, 404],
    ['GET', '/zone/nowhere.example/records', undefined, 404],
    ['GET', '/nothing', undefined, 404],
  ])('%s %s is %4$i', async (method, path, body, status) => {
    const { ask } = await server()
    expect(await ask(method, path, body)).toMatchObject({ status, text: '' })
  })

  it('shows nobody else’s zones and accounts to a USER', async () => {
    const { ask } = await server()
    const ada = (method: string, path: string, body?: string) => ask(method, path, body, {}, 'a')
    expect(await ada('GET', '/zone/count')).toMatchObject({ text: '0' })
    expect(await ada('GET', '/zone/example.com/count')).toMatchObject({ text: '0' })
    for (const path of ['/zone/example.com/records', '/zone/example.com/record/1']) {
      expect(await ada('GET', path)).toMatchObject({ status: 404 })
    }
    for (const path of ['/user/root', '/user/ada', '/zone/root/list/', '/zone/root/count']) {
      expect(await ada('GET', path)).toMatchObject({ status: 403 })
    }
    expect(await ada('PUT', '/user', '<user><userName>root</userName></user>')).toMatchObject({ status: 403 })
    expect(await ask('GET', '/user', undefined, {}, 'x')).toMatchObject({ status: 401, text: '' })
  })

  it('pages from 0 by 100, gives a thousand at most, and no TTL is 0', async () => {
    const { simulation, ask } = await server()
    const ids = async (query: string) =>
      (await ask('GET', `/zone/example.com/records${query}`)).text.match(/<id>/g)?.length
    expect(await ask('POST', '/zone/example.com', record('www.example.com', 'A', '192.0.2.1'))).toMatchObject({
      text: '5',
    })
    expect(simulation.state.zones[0]?.records.at(-1)?.ttl).toBe(0)
    const [zone] = simulation.state.zones
    const [first] = zone?.records ?? []
    if (!zone || !first) throw new Error('There is no record.')
    zone.records = Array.from({ length: 1500 }, (_, index) => ({ ...first, id: index + 1 }))
    expect(await ids('')).toBe(100)
    expect(await ids('?offset=1450&count=100')).toBe(50)
    expect(await ids('?offset=-5&count=2')).toBe(2)
    expect(await ids('?count=5000')).toBe(1000)
  })

  it('changes a record in place when it is told to, but no TTL alone', async () => {
    const { simulation, ask } = await server({ recordUpdates: true })
    const put = (content: string, ttl: number) =>
      ask('PUT', '/zone/example.com', record('example.com', 'NS', content, `<ttl>${ttl}</ttl><id>2</id>`))
    expect(await put('ns9.nicmus.com', 60)).toMatchObject({ status: 204 })
    expect(simulation.state.zones[0]?.records[1]).toMatchObject({ id: 2, content: 'ns9.nicmus.com', ttl: 60 })
    // Its check for the same record elsewhere finds the record itself.
    expect(await put('ns9.nicmus.com', 90)).toMatchObject({ status: 400 })
  })
})

const others: Candidate[] = [
  { name: 'www.example.com', type: 'CNAME', content: 'web.example.com' },
  { name: 'example.com', type: 'MX', content: 'mail.example.com' },
  { name: 'a.example.com', type: 'A', content: '192.0.2.1' },
]

describe('what the simulated server takes', () => {
  it.each([
    ['www.example.com', 'TXT', 'beside a CNAME'],
    ['*.example.com', 'A', '192.0.2.1'],
    ['_x.example.com', 'A', '192.0.2.1'],
    ['x.example.com', 'AAAA', '::1'],
    ['x.example.com', 'CNAME', 'a.example.net'],
    ['x.example.com', 'MX', '.'],
    ['x.example.com', 'CAA', '0 issue "ca.example.net"'],
    ['x.example.com', 'SPF', 'v=spf1 a:mail.example.com -all'],
  ])('%s %s %s', (name, type, content) => {
    expect(validated({ name, type, content }, others)).toMatchObject({ name, type })
  })

  it.each([
    ['www.example.com', 'A', '192.0.2.1', 'beside a CNAME'],
    ['a.example.com', 'CNAME', 'b.example.com', 'beside an address'],
    ['mail.example.com', 'CNAME', 'b.example.com', 'where an MX points'],
    ['x.example.com', 'MX', 'web.example.com', 'where a CNAME points'],
    ['a.example.com', 'A', '192.0.2.1', 'twice'],
    ['x.example.com', 'A', '192.0.2.300', 'out of range'],
    ['x.example.com', 'AAAA', '2001:db8::', 'ends in two colons'],
    ['x.example.com', 'AAAA', '::ffff:192.0.2.1', 'with a dotted part'],
    ['x.*.example.com', 'A', '192.0.2.1', 'a wildcard within'],
    ['-x.example.com', 'A', '192.0.2.1', 'a hyphen first'],
    ['x.example.com', 'NS', 'ns', 'no full name'],
    ['x.example.com', 'TXT', 'Grüße', 'not ASCII'],
    ['x.example.com', 'SPF', '"v=spf1 -all"', 'in quotes'],
    ['x.example.com', 'TLSA', '3 1 1 00', 'an unknown type'],
  ])('not %s %s %s: %s', (name, type, content) => {
    expect(() => validated({ name, type, content }, others)).toThrow('400')
  })

  it.each([
    ['one', 'one'],
    ['two words', '"two words"'],
    ['trailing ', 'trailing '],
    [' leading', '" leading"'],
    ['"in quotes"', '"in quotes"'],
    ['"half quoted', '""half quoted"'],
  ])('and keeps the TXT %j as %j', (content, kept) => {
    expect(validated({ name: 'x.example.com', type: 'TXT', content }, []).content).toBe(kept)
  })
})
