import { readdir, readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseRecording, replay, type Score } from './replay.ts'
import { simulate, type TechnitiumSimulator } from './simulator.ts'
import { totpCode } from './simulator/totp.ts'

async function replayFolder(folder: string): Promise<Score[]> {
  const url = new URL(`fixtures/${folder}/`, import.meta.url)
  const names = (await readdir(url)).filter((name) => name.endsWith('.json')).sort()
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, url), 'utf8')))
  return replay(texts.map(parseRecording))
}

/** Exact, so that an answer that stops agreeing shows. Those that differ are explained in `simulator.ts`. */
const RECORDED = {
  technitium: {
    '01-sign-in': 35,
    '02-zones': 60,
    '03-record-types': 129,
    '04-update-and-metadata': 93,
    '05-ptr-side-effects': 21,
    '06-txt': 59,
    '07-import-and-export': 51,
    '08-dnssec': 39,
    '09-zone-permissions': 28,
    '10-statistics': 24,
    '11-apps': 30,
    '12-other-calls': 37,
    '13-query-log': 26,
  },
  'technitium-14.3': { '01-sign-in': 34, '02-zones': 60, '04-update-and-metadata': 93 },
}

describe.each(Object.entries(RECORDED))('the recorded sessions of %s', (folder, expected) => {
  let scores: Score[] = []
  beforeAll(async () => {
    scores = await replayFolder(folder)
  })

  test('at least 98 % of the answers agree', () => {
    const agree = scores.reduce((sum, score) => sum + score.agree, 0)
    const of = scores.reduce((sum, score) => sum + score.of, 0)
    expect(of).toBeGreaterThan(0)
    expect(agree / of).toBeGreaterThanOrEqual(0.98)
  })

  test('exactly these agree', () => {
    const differing = scores.flatMap((score) => score.differences.map(({ exchange }) => exchange))
    expect(differing).toEqual([folder === 'technitium' ? 'cache: list' : 'token for another user (answer wrapped)'])
    expect(Object.fromEntries(scores.map((score) => [score.session, score.agree]))).toEqual(expected)
  })
})

describe('the replay', () => {
  test('notices an answer that is not the recorded one, and a masked member that is missing', async () => {
    const exchange = {
      name: 'list',
      request: { method: 'POST', path: '/api/zones/list', form: {}, auth: { token: '${admin}', via: 'header' } },
      response: {
        status: 200,
        contentType: 'application/json; charset=utf-8',
        json: { response: { zones: [], lastModified: 'x' }, server: 'ns1.example.net', status: 'ok' },
      },
    }
    const text = JSON.stringify({ session: 'made up', server: 'Technitium DNS Server 15.2', exchanges: [exchange] })
    const [score] = await replay([parseRecording(text)])
    expect(score).toMatchObject({ agree: 0, of: 1 })
    expect(score?.differences[0]?.lines).toEqual([
      'response.zones.length: recorded 0, answered 5',
      'response.lastModified: recorded "x", answered nothing',
    ])
  })

  test('says what a file that is no recording lacks', () => {
    expect(() => parseRecording('{}')).toThrow('“exchanges”')
  })
})

describe('what the recordings do not show', () => {
  const TOKEN = 'f'.repeat(64)
  let server: TechnitiumSimulator

  async function call(path: string, form: Record<string, string> = {}): Promise<Record<string, unknown>> {
    const response = await server.fetch(
      new Request(`http://dns.test/api/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}` },
        body: new URLSearchParams(form),
      }),
    )
    return (await response.json()) as Record<string, unknown>
  }

  beforeAll(() => {
    server = simulate({
      version: '15.2',
      admin: { password: 'secret', token: TOKEN },
      zones: [
        {
          name: 'firm.example',
          zoneFile: [
            '@ 900 SOA ns1 hostmaster 2026010101 900 300 604800 900',
            '@ 14400 NS ns1',
            'ns1 3600 A 192.0.2.53 ;the old one',
            'www 3600 CNAME firm.example.',
            '@ 3600 A 192.0.2.80',
            '@ 3600 TXT "v=spf1 -all"',
            'off 60 A 192.0.2.1 ;{"disabled":true,"comments":null}',
            '*.apps 60 AAAA 2001:db8::1',
          ].join('\n'),
        },
        { name: 'away.example', type: 'Secondary', zoneFile: 'www 60 A 192.0.2.9\n' },
      ],
    })
  })

  test('zones that are loaded are answered, as the DNS would', () => {
    expect(server.answers('www.firm.example', 'A')).toEqual(['firm.example.'])
    expect(server.answers('firm.example.', 'TXT')).toEqual(['"v=spf1 -all"'])
    expect(server.answers('x.apps.firm.example', 'AAAA')).toEqual(['2001:db8::1'])
    expect(server.answers('off.firm.example', 'A')).toEqual([])
    expect(server.answers('firm.example', 'SOA')).toEqual([
      'ns1.firm.example. hostmaster.firm.example. 2026010101 900 300 604800 900',
    ])
  })

  test('a record whose TTL is forced loses its comment', async () => {
    await call('zones/records/add', { domain: 'ns1.firm.example', type: 'A', ipAddress: '192.0.2.54', ttl: '60' })
    const { response } = await call('zones/records/get', { domain: 'ns1.firm.example' })
    const records = (response as { records: { comments?: string; ttl: number }[] }).records
    expect(records.map(({ ttl, comments }) => [ttl, comments])).toEqual([
      [60, undefined],
      [60, undefined],
    ])
  })

  test('a secondary zone takes no records', async () => {
    const answer = await call('zones/records/add', { domain: 'a.away.example', type: 'A', ipAddress: '192.0.2.1' })
    expect(answer).toMatchObject({ status: 'error', errorMessage: 'Cannot add record in Secondary zone.' })
  })

  test('automatic hints are the addresses of the target', async () => {
    const { response } = await call('zones/records/add', {
      ...{ domain: 'firm.example', type: 'HTTPS', svcPriority: '1', svcTargetName: '.', svcParams: 'alpn|h2' },
      autoIpv4Hint: 'true',
    })
    expect(response).toMatchObject({
      addedRecord: { rData: { svcParams: { alpn: 'h2', ipv4hint: '192.0.2.80' }, autoIpv4Hint: true } },
    })
  })

  test('a request line of more than 8 kB is refused before anything else', async () => {
    const response = await server.fetch(new Request(`http://dns.test/api/zones/list?x=${'x'.repeat(8200)}`))
    expect(response.status).toBe(414)
    expect(await response.text()).toBe('')
  })

  test('its own DNS client finds what it serves', async () => {
    const ask = async (domain: string, type: string) => {
      const { response } = await call('dnsClient/resolve', { server: 'this-server', domain, type })
      const { result } = response as { result: { RCODE: string; Answer: { Type: string }[] } }
      return [result.RCODE, ...result.Answer.map(({ Type }) => Type)]
    }
    expect(await ask('x.apps.firm.example', 'AAAA')).toEqual(['NoError', 'AAAA'])
    expect(await ask('www.firm.example', 'A')).toEqual(['NoError', 'CNAME'])
    expect(await ask('nobody.firm.example', 'A')).toEqual(['NxDomain'])
    expect(await ask('elsewhere.example', 'A')).toEqual(['ServerFailure'])
  })

  test('the log holds no parameters', async () => {
    await server.fetch(new Request('http://dns.test/api/zones/list?token=secret'))
    expect(server.log.at(-1)).toEqual({ method: 'GET', path: '/api/zones/list', status: 200 })
  })
})

describe('signing in', () => {
  const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  const now = () => Date.parse('2026-11-23T20:00:00Z')

  async function login(form: Record<string, string>): Promise<Record<string, unknown>> {
    const server = simulate({ version: '15.2', admin: { password: 'secret', totpSecret: SECRET }, now })
    const body = new URLSearchParams({ user: 'admin', pass: 'secret', ...form })
    const response = await server.fetch(new Request('http://dns.test/api/user/login', { method: 'POST', body }))
    return (await response.json()) as Record<string, unknown>
  }

  test('the codes are those of RFC 6238', () => {
    expect(totpCode(SECRET, 59_000)).toBe('287082')
    expect(totpCode(SECRET, 1_111_111_109_000)).toBe('081804')
  })

  test('a user with a second factor is asked for the code, after the password', async () => {
    expect(await login({})).toMatchObject({ status: '2fa-required' })
    expect(await login({ pass: 'wrong' })).toMatchObject({ status: 'error' })
    expect(await login({ totp: '000000' })).toMatchObject({
      errorMessage: 'Invalid time-based one-time password (TOTP) was attempted for user: admin',
    })
    expect(await login({ totp: totpCode(SECRET, now()) })).toMatchObject({ status: 'ok', totpEnabled: true })
  })
})

describe('a cluster', () => {
  const TOKEN = 'c'.repeat(64)
  const server = simulate({
    version: '15.2',
    admin: { password: 'secret', token: TOKEN },
    serverDomain: 'ns1.cluster.example',
    cluster: { domain: 'cluster.example', others: [{ name: 'ns2.cluster.example', zones: [{ name: 'far.example' }] }] },
    zones: [{ name: 'near.example' }],
  })

  async function list(node: string): Promise<unknown> {
    const body = new URLSearchParams({ token: TOKEN, node })
    const response = await server.fetch(new Request('http://dns.test/api/zones/list', { method: 'POST', body }))
    return response.json()
  }

  test('a call is answered by the node it names', async () => {
    expect(JSON.stringify(await list(''))).toContain('near.example')
    const far = await list('ns2.cluster.example')
    expect(far).toMatchObject({ server: 'ns2.cluster.example' })
    expect(JSON.stringify(far)).toContain('far.example')
    expect(await list('ns3.cluster.example')).toMatchObject({
      errorMessage: 'No such node exists in the Cluster by name: ns3.cluster.example',
    })
  })
})
