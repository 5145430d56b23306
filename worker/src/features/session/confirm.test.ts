import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Plan } from '@zonedeck/shared/job'
import { findingKey } from '@zonedeck/shared/plan/keys'
import { digest } from '../../http/ids.ts'
import { emptyPanel, origin, person, type Browser, type Panel } from '../../http/test-panel.ts'
import { simulate } from '../../providers/powerdns/simulator.ts'
import { makeAuthenticator, type Authenticator } from '../access/test-authenticator.ts'

const minute = 60_000
const token = 'test-setup-token-0123456789abcdef'
const password = 'correct horse battery'
const rpId = 'panel.example'
const input = { name: 'Home', provider: 'powerdns', url: 'http://localhost:8001', credentials: { apiKey: 'k' } }
let panel: Panel
let owner: Browser

// Each confirmation hashes a password, for real.
vi.setConfig({ testTimeout: 30_000 })

beforeEach(async () => {
  const server = simulate({ apiKey: 'k' })
  panel = await emptyPanel({ internet: (request) => server.fetch(request) })
  owner = panel.browser()
  await owner.ask('POST', 'setup/password', { token, name: 'Ada', password })
})

const confirm = (browser: Browser, text = password, headers = {}) =>
  browser.ask('POST', 'session/confirm', { password: text }, headers)

async function connect(): Promise<string> {
  const response = await owner.ask('POST', 'connections', input)
  return ((await response.json()) as { id: string }).id
}

async function refusal(response: Response): Promise<unknown> {
  const { type, status } = (await response.json()) as { type: string; status: number }
  return [status, type]
}

const needed = [403, '/problems/auth/confirm-needed']

describe('[A7] what needs a fresh authentication', () => {
  test.each([
    ['POST', 'connections', input, 201],
    ['POST', 'connections/reseal', undefined, 200],
    ['PATCH', 'connections/{connection}', { credentials: { apiKey: 'another' } }, 200],
    ['DELETE', 'connections/{connection}', undefined, 204],
  ])('%s %s is refused five minutes after signing in, and works once confirmed', async (method, path, body, status) => {
    const target = path.replace('{connection}', await connect())
    panel.clock.now += 5 * minute
    const response = await owner.ask(method, target, body)
    expect(await response.json()).toMatchObject({
      type: '/problems/auth/confirm-needed',
      status: 403,
      title: 'Confirm that it is you',
      detail: 'This needs your password or your passkey from the last five minutes.',
    })
    expect((await confirm(owner)).status).toBe(204)
    expect((await owner.ask(method, target, body)).status).toBe(status)
  })

  test('is done without asking within five minutes of signing in', async () => {
    panel.clock.now += 5 * minute - 1
    expect((await owner.ask('POST', 'connections', input)).status).toBe(201)
  })

  test('is not made fresh by mere use', async () => {
    for (let i = 0; i < 5; i++) {
      panel.clock.now += minute
      await owner.ask('GET', 'session')
    }
    expect(await refusal(await owner.ask('POST', 'connections', input))).toEqual(needed)
  })

  test('a job that deletes a zone does, one that creates it or changes its records does not', async () => {
    const zone = `connections/${await connect()}/zones/example.org`
    const job = async (work: object) => {
      const plan = await owner.ask('POST', `${zone}/plans`, work)
      expect(plan.status).toBe(200)
      const { plan: signed, findings } = (await plan.json()) as Plan
      const accept = findings.filter(({ severity }) => severity === 'danger').map(findingKey)
      return owner.ask('POST', `${zone}/jobs`, { ...work, plan: signed, accept })
    }
    panel.clock.now += 6 * minute
    const after = { name: 'www', type: 'A', ttl: 300, records: [{ rdata: '192.0.2.80' }] }
    const created = await job({ changes: [], operation: { operation: 'create', kind: 'Native' } })
    expect(created.status).toBe(200)
    expect((await job({ changes: [{ name: 'www', type: 'A', before: null, after }] })).status).toBe(200)
    const remove = { changes: [], operation: { operation: 'delete' } }
    expect(await refusal(await job(remove))).toEqual(needed)
    expect((await owner.ask('GET', zone)).status).toBe(200)
    await confirm(owner)
    expect((await job(remove)).status).toBe(200)
    expect((await owner.ask('GET', zone)).status).not.toBe(200)
  })

  test('who may not do it at all is told that, not to confirm', async () => {
    const guest = await person(panel, 'guest', [{ connection: '*', zone: '*', right: 'view' }])
    panel.clock.now += 6 * minute
    expect(await refusal(await guest.ask('POST', 'connections', input))).toEqual([403, '/problems/access/forbidden'])
  })
})

describe('[A7] confirming by password', () => {
  test('is good for five minutes', async () => {
    panel.clock.now += 20 * minute
    await confirm(owner)
    panel.clock.now += 5 * minute - 1
    expect((await owner.ask('POST', 'connections', input)).status).toBe(201)
    panel.clock.now += 1
    expect(await refusal(await owner.ask('POST', 'connections', input))).toEqual(needed)
  })

  test('[A3] gives the session another token, and ends the one before', async () => {
    const copy = panel.browser(owner.cookie)
    const before = (await (await owner.ask('GET', 'session')).json()) as object
    expect((await confirm(owner)).status).toBe(204)
    expect(owner.cookie).not.toBe(copy.cookie)
    expect((await copy.ask('GET', 'session')).status).toBe(401)
    expect(await (await owner.ask('GET', 'session')).json()).toEqual(before)
  })

  test('keeps a remembered session remembered, with one cookie in the answer', async () => {
    const browser = panel.browser()
    await browser.ask('POST', 'session', { name: 'Ada', password, remember: true })
    panel.clock.now += 20 * minute
    const response = await confirm(browser)
    expect(response.headers.getSetCookie()).toHaveLength(1)
    expect(response.headers.get('Set-Cookie')).toContain('Max-Age=2592000')
    expect((await browser.ask('GET', 'session')).status).toBe(200)
  })

  test('is one person’s alone: the password of another one is wrong', async () => {
    const other = await person(panel, 'bob', 'owner')
    panel.clock.now += 6 * minute
    expect(await refusal(await confirm(other))).toEqual([401, '/problems/auth/wrong-credentials'])
    expect(await refusal(await other.ask('POST', 'connections', input))).toEqual(needed)
  })

  test('[A5] a wrong one leaves the session as it is, and is limited with signing in', async () => {
    panel.clock.now += 6 * minute
    for (let i = 0; i < 3; i++) {
      expect((await confirm(owner, 'wrong', { 'CF-Connecting-IP': `198.51.100.${i}` })).status).toBe(401)
    }
    for (let i = 3; i < 5; i++) {
      const wrong = { name: 'ADA', password: 'wrong' }
      const response = await panel.browser().ask('POST', 'session', wrong, { 'CF-Connecting-IP': `198.51.100.${i}` })
      expect(response.status).toBe(401)
    }
    const locked = await confirm(owner, password, { 'CF-Connecting-IP': '198.51.100.5' })
    expect(locked.headers.get('Retry-After')).toBe('60')
    expect(await refusal(locked)).toEqual([429, '/problems/auth/too-many-attempts'])
    expect(await refusal(await owner.ask('POST', 'connections', input))).toEqual(needed)
    expect((await owner.ask('GET', 'session')).status).toBe(200)
  })

  test('[A5] a network is limited over all accounts', async () => {
    const from = { 'CF-Connecting-IP': '203.0.113.7' }
    for (let i = 0; i < 5; i++) {
      await panel.browser().ask('POST', 'session', { name: `n${i}`, password: 'wrong' }, from)
    }
    expect((await confirm(owner, password, from)).status).toBe(429)
    expect((await confirm(owner, password, { 'CF-Connecting-IP': '203.0.113.8' })).status).toBe(204)
  })

  test('needs a session', async () => {
    expect((await confirm(panel.browser())).status).toBe(401)
  })
})

describe('[A7] confirming by passkey', () => {
  let kay: Browser
  let key: Authenticator

  beforeEach(async () => {
    panel = await emptyPanel()
    kay = panel.browser()
    key = await makeAuthenticator()
    const begun = await kay.ask('POST', 'setup/passkey/options', { token, name: 'Kay' })
    const { ceremony, options } = (await begun.json()) as Begun
    const response = key.register(options.challenge, origin, rpId)
    await kay.ask('POST', 'setup/passkey', { token, name: 'Kay', ceremony, response })
    panel.clock.now += 6 * minute
  })

  interface Begun {
    ceremony: string
    options: { challenge: string; allowCredentials?: { id: string }[]; userVerification?: string }
  }
  const begin = async (browser: Browser, path = 'session/confirm/passkey/options') =>
    (await (await browser.ask('POST', path, {})).json()) as Begun
  const answer = async (browser: Browser, { ceremony, options }: Begun, path = 'session/confirm/passkey') =>
    browser.ask('POST', path, { ceremony, response: await key.signIn(options.challenge, origin, rpId) })

  test('asks for the person’s own passkeys, verified, and makes the session fresh', async () => {
    expect(await (await kay.ask('GET', 'session/confirm')).json()).toEqual({ password: false, passkey: true })
    expect((await kay.ask('POST', 'connections/reseal')).status).toBe(403)
    const begun = await begin(kay)
    expect(begun.options.allowCredentials).toHaveLength(1)
    expect(begun.options.userVerification).toBe('required')
    const copy = kay.cookie
    expect((await answer(kay, begun)).status).toBe(204)
    expect(kay.cookie).not.toBe(copy)
    expect((await kay.ask('POST', 'connections/reseal')).status).toBe(200)
    expect((await answer(kay, begun)).status).toBe(401)
  })

  test('refuses the passkey of someone else', async () => {
    const bob = await person(panel, 'bob', 'owner')
    panel.clock.now += 6 * minute
    expect((await begin(bob)).options.allowCredentials).toEqual([])
    expect(await refusal(await answer(bob, await begin(bob)))).toEqual([401, '/problems/auth/wrong-credentials'])
    expect(await refusal(await bob.ask('POST', 'connections/reseal'))).toEqual(needed)
  })

  test('[A8] takes a challenge of this session and this ceremony alone', async () => {
    const elsewhere = panel.browser()
    const signIn = await begin(elsewhere, 'session/passkey/options')
    expect((await answer(kay, signIn)).status).toBe(401)
    const unused = await begin(kay)
    expect((await answer(elsewhere, unused, 'session/passkey')).status).toBe(401)
    const fresh = await begin(elsewhere, 'session/passkey/options')
    expect((await answer(elsewhere, fresh, 'session/passkey')).status).toBe(200)
    expect((await answer(elsewhere, await begin(kay))).status).toBe(401)
  })

  test('[A8] refuses who was not verified, and what comes too late', async () => {
    key.userVerified = false
    expect((await answer(kay, await begin(kay))).status).toBe(401)
    key.userVerified = true
    const begun = await begin(kay)
    panel.clock.now += 5 * minute
    expect((await answer(kay, begun)).status).toBe(401)
  })
})

test('[A7] signing in again is as good as confirming', async () => {
  panel.clock.now += 10 * minute
  const browser = panel.browser(owner.cookie)
  await browser.ask('POST', 'session', { name: 'Ada', password })
  expect((await browser.ask('POST', 'connections', input)).status).toBe(201)
  const row = await panel.env.DB.prepare('SELECT authenticated_at FROM sessions WHERE token_hash = ?')
    .bind(digest(browser.cookie.split('=')[1] ?? ''))
    .first<{ authenticated_at: string }>()
  expect(row?.authenticated_at).toBe(new Date(panel.clock.now).toISOString())
})
