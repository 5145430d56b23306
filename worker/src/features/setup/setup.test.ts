import { beforeEach, expect, test } from 'vitest'
import { emptyPanel, type Panel } from '../../http/test-panel.ts'

const token = 'test-setup-token-0123456789abcdef'
const owner = { token, name: 'Ada', password: 'correct horse battery' }
let panel: Panel

beforeEach(async () => {
  panel = await emptyPanel()
})

test('[A1] the setup link makes one owner, signed in, and is gone afterwards', async () => {
  const browser = panel.browser()
  expect(await (await browser.ask('GET', 'setup')).json()).toEqual({ done: false })

  const made = await browser.ask('POST', 'setup/password', owner)
  expect(made.status).toBe(200)
  expect(await made.json()).toMatchObject({ name: 'Ada', owner: true, rights: [] })
  expect((await browser.ask('GET', 'session')).status).toBe(200)
  expect(await (await browser.ask('GET', 'setup')).json()).toEqual({ done: true })

  expect((await panel.browser().ask('POST', 'setup/password', { ...owner, name: 'Eve' })).status).toBe(404)
  expect((await panel.browser().ask('POST', 'setup/passkey/options', { token, name: 'Eve' })).status).toBe(404)
})

test('[A1] of two at once, one becomes the owner', async () => {
  const answers = await Promise.all(
    ['Ada', 'Eve', 'Mallory'].map((name) => panel.browser().ask('POST', 'setup/password', { ...owner, name })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404])
  const people = await panel.env.DB.prepare('SELECT COUNT(*) AS n FROM users').first<{ n: number }>()
  expect(people?.n).toBe(1)
})

test('[A1] a wrong token makes nobody an owner, and is limited', async () => {
  const wrong = () => panel.browser().ask('POST', 'setup/password', { ...owner, token: 'x'.repeat(33) })
  for (let i = 0; i < 5; i++) expect((await wrong()).status).toBe(401)
  expect((await wrong()).status).toBe(429)
  expect(await (await panel.browser().ask('GET', 'setup')).json()).toEqual({ done: false })
})

test('[A8] a passkey ceremony names this host, wants the person verified, and its challenge is good once', async () => {
  const browser = panel.browser()
  const begun = (await (await browser.ask('POST', 'setup/passkey/options', { token, name: 'Ada' })).json()) as {
    ceremony: string
    options: { rp: { id: string }; authenticatorSelection: { userVerification: string } }
  }
  expect(begun.options.rp.id).toBe('panel.example')
  expect(begun.options.authenticatorSelection.userVerification).toBe('required')
  const answer = { token, name: 'Ada', ceremony: begun.ceremony, response: { id: 'x', rawId: 'x', type: 'public-key' } }
  expect((await browser.ask('POST', 'setup/passkey', answer)).status).toBe(422)
  const left = await panel.env.DB.prepare('SELECT COUNT(*) AS n FROM challenges').first<{ n: number }>()
  expect(left?.n).toBe(0)
})

test('a short password is refused with a sentence at its field', async () => {
  const answer = await panel.browser().ask('POST', 'setup/password', { ...owner, password: 'short' })
  expect(answer.status).toBe(422)
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
  expect(await answer.json()).toMatchObject({
    type: '/problems/request/invalid',
    errors: [{ pointer: '/password', detail: 'A password has at least 10 characters.' }],
  })
})
