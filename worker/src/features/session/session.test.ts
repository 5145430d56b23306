import { beforeEach, expect, test, vi } from 'vitest'
import { digest } from '../../http/ids.ts'
import { emptyPanel, type Browser, type Panel } from '../../http/test-panel.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const right = { name: 'Ada', password: 'correct horse battery' }
let panel: Panel
let first: Browser

// Each sign-in hashes a password, for real.
vi.setConfig({ testTimeout: 30_000 })

beforeEach(async () => {
  panel = await emptyPanel()
  first = panel.browser()
  await first.ask('POST', 'setup/password', { token: 'test-setup-token-0123456789abcdef', ...right })
})

async function signIn(more: object = {}, headers: Record<string, string> = {}): Promise<[Browser, Response]> {
  const browser = panel.browser()
  return [browser, await browser.ask('POST', 'session', { ...right, ...more }, headers)]
}

const isIn = async (browser: Browser) => (await browser.ask('GET', 'session')).status === 200

test('[A2] the cookie is __Host-, Secure, HttpOnly and Lax, for the whole host', async () => {
  const [, response] = await signIn()
  expect(response.headers.get('Set-Cookie')).toMatch(
    /^__Host-sid=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
  const [, remembered] = await signIn({ remember: true })
  expect(remembered.headers.get('Set-Cookie')).toContain('Max-Age=2592000')
})

test('[C7] the database knows only the SHA-256 of a token', async () => {
  const [browser] = await signIn()
  const token = browser.cookie.split('=')[1] ?? ''
  const { results } = await panel.env.DB.prepare('SELECT * FROM sessions').all<Record<string, unknown>>()
  expect(JSON.stringify(results)).not.toContain(token)
  expect(results.some((row) => row['token_hash'] === digest(token))).toBe(true)
})

test('[A3] a planted cookie is not the session one gets, and is ended', async () => {
  const [attacker] = await signIn()
  const victim = panel.browser(attacker.cookie)
  await victim.ask('POST', 'session', right)
  expect(victim.cookie).not.toBe(attacker.cookie)
  expect(await isIn(victim)).toBe(true)
  expect(await isIn(attacker)).toBe(false)
  const made = panel.browser('__Host-sid=chosen-by-someone-else')
  await made.ask('POST', 'session', right)
  expect(made.cookie).not.toContain('chosen')
})

test('[A4] a session ends after half an hour without use', async () => {
  const [browser] = await signIn()
  panel.clock.now += 29 * minute
  expect(await isIn(browser)).toBe(true)
  panel.clock.now += 29 * minute
  expect(await isIn(browser)).toBe(true)
  panel.clock.now += 31 * minute
  expect(await isIn(browser)).toBe(false)
})

test('[A4] and after twelve hours with use', async () => {
  const [browser] = await signIn()
  for (let i = 0; i < 35; i++) {
    panel.clock.now += 20 * minute
    expect(await isIn(browser)).toBe(true)
  }
  panel.clock.now += 21 * minute
  expect(await isIn(browser)).toBe(false)
})

test('[A4] a remembered one lasts thirty days from its last use', async () => {
  const [browser] = await signIn({ remember: true })
  for (let i = 0; i < 3; i++) {
    panel.clock.now += 29 * day
    const response = await browser.ask('GET', 'session')
    expect(response.status).toBe(200)
    expect(response.headers.get('Set-Cookie')).toContain('Max-Age=2592000')
  }
  panel.clock.now += 31 * day
  expect(await isIn(browser)).toBe(false)
})

test('[A4] sessions are listed in words, and ended one by one or all but one’s own', async () => {
  const phone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1'
  const [browser] = await signIn({}, { 'User-Agent': phone, 'CF-Connecting-IP': '2001:db8:1:2:3::4' })
  const list = async () =>
    (await (await browser.ask('GET', 'sessions')).json()) as { id: string; current: boolean; device: string }[]
  const sessions = await list()
  expect(sessions).toHaveLength(2)
  expect(sessions.find(({ current }) => current)).toMatchObject({
    device: 'Safari on iPhone',
    network: '2001:db8:1::/48',
  })
  expect((await browser.ask('DELETE', 'sessions/ses_unknown')).status).toBe(404)
  const other = sessions.find(({ current }) => !current)?.id ?? ''
  expect((await browser.ask('DELETE', `sessions/${other}`)).status).toBe(204)
  expect(await isIn(first)).toBe(false)

  const [third] = await signIn()
  expect((await browser.ask('DELETE', 'sessions')).status).toBe(204)
  expect([await isIn(third), await isIn(browser)]).toEqual([false, true])
  expect(await list()).toHaveLength(1)
})

test('signing out ends the session on the server, not only in the browser', async () => {
  const [browser] = await signIn()
  const copy = panel.browser(browser.cookie)
  const response = await browser.ask('DELETE', 'session')
  expect(response.status).toBe(204)
  expect(response.headers.get('Set-Cookie')).toContain('Max-Age=0')
  expect(browser.cookie).toBe('')
  expect(await isIn(copy)).toBe(false)
})

test('[A6] an unknown name, a wrong password and a person without one get the same answer', async () => {
  await panel.env.DB.prepare(
    "INSERT INTO users (id, name, name_key, owner, created_at) VALUES ('usr_k', 'Kay', 'kay', 0, '')",
  ).run()
  const answers = await Promise.all(
    [{ name: 'Nobody' }, { password: 'wrong horse battery' }, { name: 'Kay' }].map(async (more) => {
      const [browser, response] = await signIn(more)
      expect(browser.cookie).toBe('')
      return { ...((await response.json()) as object), instance: '' }
    }),
  )
  expect(answers[0]).toMatchObject({ status: 401, type: '/problems/auth/wrong-credentials' })
  expect(answers[1]).toEqual(answers[0])
  expect(answers[2]).toEqual(answers[0])
})

test('[A6] an unknown name takes as long as a wrong password', async () => {
  const time = async (more: object, network: string) => {
    const start = performance.now()
    await signIn({ password: 'wrong horse battery', ...more }, { 'CF-Connecting-IP': network })
    return performance.now() - start
  }
  await time({}, '192.0.2.1')
  // The clock of a worker moves with I/O alone, which there is around every hash.
  const known: number[] = []
  const unknown: number[] = []
  for (let i = 0; i < 3; i++) {
    known.push(await time({}, `192.0.2.${i + 2}`))
    unknown.push(await time({ name: 'Nobody' }, `192.0.2.${i + 12}`))
  }
  // A machine with other things to do makes some of them slower, and none faster.
  expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 3)
  expect(Math.min(...unknown)).toBeLessThan(Math.min(...known) * 3)
})

test('[A5] of many attempts at once on an account, from anywhere, five are tried', async () => {
  const statuses = await Promise.all(
    Array.from({ length: 40 }, async (_, i) => {
      const [, response] = await signIn({ password: `wrong password ${i}` }, { 'CF-Connecting-IP': `198.51.100.${i}` })
      return response.status
    }),
  )
  expect(statuses.filter((status) => status === 401)).toHaveLength(5)
  expect(statuses.filter((status) => status === 429)).toHaveLength(35)
})

test('[A5] one network is limited over all accounts, a whole /64 as one', async () => {
  const from = async (address: string, name: string) =>
    (await signIn({ name, password: 'wrong horse battery' }, { 'CF-Connecting-IP': address }))[1].status
  for (let i = 0; i < 5; i++) expect(await from(`2001:db8::${i + 1}`, `name ${i}`)).toBe(401)
  expect(await from('2001:db8::ffff', 'Ada')).toBe(429)
  expect(await from('2001:db8:0:1::1', 'Ada')).toBe(401)
})

test('[A5] passkeys stay open while passwords are locked', async () => {
  for (let i = 0; i < 6; i++) await signIn({ password: 'wrong horse battery' })
  const [, locked] = await signIn()
  expect(locked.status).toBe(429)
  expect(locked.headers.get('Retry-After')).toBe('60')
  const browser = panel.browser()
  const begun = await browser.ask('POST', 'session/passkey/options', {})
  expect(begun.status).toBe(200)
  const { ceremony } = (await begun.json()) as { ceremony: string }
  expect((await browser.ask('POST', 'session/passkey', { ceremony, response: { id: 'x' } })).status).toBe(401)
})

test('[A13] only Cloudflare says where a request comes from', async () => {
  for (let i = 0; i < 5; i++) {
    await signIn({ name: `n${i}`, password: 'wrong' }, { 'X-Forwarded-For': `203.0.113.${i}` })
  }
  const [, sixth] = await signIn({ name: 'n6', password: 'wrong' }, { 'X-Forwarded-For': '203.0.113.99' })
  expect(sixth.status).toBe(429)
})

test('[C6] a password is stored as a scrypt PHC string, and a hash of another cost is renewed', async () => {
  const stored = async () =>
    (await panel.env.DB.prepare('SELECT password FROM users').first<{ password: string }>())?.password ?? ''
  expect(await stored()).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  const { createHmac, scryptSync } = await import('node:crypto')
  const salt = Buffer.alloc(16, 7)
  const peppered = createHmac('sha256', panel.env.PEPPER ?? '')
    .update(right.password)
    .digest()
  const key = scryptSync(peppered, salt, 32, { N: 2 ** 10, r: 8, p: 1 })
  const old = `$scrypt$ln=10,r=8,p=1$${salt.toString('base64').replace(/=+$/, '')}$${key.toString('base64').replace(/=+$/, '')}`
  await panel.env.DB.prepare('UPDATE users SET password = ?').bind(old).run()
  expect((await signIn())[1].status).toBe(200)
  expect(await stored()).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$/)
  expect((await signIn())[1].status).toBe(200)
})

test('without a pepper no password is set or checked', async () => {
  panel = await emptyPanel({ vars: { PEPPER: '' } })
  expect((await signIn())[1].status).toBe(503)
})
