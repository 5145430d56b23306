import { beforeEach, expect, test } from 'vitest'
import { emptyPanel, origin, type Browser, type Panel } from '../../http/test-panel.ts'
import { makeAuthenticator, type Authenticator } from './test-authenticator.ts'

const token = 'test-setup-token-0123456789abcdef'
const rpId = 'panel.example'
let panel: Panel
let authenticator: Authenticator

beforeEach(async () => {
  panel = await emptyPanel()
  authenticator = await makeAuthenticator()
})

interface Begun {
  ceremony: string
  options: { challenge: string }
}

async function begin(browser: Browser, path: string, body: object): Promise<Begun> {
  return (await (await browser.ask('POST', path, body)).json()) as Begun
}

async function setUp(from = origin, host = rpId): Promise<Response> {
  const browser = panel.browser()
  const { ceremony, options } = await begin(browser, 'setup/passkey/options', { token, name: 'Ada' })
  const response = authenticator.register(options.challenge, from, host)
  return browser.ask('POST', 'setup/passkey', { token, name: 'Ada', ceremony, response })
}

async function signIn(from = origin, host = rpId): Promise<Response> {
  const browser = panel.browser()
  const { ceremony, options } = await begin(browser, 'session/passkey/options', {})
  const response = await authenticator.signIn(options.challenge, from, host)
  return browser.ask('POST', 'session/passkey', { ceremony, response })
}

test('[A8] the first owner is made with a passkey, and signs in with it', async () => {
  const made = await setUp()
  expect(made.status).toBe(200)
  expect(await made.json()).toMatchObject({ name: 'Ada', owner: true })
  const back = await signIn()
  expect(back.status).toBe(200)
  expect(await back.json()).toMatchObject({ name: 'Ada', owner: true })
})

test('[A8] a passkey made for another page or without the person verified is refused', async () => {
  expect((await setUp('https://evil.example')).status).toBe(422)
  expect((await setUp(origin, 'evil.example')).status).toBe(422)
  expect((await setUp('http://panel.example')).status).toBe(422)
  authenticator.userVerified = false
  expect((await setUp()).status).toBe(422)
  expect(await (await panel.browser().ask('GET', 'setup')).json()).toEqual({ done: false })
})

test('[A8] an answer is for this origin, this host and a verified person', async () => {
  await setUp()
  expect((await signIn('https://evil.example')).status).toBe(401)
  expect((await signIn('https://panel.example:8443')).status).toBe(401)
  expect((await signIn(origin, 'evil.example')).status).toBe(401)
  authenticator.userVerified = false
  expect((await signIn()).status).toBe(401)
  authenticator.userVerified = true
  expect((await signIn()).status).toBe(200)
})

test('[A8] a challenge is good once, for five minutes, and for its own kind of ceremony', async () => {
  await setUp()
  const browser = panel.browser()
  const answerTo = async ({ ceremony, options }: Begun) => ({
    ceremony,
    response: await authenticator.signIn(options.challenge, origin, rpId),
  })
  const once = await answerTo(await begin(browser, 'session/passkey/options', {}))
  expect((await browser.ask('POST', 'session/passkey', once)).status).toBe(200)
  expect((await browser.ask('POST', 'session/passkey', once)).status).toBe(401)

  const late = await answerTo(await begin(browser, 'session/passkey/options', {}))
  panel.clock.now += 5 * 60_000
  expect((await browser.ask('POST', 'session/passkey', late)).status).toBe(401)

  const one = await begin(browser, 'session/passkey/options', {})
  const two = await begin(browser, 'session/passkey/options', {})
  const mixed = await answerTo({ ceremony: one.ceremony, options: two.options })
  expect((await browser.ask('POST', 'session/passkey', mixed)).status).toBe(401)
})

test('[A8] a counter that runs back is refused and noted', async () => {
  await setUp()
  authenticator.counter = 10
  expect((await signIn()).status).toBe(200)
  authenticator.counter = 5
  expect((await signIn()).status).toBe(401)
  expect(panel.logged.some((line) => line.includes('"event":"passkey-counter"'))).toBe(true)
})

test('[A8] a signature by another key is refused', async () => {
  await setUp()
  const other = await makeAuthenticator()
  const browser = panel.browser()
  const { ceremony, options } = await begin(browser, 'session/passkey/options', {})
  const theirs = await other.signIn(options.challenge, origin, rpId)
  const ours = await authenticator.signIn(options.challenge, origin, rpId)
  const response = { ...ours, response: { ...ours.response, signature: theirs.response.signature } }
  expect((await browser.ask('POST', 'session/passkey', { ceremony, response })).status).toBe(401)
})
