import { beforeEach, describe, expect, it } from 'vitest'
import { simulate, type Simulation } from './simulator.ts'

const start = Date.parse('2026-11-26T09:00:00Z')
let now = start
let server: Simulation

beforeEach(() => {
  now = start
  server = simulate({ token: 'secret', organisation: 'acme', zones: [{ name: 'acme.example' }], now: () => now })
})

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await server.fetch(
    new Request(`https://api.thalassa.example/v1/dns${path}`, {
      method,
      headers: { authorization: 'Token secret', 'x-organisation-identity': 'acme', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Record<string, unknown> }
}

const ZONE = '/zones/acme.example'
const add = (name: string, type: string, ...values: string[]) =>
  ask('POST', `${ZONE}/records`, { name, type, ttl: 300, values })

describe('the simulated Thalassa', () => {
  it.each<[string, Record<string, string>, number]>([
    ['no token', { authorization: '' }, 401],
    ['another scheme', { authorization: 'Bearer secret' }, 401],
    ['no organisation', { 'x-organisation-identity': '' }, 400],
    ['another organisation', { 'x-organisation-identity': 'other' }, 403],
  ])('answers to %s', async (_, headers, status) => {
    const answer = await ask('GET', '/zones', undefined, headers)
    expect(answer).toEqual({ status, body: { message: expect.any(String) as string } })
  })

  it.each<[object | string, number]>([
    [{ zoneName: 'new.example' }, 201],
    [{ zoneName: 'acme.example' }, 409],
    [{ zoneName: 'New.example' }, 400],
    [{ zoneName: 'new.example.' }, 400],
    [{ zoneName: 'com' }, 400],
    [{}, 400],
    ['{bad', 400],
  ])('answers to a new zone %j', async (body, status) => {
    expect((await ask('POST', '/zones', body)).status).toBe(status)
  })

  it.each<[string, string, string[], number]>([
    ['www', 'A', ['192.0.2.1', '192.0.2.2'], 201],
    ['www', 'A', ['192.0.2.1', '192.0.2.1'], 400],
    ['www', 'A', ['192.0.2'], 400],
    ['www', 'A', [], 400],
    ['www', 'AAAA', ['2001:db8::1'], 201],
    ['www', 'AAAA', ['192.0.2.1'], 400],
    ['www', 'CNAME', ['a.example', 'b.example'], 400],
    ['www', 'CNAME', ['a.example.'], 400],
    ['@', 'CNAME', ['a.example'], 400],
    ['@', 'MX', ['10 mail.example', '0 .'], 201],
    ['@', 'MX', ['mail.example'], 400],
    ['@', 'MX', ['70000 mail.example'], 400],
    ['_sip._tcp', 'SRV', ['1 2 3 sip.example'], 201],
    ['_sip._tcp', 'SRV', ['1 2 sip.example'], 400],
    ['@', 'CAA', ['0 issue letsencrypt.org', '0 iodef "mailto:a@b.example"'], 201],
    ['@', 'CAA', ['256 issue letsencrypt.org'], 400],
    ['@', 'CAA', ['0 nonsense letsencrypt.org'], 400],
    ['@', 'TXT', ['x'.repeat(4096)], 201],
    ['@', 'TXT', ['x'.repeat(4097)], 400],
    ['www', 'PTR', ['a.example'], 400],
    ['-', 'A', ['192.0.2.1'], 400],
  ])('answers to %s %s %j', async (name, type, values, status) => {
    expect((await add(name, type, ...values)).status).toBe(status)
  })

  it('keeps one record for each name and type, and a CNAME alone', async () => {
    await add('www', 'A', '192.0.2.1')
    expect(await add('www', 'A', '192.0.2.2')).toEqual({ status: 409, body: { message: 'record already exists' } })
    expect((await add('www', 'CNAME', 'a.example')).status).toBe(400)
  })

  it('replaces with PUT and changes parts with PATCH', async () => {
    const { body } = await add('www', 'A', '192.0.2.1')
    const path = `${ZONE}/records/www/A`
    expect((await ask('PATCH', path, { values: ['192.0.2.2'] })).body).toMatchObject({
      ttl: 300,
      values: ['192.0.2.2'],
    })
    expect((await ask('PATCH', path, { ttl: 60 })).body).toMatchObject({ ttl: 60, values: ['192.0.2.2'] })
    const byIdentity = `${ZONE}/records/${String(body['identity'])}`
    expect((await ask('PUT', byIdentity, { values: ['192.0.2.3'] })).body).toMatchObject({ ttl: 3600 })
    expect((await ask('PUT', byIdentity, { ttl: 60 })).status).toBe(400)
    expect((await ask('PATCH', path, { ttl: 10 })).status).toBe(400)
  })

  it('publishes 30 seconds after a write, with its own name servers where there are none', async () => {
    now += 60_000
    await add('www', 'A', '192.0.2.1')
    now += 29_000
    expect(server.published('acme.example')?.zoneFile).not.toContain('192.0.2.1')
    now += 1000
    const file = server.published('acme.example')?.zoneFile
    expect(file).toContain('www 300 IN A 192.0.2.1')
    expect(file).toContain('@ 3600 IN NS ns1.eu-nl-1.thalassa.cloud.')
    await add('@', 'NS', 'ns1.vanity.example')
    const { body } = await ask('GET', `${ZONE}/export`)
    expect(body).toMatchObject({ zoneName: 'acme.example' })
    expect(body['zoneFile']).toContain('@ 300 IN NS ns1.vanity.example.')
    expect(String(body['zoneFile']).match(/ NS /g)).toHaveLength(1)
  })

  const FILE = `$ORIGIN acme.example.
$TTL 300
@ IN SOA ns1.old.example. host.old.example. 1 2 3 4 5
www IN A 192.0.2.1
www IN A 192.0.2.2
mail 60 IN MX 10 mx
@ IN TXT ( "v=spf1 " "-all" )
@ IN CAA 0 issue "letsencrypt.org"
1 IN PTR host.acme.example.
`

  it('imports what it knows, counts sets, and leaves the rest unless told to replace', async () => {
    await add('www', 'A', '192.0.2.1')
    await add('old', 'A', '192.0.2.9')
    const merged = await ask('POST', `${ZONE}/import`, { zoneFile: FILE })
    expect(merged.body).toMatchObject({ created: 3, updated: 1, deleted: 0, skipped: 2 })
    expect(merged.body['records']).toHaveLength(4)
    const { body } = await ask('GET', `${ZONE}/records`)
    const held = (body as unknown as { name: string; type: string; values: string[] }[]).map(
      ({ name, type, values }) => `${name} ${type} ${values.join(' | ')}`,
    )
    expect(held.sort()).toEqual([
      '@ CAA 0 issue letsencrypt.org',
      '@ TXT v=spf1 -all',
      'mail MX 10 mx.acme.example',
      'old A 192.0.2.9',
      'www A 192.0.2.1 | 192.0.2.2',
    ])
    const replaced = await ask('POST', `${ZONE}/import`, { zoneFile: FILE, replaceExisting: true })
    expect(replaced.body).toMatchObject({ created: 0, updated: 0, deleted: 1, skipped: 2, records: [] })
  })

  it('imports nothing of a file with a fault in it', async () => {
    const { status, body } = await ask('POST', `${ZONE}/import`, { zoneFile: `${FILE}bad IN A 1.2.3\n` })
    expect(status).toBe(400)
    expect(body['message']).toContain('line 10')
    expect((await ask('GET', `${ZONE}/records`)).body).toEqual([])
  })

  it('keeps the description, labels and annotations of a zone, by identity', async () => {
    const metadata = { description: 'The shop', labels: { env: 'prod' }, annotations: { owner: 'ada' } }
    const { body } = await ask('POST', '/zones', { zoneName: 'shop.example', ...metadata })
    expect(body).toMatchObject({ name: 'shop.example', slug: 'shop-example', ...metadata })
    const path = `/zones/${String(body['identity'])}`
    const changed = await ask('PUT', path, { description: 'Closed' })
    expect(changed.body).toMatchObject({ description: 'Closed' })
    expect(changed.body).not.toHaveProperty('labels')
    server.dialect = 'docs'
    expect((await ask('PUT', '/zones/shop.example', { description: 'x' })).status).toBe(404)
  })

  describe('DNSSEC', () => {
    const DNSSEC = `${ZONE}/dnssec`
    const enable = (body: object = { region: 'nl-01' }) => ask('PUT', DNSSEC, body)

    it('signs once the parent has the DS, which it looks for every minute', async () => {
      expect((await ask('GET', DNSSEC)).body).toEqual({ enabled: false, dsDelegated: false })
      const { body } = await enable()
      expect(body).toMatchObject({ enabled: true, dsDelegated: false, region: 'nl-01' })
      expect(body['kmsKeyIdentity']).toMatch(/^kms-/)
      expect(body['nextDsProbeAt']).toBe(new Date(start + 60_000).toISOString())
      expect(body['dsRecords']).toMatchObject([
        {
          digestTypeName: 'SHA-256',
          algorithm: 13,
          record: expect.stringMatching(/^\d+ 13 2 [0-9a-f]{64}$/) as string,
        },
        {
          digestTypeName: 'SHA-384',
          algorithm: 13,
          record: expect.stringMatching(/^\d+ 13 4 [0-9a-f]{96}$/) as string,
        },
      ])
      server.delegated.add('acme.example')
      now += 59_000
      expect((await ask('GET', DNSSEC)).body).toMatchObject({ dsDelegated: false })
      now += 1000
      expect((await ask('GET', DNSSEC)).body).toMatchObject({
        dsDelegated: true,
        lastSignedAt: new Date(now).toISOString(),
      })
      now += 30_000
      expect(server.published('acme.example')?.signed).toBe(true)
    })

    it('starts over with another key, and not with the same', async () => {
      const { body: first } = await enable()
      expect((await enable()).body).toEqual(first)
      const { body: other } = await enable({ region: 'nl-01', kmsKeyIdentity: 'kms-p384' })
      expect(other).toMatchObject({ dsDelegated: false, kmsKeyIdentity: 'kms-p384' })
      expect(other['dsRecords']).not.toEqual(first['dsRecords'])
    })

    it.each([
      [{}, 400],
      [{ region: 'mars-1' }, 400],
      [{ region: 'de-01' }, 503],
      [{ region: 'nl-01', kmsKeyIdentity: 'kms-rsa' }, 400],
      [{ region: 'nl-01', kmsKeyIdentity: 'nothing' }, 400],
    ])('answers to %j', async (body, status) => {
      expect((await enable(body)).status).toBe(status)
    })

    it('needs the kms gate, and tells of signing that failed', async () => {
      await enable()
      server.failSigning('acme.example', 'KMS key is disabled')
      expect((await ask('GET', DNSSEC)).body).toMatchObject({ enabled: true, lastSignError: 'KMS key is disabled' })
      server.gates.delete('kms')
      expect(await ask('GET', DNSSEC)).toMatchObject({
        status: 403,
        body: { message: expect.stringContaining('kms') as string },
      })
      server.gates.add('kms')
      expect((await ask('DELETE', DNSSEC)).status).toBe(204)
      expect((await ask('GET', DNSSEC)).body).toEqual({ enabled: false, dsDelegated: false })
    })
  })
})
