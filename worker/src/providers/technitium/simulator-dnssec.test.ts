import { describe, expect, test } from 'vitest'
import { simulate, type TechnitiumSimulator } from './simulator.ts'
import { dsDigest, keyTag, type DnssecKey } from './simulator/dnssec-keys.ts'
import { hashedName } from './simulator/signing.ts'

describe('what is computed', () => {
  test('the tag and the digests of a recorded key', () => {
    const publicKey = 'H5MdITO3Aq5rnYv3/afVZZp9MONLG9+PQhiLA2/nFWQ3tOvYeYKSdfnt/okqUVCmtPXPSb6fgnhKeOdLEIBkxg=='
    const key: DnssecKey = {
      type: 'KeySigningKey',
      algorithm: 'ECDSAP256SHA256',
      bits: null,
      publicKey: Buffer.from(publicKey, 'base64'),
      state: 'Published',
      stateChangedOn: 0,
      nextStateBy: null,
      isRetiring: false,
      rolloverDays: 0,
    }
    expect(keyTag(key)).toBe(39_316)
    expect(dsDigest('sec.example', key, 'sha256')).toBe(
      '03851AD9CF2B4E392598756ADA3882D7AC240AD36AE900CF5F5CB8039855CAB6',
    )
    expect(dsDigest('sec.example', key, 'sha384')).toBe(
      '54A83D357C910630D60C5F9623571032E88062EBB29C9A3B00C0D6E7EEF09F096694CE84B092610A5B89331E2C39BE37',
    )
  })

  test('the hashes of RFC 5155, appendix A', () => {
    const parameters = { iterations: 12, salt: Uint8Array.of(0xaa, 0xbb, 0xcc, 0xdd) }
    expect(hashedName('example', parameters)).toBe('0p9mhaveqvm6t7vbl5lop2u3t2rp3tom'.toUpperCase())
    expect(hashedName('x.y.w.example', parameters)).toBe('2vptu5timamqttgl4luu9kg21e0aor3s'.toUpperCase())
  })
})

const TOKEN = 'd'.repeat(64)
const HOUR = 3_600_000
const DAY = 24 * HOUR

interface Key {
  keyTag: number
  keyType: string
  state: string
  isRetiring: boolean
}

/** A server with one zone and a clock that the test turns. */
function start(version: '15.2' | '14.3' = '15.2') {
  const clock = { now: Date.parse('2026-11-23T20:00:00Z') }
  const server: TechnitiumSimulator = simulate({
    version,
    admin: { password: 'secret', token: TOKEN },
    now: () => clock.now,
    zones: [{ name: 'sec.example', zoneFile: 'www 3600 A 192.0.2.1\na.b 60 A 192.0.2.2\nsub 3600 NS ns.sub\n' }],
  })
  const call = async (path: string, form: Record<string, string> = {}) => {
    const body = new URLSearchParams({ zone: 'sec.example', token: TOKEN, ...form })
    const response = await server.fetch(new Request(`http://dns.test/api/zones/${path}`, { method: 'POST', body }))
    const text = await response.text()
    if (response.status !== 200) return { status: String(response.status) }
    return JSON.parse(text) as { status: string; errorMessage?: string; response?: Record<string, unknown> }
  }
  const keys = async () => {
    const { response } = await call('dnssec/properties/get')
    return (response as { dnssecPrivateKeys: Key[] }).dnssecPrivateKeys
  }
  const states = async () =>
    (await keys()).map(({ keyType, state }) => `${keyType === 'KeySigningKey' ? 'K' : 'Z'} ${state}`)
  const records = async () => {
    const { response } = await call('records/get', { domain: 'sec.example', listZone: 'true' })
    return (response as { records: { name: string; type: string; rData: Record<string, unknown> }[] }).records
  }
  const serial = async () => {
    const soa = (await records()).find(({ type }) => type === 'SOA')
    return Number(soa?.rData['serial'])
  }
  return { clock, call, keys, states, records, serial }
}

const P256 = { algorithm: 'ECDSA', curve: 'P256' }

describe('the keys of a zone', () => {
  test('go through their states as time passes, and the parent is said to have the DS by hand', async () => {
    const { clock, call, keys, states } = start()
    await call('dnssec/sign', P256)
    expect(await states()).toEqual(['K Published', 'Z Active'])
    clock.now += 5 * HOUR
    expect(await states()).toEqual(['K Ready', 'Z Active'])
    const [ksk] = await keys()
    expect((await call('dnssec/properties/activateKskDnsKey', { keyTag: String(ksk!.keyTag) })).status).toBe('ok')
    expect(await states()).toEqual(['K Active', 'Z Active'])
    expect((await call('dnssec/properties/updateDnsKeyTtl', { ttl: '2h' })).status).toBe('ok')
  })

  test('a ZSK is rolled over when its days have passed, and the old one is gone in the end', async () => {
    const { clock, call, keys, states } = start()
    await call('dnssec/sign', { ...P256, zskRolloverDays: '30' })
    const first = (await keys())[1]!.keyTag
    clock.now += 31 * DAY
    await states()
    expect(await states()).toEqual(['K Ready', 'Z Active', 'Z Published'])
    clock.now += 5 * HOUR
    await states()
    expect(await states()).toEqual(['K Ready', 'Z Retired', 'Z Active'])
    clock.now += 2 * DAY
    await states()
    const left = await keys()
    expect(left.map(({ keyType }) => keyType)).toEqual(['KeySigningKey', 'ZoneSigningKey'])
    expect(left[1]!.keyTag).not.toBe(first)
  })

  test('a KSK that retires is revoked, which changes its tag', async () => {
    const { clock, call, keys, states } = start()
    await call('dnssec/sign', P256)
    clock.now += 5 * HOUR
    const [old] = await keys()
    await call('dnssec/properties/activateKskDnsKey', { keyTag: String(old!.keyTag) })
    await call('dnssec/properties/rolloverDnsKey', { keyTag: String(old!.keyTag) })
    const refused = await call('dnssec/properties/rolloverDnsKey', { keyTag: String(old!.keyTag) })
    expect(refused.errorMessage).toBe('Cannot rollover private key: the private key is already set to retire.')
    clock.now += 5 * HOUR
    await states()
    const fresh = (await keys()).find((key) => key.keyType === 'KeySigningKey' && !key.isRetiring)!
    expect(fresh.state).toBe('Ready')
    await call('dnssec/properties/activateKskDnsKey', { keyTag: String(fresh.keyTag) })
    await states()
    expect(await states()).toContain('K Retired')
    clock.now += 3 * DAY
    await states()
    const revoked = (await keys()).find(({ state }) => state === 'Revoked')!
    expect(revoked.keyTag).not.toBe(old!.keyTag)
    clock.now += 3 * DAY
    await states()
    expect(await states()).toEqual(['K Active', 'Z Active'])
  })

  test('a key that has no successor does not retire', async () => {
    const { call, keys } = start()
    await call('dnssec/sign', P256)
    const zsk = (await keys())[1]!
    const { errorMessage } = await call('dnssec/properties/retireDnsKey', { keyTag: String(zsk.keyTag) })
    expect(errorMessage).toBe('Cannot retire private key: no successor key was found to safely retire the key.')
  })

  test('a key of the caller is read, and must be of the right curve', async () => {
    const { generateKeyPairSync } = await import('node:crypto')
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const { call, records } = start()
    expect(await call('dnssec/sign', { ...P256, curve: 'P384', pemKskPrivateKey: pem })).toMatchObject({
      errorMessage: "The ECDSA (KSK) private key must have key size of 384 bits. (Parameter 'pemPrivateKey')",
    })
    await call('dnssec/sign', { ...P256, pemKskPrivateKey: pem })
    const jwk = privateKey.export({ format: 'jwk' })
    const point = Buffer.concat([Buffer.from(jwk.x!, 'base64url'), Buffer.from(jwk.y!, 'base64url')])
    const dnskeys = (await records()).filter(({ type }) => type === 'DNSKEY')
    expect(dnskeys.map(({ rData }) => rData['publicKey'])).toContain(point.toString('base64'))
  })

  test('RSA keys say their size', async () => {
    const { call } = start()
    const rsa = { algorithm: 'RSA', hashAlgorithm: 'SHA256', kskKeySize: '2048', zskKeySize: '1280' }
    expect(await call('dnssec/sign', { ...rsa, zskKeySize: '512' })).toMatchObject({
      errorMessage: "Valid RSA (ZSK) private key size range is between 1024-4096 bits. (Parameter 'keySize')",
    })
    await call('dnssec/sign', rsa)
    const { response } = await call('dnssec/properties/get')
    expect(response).toMatchObject({
      dnssecPrivateKeys: [{ algorithm: 'RSASHA256 (2048 bits)' }, { algorithm: 'RSASHA256 (1280 bits)' }],
    })
  })
})

describe('a signed zone', () => {
  test('proves every name in one ring, and leaves delegations unsigned', async () => {
    const { call, records } = start()
    await call('dnssec/sign', P256)
    const all = await records()
    const ring = new Map(
      all.filter(({ type }) => type === 'NSEC').map(({ name, rData }) => [name, rData['nextDomainName']]),
    )
    expect([...ring]).toEqual([
      ['sec.example', 'a.b.sec.example'],
      ['a.b.sec.example', 'sub.sec.example'],
      ['sub.sec.example', 'www.sec.example'],
      ['www.sec.example', 'sec.example'],
    ])
    const covered = all.filter(({ name, type }) => type === 'RRSIG' && name === 'sub.sec.example')
    expect(covered.map(({ rData }) => rData['typeCovered'])).toEqual(['NSEC'])
  })

  test('with NSEC3 the empty name between has a hash, too', async () => {
    const { call, records } = start()
    await call('dnssec/sign', { ...P256, nxProof: 'NSEC3', iterations: '2', saltLength: '4' })
    const hashes = (await records()).filter(({ type }) => type === 'NSEC3')
    expect(hashes).toHaveLength(5)
    expect(hashes.filter(({ rData }) => (rData['types'] as string[]).length === 0)).toHaveLength(1)
  })

  test.each([
    ['NSEC', { nxProof: 'NSEC' }, 4, 2],
    ['NSEC3', { nxProof: 'NSEC3' }, 6, 2],
  ])('counts a serial for each record that a change rewrites (%s)', async (_, proof, added, updated) => {
    const { call, serial } = start()
    await call('dnssec/sign', { ...P256, ...proof })
    const before = await serial()
    await call('records/add', { domain: 'x.y.sec.example', type: 'A', ipAddress: '192.0.2.9' })
    expect(await serial()).toBe(before + added)
    await call('records/update', {
      domain: 'www.sec.example',
      type: 'A',
      ipAddress: '192.0.2.1',
      newIpAddress: '192.0.2.8',
    })
    expect(await serial()).toBe(before + added + updated)
    await call('records/delete', { domain: 'x.y.sec.example', type: 'A', ipAddress: '192.0.2.9' })
    expect(await serial()).toBe(before + 2 * added + updated)
  })

  test('is not converted, and is cloned without its keys', async () => {
    const { call } = start()
    await call('dnssec/sign', P256)
    expect(await call('convert', { type: 'Forwarder' })).toMatchObject({
      errorMessage: expect.stringContaining('will cause lose of DNSSEC private keys') as string,
    })
    await call('clone', { zone: 'copy.example', sourceZone: 'sec.example' })
    expect(await call('dnssec/viewDS', { zone: 'copy.example' })).toMatchObject({
      errorMessage: 'The zone must be signed with DNSSEC.',
    })
  })

  test('version 14 cannot activate a KSK by hand', async () => {
    const { call } = start('14.3')
    expect((await call('dnssec/properties/activateKskDnsKey', { keyTag: '1' })).status).toBe('404')
  })
})
