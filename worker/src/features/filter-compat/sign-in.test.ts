import type { FilterToken, FilterTokenMade } from '@zonedeck/shared/content-filter'
import { beforeEach, describe, expect, it } from 'vitest'
import { digest } from '../../http/ids.ts'
import { emptyPanel, person, type Browser, type Panel } from '../../http/test-panel.ts'
import { simulate } from '../../providers/technitium/simulator.ts'

const upstream = 'a-token-of-the-administrator'
let panel: Panel
let owner: Browser
let home: string
let other: string

async function connect(name: string, provider = 'technitium'): Promise<string> {
  const credentials = provider === 'technitium' ? { token: upstream } : { apiKey: 'x' }
  const made = await owner.ask('POST', 'connections', { name, provider, url: 'http://127.0.0.1:5380', credentials })
  return ((await made.json()) as { id: string }).id
}

beforeEach(async () => {
  const server = simulate({
    version: '15.2',
    admin: { password: 'secret', token: upstream },
    filter: { name: 'Family', config: '{"profiles":{"kids":{}}}' },
  })
  panel = await emptyPanel({ internet: (request) => server.fetch(request) })
  owner = await person(panel, 'ada', 'owner')
  home = await connect('Home')
  other = await connect('Other')
})

const tokens = (connection = home) => `connections/${connection}/filter/tokens`

async function make(name: string, who = owner, connection = home): Promise<FilterTokenMade> {
  const made = await who.ask('POST', tokens(connection), { name })
  expect(made.status).toBe(201)
  return (await made.json()) as FilterTokenMade
}

const list = async () => (await (await owner.ask('GET', tokens())).json()) as FilterToken[]

async function send(secret: string, method = 'GET', connection = home, path = 'api/config', body?: unknown) {
  const at = `/api/compat/content-filter/${connection}/${path}`
  const response = await panel.browser().ask(method, at, body, { Authorization: `Bearer ${secret}` })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? null : (JSON.parse(text) as unknown),
  }
}

const rules = { profile: 'kids', rules: ['bad.test'] }
const write = (secret: string) => send(secret, 'POST', home, 'api/rules', rules)

describe('tokens of a filter', () => {
  it('[C7] are shown once, and kept as a hash', async () => {
    const { token, secret, baseUrl } = await make('sync.py')
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    expect(baseUrl).toBe(`https://panel.example/api/compat/content-filter/${home}`)
    expect(await list()).toEqual([{ ...token, name: 'sync.py', createdBy: 'ada', lastUsedAt: null }])
    const { results } = await panel.env.DB.prepare('SELECT * FROM filter_tokens').all()
    expect(results).toMatchObject([{ token_hash: digest(secret), connection_id: home, user_id: 'ada' }])
    expect(JSON.stringify(results)).not.toContain(secret)
    expect((await send(secret)).body).toEqual({ profiles: { kids: {} } })
    expect(panel.logged.join('\n')).not.toContain(secret)
  })

  it('have names that tell them apart, for servers that filter', async () => {
    await make('sync.py')
    const problem = { errors: [{ pointer: '/name' }] }
    for (const name of ['sync.py', ' SYNC.py ', '', '\u0007', 'x'.repeat(65)]) {
      const refused = await owner.ask('POST', tokens(), { name })
      expect([name, refused.status]).toEqual([name, 422])
      expect(await refused.json()).toMatchObject(problem)
    }
    await make('sync.py', owner, other)
    const zones = await connect('Zones', 'powerdns')
    expect((await owner.ask('POST', tokens(zones), { name: 'x' })).status).toBe(422)
    expect((await owner.ask('POST', tokens('con_nothing'), { name: 'x' })).status).toBe(404)
  })

  it('tell when they were last used, to the minute', async () => {
    const { secret } = await make('sync.py')
    const used = async () => (await list())[0]?.lastUsedAt
    await send(secret)
    const first = await used()
    expect(first).toBe(new Date(panel.clock.now).toISOString())
    panel.clock.now += 30_000
    await send(secret)
    expect(await used()).toBe(first)
    panel.clock.now += 30_000
    await send(secret)
    expect(await used()).toBe(new Date(panel.clock.now).toISOString())
  })

  it('open nothing once they are revoked', async () => {
    const { token, secret } = await make('sync.py')
    expect((await owner.ask('DELETE', `${tokens(other)}/${token.id}`)).status).toBe(404)
    expect((await send(secret)).status).toBe(200)
    expect((await owner.ask('DELETE', `${tokens()}/${token.id}`)).status).toBe(204)
    expect(await send(secret)).toMatchObject({ status: 401, body: { ok: false } })
    expect((await owner.ask('DELETE', `${tokens()}/${token.id}`)).status).toBe(404)
    await make('sync.py')
  })

  it('go with their connection, and with who made them', async () => {
    const { secret } = await make('sync.py')
    const maker = await person(panel, 'max', [{ connection: home, zone: '*', right: 'full' }])
    const theirs = await make('of-max', maker)
    expect((await send(theirs.secret)).status).toBe(200)
    expect((await owner.ask('DELETE', 'people/max')).status).toBe(204)
    expect((await send(theirs.secret)).status).toBe(401)
    expect((await owner.ask('DELETE', `connections/${home}`)).status).toBe(204)
    expect((await send(secret)).status).toBe(401)
    expect(await panel.env.DB.prepare('SELECT * FROM filter_tokens').all()).toMatchObject({ results: [] })
  })
})

describe('who is let in', () => {
  it('a token, in no other place and of no other filter', async () => {
    const { secret } = await make('sync.py')
    for (const wrong of ['', 'x', secret.slice(1), `${secret}x`, digest(secret)]) {
      const refused = await send(wrong)
      expect([wrong, refused.status]).toEqual([wrong, 401])
      expect(refused.headers.get('WWW-Authenticate')).toBe('Bearer')
      expect(refused.body).toMatchObject({ ok: false, error: expect.stringContaining('Authorization') as string })
    }
    const path = `/api/compat/content-filter/${home}/api/config`
    expect((await panel.browser().ask('GET', `${path}?token=${secret}`)).status).toBe(401)
    expect((await owner.ask('GET', path)).status).toBe(401)
    const missing = { status: 404, body: { ok: false, error: 'There is nothing here' } }
    expect(await send(secret, 'GET', other)).toMatchObject(missing)
    expect(await send(secret, 'GET', 'con_nothing')).toMatchObject(missing)
  })

  it('the script may what its maker may at this moment, and opens nothing else of the panel', async () => {
    const maker = await person(panel, 'max', [{ connection: home, zone: '*', right: 'full' }])
    const { secret } = await make('of-max', maker)
    const become = (level: string) =>
      panel.env.DB.prepare("UPDATE rights SET level = ? WHERE user_id = 'max'").bind(level).run()
    expect((await write(secret)).status).toBe(200)
    await become('edit')
    expect((await write(secret)).status).toBe(200)
    await become('view')
    expect((await send(secret)).status).toBe(200)
    expect(await write(secret)).toMatchObject({ status: 403, body: { ok: false } })
    await become('none')
    expect((await send(secret)).status).toBe(403)
    const bearer = { Authorization: `Bearer ${secret}` }
    expect((await panel.browser().ask('GET', `connections/${home}/filter`, undefined, bearer)).status).toBe(401)
  })

  it('[H6] no page of anybody else: there is no CORS, and a preflight allows nothing', async () => {
    const { secret } = await make('sync.py')
    const asked = await send(secret)
    const preflight = await panel.browser().ask('OPTIONS', `/api/compat/content-filter/${home}/api/config`, undefined, {
      Origin: 'https://elsewhere.example',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization',
    })
    for (const { headers } of [asked, preflight]) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
    }
    expect(preflight.ok).toBe(false)
  })

  it('is told to wait past so many calls a minute', async () => {
    const { secret } = await make('sync.py')
    for (let i = 0; i < 30; i++) expect((await send('nothing-that-is-a-token')).status).toBe(401)
    const refused = await send('nothing-that-is-a-token')
    expect(refused).toMatchObject({ status: 429, body: { ok: false } })
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
    // Who has a token is not held up by who has none.
    expect((await send(secret)).status).toBe(200)
    panel.clock.now += 60_000
    expect((await send('nothing-that-is-a-token')).status).toBe(401)
  })

  it('every failure is in the API’s own words', async () => {
    const { secret } = await make('sync.py')
    const isFailure = { ok: false, error: expect.any(String) as string }
    const cases: [string, string, unknown, number][] = [
      ['GET', 'api/nothing', undefined, 404],
      ['PUT', 'api/config', {}, 404],
      ['POST', 'api/rules', '{', 400],
      ['POST', 'api/rules', '"text"', 400],
      ['POST', 'api/rules', `{"profile":"kids","rules":${'['.repeat(40)}${']'.repeat(40)}}`, 400],
      ['POST', 'api/config', `{"x":"${'y'.repeat(8_000_000)}"}`, 400],
      ['POST', 'api/config', `{"x":"${'y'.repeat(10 * 2 ** 20)}"}`, 413],
    ]
    for (const [method, path, body, status] of cases) {
      const answer = await send(secret, method, home, path, body)
      expect([method, path, answer.status]).toEqual([method, path, status])
      expect(answer.body).toEqual(isFailure)
    }
  })
})
