import { beforeEach, expect, test } from 'vitest'
import type { Connection } from '@zonedeck/shared/connection'
import { emptyPanel, person, type Browser, type Panel } from '../../http/test-panel.ts'
import { keyRing } from './key-ring.ts'
import { openConnection } from './open.ts'
import { seal, unseal } from './seal.ts'

const secret = 'an-api-key-of-some-length-1234'
const input = {
  name: 'Home',
  provider: 'powerdns',
  url: 'http://127.0.0.1:8081',
  credentials: { apiKey: secret },
}
const offline = () => Promise.reject(new Error('offline'))
let panel: Panel
let owner: Browser

beforeEach(async () => {
  panel = await emptyPanel({ internet: offline })
  owner = await person(panel, 'ada', 'owner')
})

async function add(more: object = {}): Promise<Connection> {
  const response = await owner.ask('POST', 'connections', { ...input, ...more })
  expect(response.status).toBe(201)
  return (await response.json()) as Connection
}

async function problem(response: Response): Promise<{ status: number; type: string; errors: unknown; detail: string }> {
  return (await response.json()) as { status: number; type: string; errors: unknown; detail: string }
}

test('[C2] a connection comes back without its secrets, with the end of a long one at most', async () => {
  const added = await add({ headers: [{ name: 'CF-Access-Client-Secret', value: 'short' }] })
  expect(added).toMatchObject({
    name: 'Home',
    source: 'panel',
    right: 'full',
    credentials: { apiKey: { set: true, hint: '1234' } },
    headers: ['cf-access-client-secret'],
  })
  const list = await (await owner.ask('GET', 'connections')).json()
  expect(list).toEqual([added])
  const short = await add({ credentials: { apiKey: 'fifteen-letters' } })
  expect(short.credentials['apiKey']).toEqual({ set: true })
})

test('what is sealed reaches the server, and only it', async () => {
  const { id } = await add({ headers: [{ name: 'X-Proxy-Auth', value: 'let me in' }] })
  await owner.ask('POST', `connections/${id}/test`)
  expect(panel.sent.length).toBeGreaterThan(0)
  for (const request of panel.sent) {
    expect(new URL(request.url).origin).toBe('http://127.0.0.1:8081')
    expect(request.url).not.toContain(secret)
    expect(request.headers.get('X-API-Key')).toBe(secret)
    expect(request.headers.get('X-Proxy-Auth')).toBe('let me in')
  }
})

test('fields that are missing or unknown are named', async () => {
  const answer = await owner.ask('POST', 'connections', { ...input, credentials: { apikey: 'x' } })
  const { status, errors } = await problem(answer)
  expect(status).toBe(422)
  expect(errors).toEqual([
    { pointer: '/credentials/apikey', detail: 'PowerDNS has no such field.' },
    { pointer: '/credentials/apiKey', detail: expect.stringContaining('Fill in') as string },
  ])
})

test.each(['api-key-of-another-service', 'vps_', 'vps_with a space', ' vps_0123456789'])(
  'a token that cannot be one of its server is refused at its field: %j',
  async (token) => {
    const body = { name: 'VPS', provider: 'vps-org', url: 'http://127.0.0.1:8081', credentials: { token } }
    for (const path of ['connections', 'connections/test']) {
      const answer = await problem(await owner.ask('POST', path, body))
      expect(answer.status).toBe(422)
      expect(answer.errors).toEqual([
        { pointer: '/credentials/token', detail: expect.stringContaining('begins with vps_') as string },
      ])
    }
    expect(panel.sent).toEqual([])
  },
)

test.each(['Host', 'cookie', 'Transfer-Encoding', 'X-Forwarded-For', 'Content-Type'])(
  '[H10] the header %s is not for connections to set',
  async (name) => {
    const answer = await owner.ask('POST', 'connections', { ...input, headers: [{ name, value: 'x' }] })
    expect((await problem(answer)).errors).toEqual([
      { pointer: '/headers/0', detail: 'This header is set by the panel itself.' },
    ])
  },
)

test('[H10] line breaks never get into a header or a credential', async () => {
  const header = await owner.ask('POST', 'connections', { ...input, headers: [{ name: 'X-A', value: 'a\r\nHost: b' }] })
  expect(header.status).toBe(422)
  const credential = await owner.ask('POST', 'connections', { ...input, credentials: { apiKey: 'a\nb' } })
  expect((await problem(credential)).errors).toMatchObject([{ pointer: '/credentials/apiKey' }])
})

test.each(['http://169.254.169.254/', 'ftp://ns.example', 'https://user:pw@ns.example', 'https://10.0.0.1'])(
  '[S2] [S3] the address %s is refused, at its field',
  async (url) => {
    for (const path of ['connections', 'connections/test']) {
      const answer = await problem(await owner.ask('POST', path, { ...input, url }))
      expect(answer).toMatchObject({
        status: 422,
        type: '/problems/connection/url-refused',
        errors: [{ pointer: '/url' }],
      })
    }
    expect(panel.sent).toEqual([])
  },
)

test('[C3] a new address needs every secret again', async () => {
  const { id } = await add({ headers: [{ name: 'X-Proxy-Auth', value: 'let me in' }] })
  const url = 'http://127.0.0.1:8082'
  const patch = async (body: object) => owner.ask('PATCH', `connections/${id}`, body)
  expect(await problem(await patch({ url }))).toMatchObject({
    status: 422,
    type: '/problems/connection/credentials-needed',
    errors: [{ pointer: '/credentials/apiKey' }, { pointer: '/headers' }],
  })
  const kept = { url, credentials: { apiKey: 'new' }, headers: [{ name: 'X-Proxy-Auth', value: '' }] }
  expect(await problem(await patch(kept))).toMatchObject({ errors: [{ pointer: '/headers/0' }] })
  const moved = await patch({ ...kept, headers: [] })
  expect(moved.status).toBe(200)
  expect(await moved.json()).toMatchObject({ url, headers: [], credentials: { apiKey: { set: true } } })
})

test('a patch leaves what it does not name', async () => {
  const { id } = await add({ headers: [{ name: 'X-Proxy-Auth', value: 'let me in' }] })
  const renamed = await owner.ask('PATCH', `connections/${id}`, {
    name: 'Office',
    headers: [
      { name: 'X-Proxy-Auth', value: '' },
      { name: 'X-More', value: 'yes' },
    ],
  })
  expect(await renamed.json()).toMatchObject({
    name: 'Office',
    headers: ['x-more', 'x-proxy-auth'],
    credentials: { apiKey: { hint: '1234' } },
  })
  await owner.ask('POST', `connections/${id}/test`)
  expect(panel.sent[0]?.headers.get('X-Proxy-Auth')).toBe('let me in')
})

test('[D1] of two patches at once, both are whole or one is refused', async () => {
  const { id } = await add()
  const answers = await Promise.all(
    ['a', 'b', 'c', 'd'].map((name) =>
      owner.ask('PATCH', `connections/${id}`, { name, credentials: { apiKey: `key of ${name}, long enough` } }),
    ),
  )
  expect(answers.every(({ status }) => [200, 409].includes(status))).toBe(true)
  const { name } = (await (await owner.ask('GET', `connections/${id}`)).json()) as Connection
  await owner.ask('POST', `connections/${id}/test`)
  expect(panel.sent.at(-1)?.headers.get('X-API-Key')).toBe(`key of ${name}, long enough`)
})

test('[C10] deleting a connection wipes what was sealed, and every right on it', async () => {
  const { id } = await add()
  await person(panel, 'eve', [{ connection: id, zone: '*', right: 'view' }])
  expect((await owner.ask('DELETE', `connections/${id}`)).status).toBe(204)
  expect((await owner.ask('GET', `connections/${id}`)).status).toBe(404)
  for (const table of ['connections', 'credentials', 'rights']) {
    const row = await panel.env.DB.prepare(`SELECT COUNT(*) AS n FROM ${table}`).first<{ n: number }>()
    expect(row?.n).toBe(0)
  }
})

test('[C1] a ciphertext opens in its own place alone', async () => {
  const ring = keyRing(panel.env)
  const place = { connection: 'con_a', field: 'apiKey' }
  const sealed = await seal(ring, place, secret)
  expect(await unseal(ring, place, sealed)).toBe(secret)
  const again = await seal(ring, place, secret)
  expect(again.sealed).not.toBe(sealed.sealed)
  const refused = { problem: { type: '/problems/config/kek-missing' } }
  await expect(unseal(ring, { ...place, connection: 'con_b' }, sealed)).rejects.toMatchObject(refused)
  await expect(unseal(ring, { ...place, field: 'token' }, sealed)).rejects.toMatchObject(refused)
  await expect(unseal(ring, place, { ...sealed, wrappedKey: again.wrappedKey })).rejects.toMatchObject(refused)
  await expect(unseal(ring, place, { ...sealed, sealed: sealed.sealed.slice(0, 20) })).rejects.toMatchObject(refused)
})

test('[C1] rows swapped in the database do not open', async () => {
  const [one, two] = [await add(), await add({ url: 'http://127.0.0.1:9999' })]
  await panel.env.DB.prepare(
    `UPDATE credentials SET (wrapped_key, sealed) =
     (SELECT wrapped_key, sealed FROM credentials WHERE connection_id = ?) WHERE connection_id = ?`,
  )
    .bind(one.id, two.id)
    .run()
  expect(await problem(await owner.ask('POST', `connections/${two.id}/test`))).toMatchObject({ status: 503 })
  expect(panel.sent).toEqual([])
})

test('[C4] what an older key sealed opens while that key is there, and new values take the active one', async () => {
  const older = await add()
  const KEK_2 = Buffer.alloc(32, 9).toString('base64')
  const env = { ...panel.env, KEK_2, KEK_ACTIVE: '2' }
  const opened = await openConnection(env, older.id, () => 0, offline)
  expect(opened.connection.name).toBe('Home')
  expect((await seal(keyRing(env), { connection: 'c', field: 'f' }, 'x')).kekId).toBe('2')
  const without = { ...env, KEK_1: undefined }
  await expect(openConnection(without, older.id, () => 0, offline)).rejects.toMatchObject({
    problem: { status: 503, type: '/problems/config/kek-missing' },
  })
})

test('[C4] resealing moves every value to the active key, may break off, and then the older key may go', async () => {
  const ids = [await add(), await add({ headers: [{ name: 'X-Proxy-Auth', value: 'let me in' }] })].map(({ id }) => id)
  const KEK_2 = Buffer.alloc(32, 9).toString('base64')
  Object.assign(panel.env, { KEK_2, KEK_ACTIVE: '2' })
  const sealed = async () =>
    (await panel.env.DB.prepare('SELECT sealed FROM credentials WHERE connection_id = ?')
      .bind(ids[0] ?? '')
      .first()) as {
      sealed: string
    }
  const before = await sealed()
  // One row cannot be opened: what was done before it stays done, and nothing is lost.
  await panel.env.DB.prepare("UPDATE credentials SET sealed = 'AAAA' WHERE field LIKE 'header:%'").run()
  expect((await owner.ask('POST', 'connections/reseal')).status).toBe(503)
  await panel.env.DB.prepare("DELETE FROM credentials WHERE field LIKE 'header:%'").run()
  const { left } = (await (await owner.ask('POST', 'connections/reseal')).json()) as { left: number }
  expect(left).toBe(0)
  expect(await (await owner.ask('POST', 'connections/reseal')).json()).toEqual({ resealed: 0, left: 0 })
  expect(await sealed()).not.toEqual(before)
  Object.assign(panel.env, { KEK_1: '' })
  await owner.ask('POST', `connections/${ids[0]}/test`)
  expect(panel.sent[0]?.headers.get('X-API-Key')).toBe(secret)
})

test.each([{ KEK_ACTIVE: '' }, { KEK_1: '' }, { KEK_1: 'dG9vIHNob3J0' }, { KEK_ACTIVE: 'none' }])(
  '[C5] with %j nothing is stored and nothing is sent',
  async (vars) => {
    const { id } = await add()
    Object.assign(panel.env, vars)
    for (const [method, path, body] of [
      ['POST', 'connections', input],
      ['PATCH', `connections/${id}`, { credentials: { apiKey: 'new' } }],
      ['POST', `connections/${id}/test`, undefined],
    ] as const) {
      expect(await problem(await owner.ask(method, path, body))).toMatchObject({
        status: 503,
        type: '/problems/config/kek-missing',
      })
    }
    expect(panel.sent).toEqual([])
    const rows = await panel.env.DB.prepare('SELECT COUNT(*) AS n FROM connections').first<{ n: number }>()
    expect(rows?.n).toBe(1)
  },
)

test('[C11] a connection given by the operator can be used, and neither read, edited nor repointed', async () => {
  Object.assign(panel.env, {
    CONNECTION_DATA_CENTRE: JSON.stringify({ provider: 'powerdns', url: input.url, credentials: { apiKey: secret } }),
  })
  const list = (await (await owner.ask('GET', 'connections')).json()) as Connection[]
  expect(list).toMatchObject([
    { id: 'op_data_centre', name: 'Data centre', source: 'operator', credentials: { apiKey: { set: true } } },
  ])
  expect(JSON.stringify(list)).not.toContain('hint')
  await owner.ask('POST', 'connections/op_data_centre/test')
  expect(panel.sent[0]?.headers.get('X-API-Key')).toBe(secret)
  expect((await owner.ask('PATCH', 'connections/op_data_centre', { url: 'https://evil.example' })).status).toBe(403)
  expect((await owner.ask('DELETE', 'connections/op_data_centre')).status).toBe(403)
})

test.each(['op_kek_1', 'op_pepper', 'op_setup_token', 'op_../KEK_1', 'op___proto__', 'KEK_1'])(
  '[C11] %s names no connection',
  async (id) => {
    expect((await owner.ask('POST', `connections/${encodeURIComponent(id)}/test`)).status).toBe(404)
  },
)

test.each([
  ['not JSON', '{"provider":'],
  ['not a connection', '{"provider":"powerdns","key":"hunter2hunter2"}'],
  ['an unknown provider', '{"provider":"bind","url":"http://127.0.0.1:1","credentials":{"key":"hunter2hunter2"}}'],
  ['an unknown field', '{"provider":"powerdns","url":"http://127.0.0.1:1","credentials":{"key":"hunter2hunter2"}}'],
])('[C11] a secret that is %s is named, and nothing of it shown', async (_name, text) => {
  Object.assign(panel.env, { CONNECTION_BROKEN: text })
  const answer = await problem(await owner.ask('POST', 'connections/op_broken/test'))
  expect(answer).toMatchObject({ status: 503, type: '/problems/config/connection-secret' })
  expect(answer.detail).toContain('CONNECTION_BROKEN')
  expect(JSON.stringify([answer, panel.logged])).not.toContain('hunter2')
  expect((await owner.ask('GET', 'connections')).status).toBe(200)
})

test('[C11] half of TECHNITIUM_URL and TECHNITIUM_TOKEN names the other half', async () => {
  Object.assign(panel.env, { TECHNITIUM_URL: 'http://127.0.0.1:5380' })
  const answer = await problem(await owner.ask('POST', 'connections/op_technitium/test'))
  expect(answer.status).toBe(503)
  expect(answer.detail).toContain('TECHNITIUM_TOKEN')
})

test('a simulated server is connected with one click, and once', async () => {
  const offer = { ...input, name: 'Sandbox PowerDNS', blurb: 'A company’s zones.' }
  Object.assign(panel.env, { SANDBOX: JSON.stringify([offer]) })
  const offers = await (await owner.ask('GET', 'sandbox')).json()
  expect(offers).toEqual({
    connections: [{ name: offer.name, provider: 'powerdns', url: input.url, blurb: offer.blurb }],
  })
  const one = (await (await owner.ask('POST', 'connections/sandbox', { name: offer.name })).json()) as Connection
  const two = (await (await owner.ask('POST', 'connections/sandbox', { name: offer.name })).json()) as Connection
  expect(one.source).toBe('sandbox')
  expect(two.id).toBe(one.id)
  expect((await owner.ask('POST', 'connections/sandbox', { name: 'Other' })).status).toBe(404)
})
