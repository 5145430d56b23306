import type { Right } from '@zonedeck/shared/connection'
import { expect, test } from 'vitest'
import { variable } from './env.ts'
import { providers } from './providers/index.ts'
import { emptyPanel, person } from './http/test-panel.ts'

let count = 0
/** A secret like no other, long enough to have a hint. */
const canary = (what: string) => `canary-${what}-${(++count).toString(36)}-Zq7/+x${crypto.randomUUID()}`

/** The ways a secret may look when it has gone through something. */
function guises(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const base64 = [0, 1, 2].map((shift) =>
    // Inside of a longer text it may begin at any of three places of a group: compare the groups it fills alone.
    Buffer.from(secret.slice(shift))
      .toString('base64')
      .slice(0, Math.floor((secret.length - shift) / 3) * 4),
  )
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    [...secret].reverse().join(''),
  ]
}

/** Servers that give back what they are sent, in every way a server may: a body, an error page, a header, a redirect. */
function echo(request: Request): Promise<Response> {
  const said = JSON.stringify({ headers: [...request.headers], url: request.url })
  const mode = new URL(request.url).port
  if (mode === '8081') return Promise.resolve(new Response(said, { status: 500, headers: { 'X-Echo': 'x' } }))
  if (mode === '8082')
    return Promise.resolve(new Response(`<h1>${said}</h1>`, { headers: { 'Content-Type': 'text/html' } }))
  if (mode === '8443') return Promise.resolve(new Response(said, { headers: { 'Content-Type': 'application/json' } }))
  if (mode === '8000')
    return Promise.resolve(Response.json({ error: said, status: 'error', errorMessage: said }, { status: 401 }))
  if (mode === '5380') return Promise.resolve(Response.json({ error: said, status: 'error', errorMessage: said }))
  return Promise.reject(new Error(`fetch failed: ${request.url} ${said}`))
}

test('[C2] [L3] [H8] [C7] no secret is in any answer, log line or row', { timeout: 300_000 }, async () => {
  const secrets: string[] = []
  const keep = (what: string, opening = '') => {
    const secret = opening + canary(what)
    secrets.push(secret)
    return secret
  }
  const fieldsOf = (provider: string) => providers[provider]?.about.fields ?? []
  const secretsOf = (provider: string, once: boolean) =>
    fieldsOf(provider)
      .filter((field) => field.secret && (field.once ?? false) === once)
      // What the field insists on, up to where anything may follow.
      .map(({ id, pattern }) => [id, keep(`${provider}-${id}`, pattern?.source.match(/^\w+/)?.[0])] as const)
  const credentialsOf = (provider: string): Record<string, string> =>
    Object.fromEntries([
      ...fieldsOf(provider)
        .filter(({ secret, required }) => required && !secret)
        .map(({ id, options, placeholder }) => [id, options?.[0]?.value ?? placeholder ?? 'plain'] as const),
      ...secretsOf(provider, false),
    ])
  const headers = () => [{ name: 'CF-Access-Client-Secret', value: keep('header') }]
  const ports = [8081, 8082, 8443, 8000, 5380, 9]

  const given = Object.fromEntries(
    Object.keys(providers).map((provider) => [
      `CONNECTION_${provider.toUpperCase().replaceAll('-', '_')}_GIVEN`,
      JSON.stringify({
        provider,
        url: 'http://127.0.0.1:8000',
        credentials: credentialsOf(provider),
        headers: headers(),
      }),
    ]),
  )
  const vars = {
    ...given,
    CONNECTION_BROKEN: `{"provider":"powerdns","key":"${keep('broken')}"`,
    TECHNITIUM_URL: 'http://127.0.0.1:5380',
    TECHNITIUM_TOKEN: keep('technitium'),
    PEPPER: keep('pepper'),
    SETUP_TOKEN: keep('setup'),
    SANDBOX: JSON.stringify([
      {
        name: 'Box',
        provider: 'powerdns',
        url: 'http://127.0.0.1:8081',
        credentials: credentialsOf('powerdns'),
        blurb: 'x',
      },
    ]),
  }
  const panel = await emptyPanel({ vars, internet: echo })
  secrets.push(variable(panel.env, 'KEK_1') ?? '', panel.env.PLAN_KEY ?? '')
  const answers: string[] = []
  const browser = panel.browser()
  const ask = async (method: string, path: string, body?: unknown, who = browser) => {
    const response = await who.ask(method, path, body)
    const shown = [...response.headers].filter(([name]) => name !== 'set-cookie')
    answers.push(
      `${method} ${path} ${response.status} ${JSON.stringify(shown)}\n${Buffer.from(await response.clone().arrayBuffer()).toString()}`,
    )
    return response
  }

  const password = keep('password')
  const wrong = keep('wrong-password')
  expect((await ask('POST', 'setup/password', { token: vars.SETUP_TOKEN, name: 'Ada', password })).status).toBe(200)
  await ask('POST', 'session', { name: 'Ada', password: wrong }, panel.browser())
  await ask('POST', 'session', { name: 'Ada', password: [wrong] }, panel.browser())
  await ask('POST', 'session', `{"password":"${wrong}"`, panel.browser())
  expect((await ask('POST', 'session', { name: 'Ada', password })).status).toBe(200)
  secrets.push(browser.cookie.split('=')[1] ?? '')

  const ids: string[] = []
  for (const provider of Object.keys(providers)) {
    for (const port of ports) {
      const url = `http://127.0.0.1:${port}`
      const input = {
        name: `${provider} ${port}`,
        provider,
        url,
        credentials: credentialsOf(provider),
        headers: headers(),
      }
      const added = await ask('POST', 'connections', input)
      expect(added.status, provider).toBe(201)
      ids.push(((await added.json()) as { id: string }).id)
      await ask('POST', 'connections/test', input)
      const signingIn = Object.fromEntries(secretsOf(provider, true))
      if (Object.keys(signingIn).length > 0) {
        const refused = await ask('POST', 'connections', { ...input, credentials: { ...signingIn, user: 'ada' } })
        expect(refused.status).toBeGreaterThanOrEqual(400)
      }
      await ask('POST', 'connections', { ...input, unknown: keep('unknown') })
      await ask('POST', 'connections', { ...input, credentials: { ...input.credentials, more: keep('more') } })
      await ask('POST', 'connections', { ...input, url: `https://user:${keep('userinfo')}@ns.example` })
      await ask('PATCH', `connections/${ids.at(-1)}`, { url: 'http://127.0.0.1:8010', credentials: {} })
      await ask('PATCH', `connections/${ids.at(-1)}`, { credentials: credentialsOf(provider) })
    }
  }
  await ask('POST', 'connections/sandbox', { name: 'Box' })
  const all = (await (await ask('GET', 'connections')).json()) as { id: string }[]
  expect(all.length).toBe(ids.length + Object.keys(given).length + 2)

  const { paths } = (await (await ask('GET', 'openapi.json')).json()) as {
    paths: Record<string, Record<string, unknown>>
  }
  // A link opens an account until it is used: it is in the answer that makes it, and nowhere else.
  const invite = async (path: string, body?: unknown) => {
    const response = await browser.ask('POST', path, body)
    expect(response.status).toBe(201)
    const { link, person } = (await response.json()) as { link: string; person: { id: string } }
    const token = new URL(link).hash.slice(1)
    secrets.push(token)
    return { token, id: person.id }
  }
  const guest = await invite('people', { name: 'Guest', owner: false, rights: [] })
  const { token } = await invite(`people/${guest.id}/link`)
  const made = { token: keep('made-up-link'), password: keep('guest-password') }
  await ask('POST', 'invitations/look', { token: guest.token }, panel.browser())
  await ask('POST', 'invitations/look', { token }, panel.browser())
  await ask('POST', 'invitations/use/password', made, panel.browser())
  await ask('POST', 'invitations/use/password', { token, password: 'short' }, panel.browser())
  await ask('POST', 'invitations/use/passkey', { token, ceremony: 'x', response: {} }, panel.browser())
  await invite('people', { name: 'Another guest', owner: true, rights: [] })
  const used = await ask('POST', 'invitations/use/password', { token, password: keep('guest') }, panel.browser())
  expect(used.status).toBe(200)

  const everything = (right: Right) => [{ connection: '*', zone: '*', right }]
  const others = [
    await person(panel, 'stranger', []),
    await person(panel, 'viewer', everything('view')),
    await person(panel, 'editor', everything('edit')),
    await person(panel, 'full', everything('full')),
    panel.browser(),
  ]
  // Each route meets the owner on every connection, and everyone else in turn: with every person on every connection the
  // requests would be thousands.
  for (const [turn, id] of [...all.map(({ id }) => id), 'op_broken'].entries()) {
    for (const [at, [path, methods]] of Object.entries(paths).entries()) {
      if (!path.includes('{connection}')) continue
      const target = path.replace('{connection}', id).replace('{zone}', 'example.com').replace('{job}', 'job_x')
      for (const method of Object.keys(methods)) {
        if (method === 'delete') continue
        const change = {
          name: 'www',
          type: 'A',
          before: null,
          after: { name: 'www', type: 'A', ttl: 60, records: [{ rdata: '192.0.2.1' }] },
        }
        const body = path.endsWith('/plans')
          ? { changes: [change] }
          : path.endsWith('/test') || method === 'get'
            ? undefined
            : {}
        await ask(method.toUpperCase(), target, body)
        await ask(method.toUpperCase(), target, body, others[(turn + at) % others.length])
      }
    }
  }
  for (const path of Object.keys(paths)) {
    if (path.includes('{')) continue
    await ask('GET', path)
    for (const other of others) await ask('GET', path, undefined, other)
  }
  expect(panel.sent.length).toBeGreaterThan(ports.length)

  const { results: schema } = await panel.env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
  ).all<{ name: string }>()
  const tables = schema.map(({ name }) => name)
  expect(tables).toEqual(expect.arrayContaining(['users', 'sessions', 'invitations', 'access_log', 'credentials']))
  const rows = await Promise.all(tables.map((table) => panel.env.DB.prepare(`SELECT * FROM ${table}`).all()))
  const places: [string, string][] = [
    ...answers.map((text): [string, string] => [text.split('\n')[0] ?? '', text]),
    ...panel.logged.map((line): [string, string] => [`log: ${line.slice(0, 80)}`, line]),
    ...rows.map(({ results }, i): [string, string] => [`table ${tables[i]}`, JSON.stringify(results)]),
    ...panel.sent.map(({ url }): [string, string] => [`the address ${new URL(url).pathname}`, url]),
  ]
  const wanted = secrets.map((secret) => ({ secret, guises: guises(secret) }))
  const found = places.flatMap(([where, text]) =>
    wanted
      .filter(({ guises }) => guises.some((guise) => text.includes(guise)))
      .map(({ secret }) => `${secret.slice(0, 30)} in ${where}`),
  )
  expect(found).toEqual([])
  expect(secrets.length).toBeGreaterThan(30)

  // The scan itself finds what it looks for, wherever in a text it stands.
  const probe = secrets[0] ?? ''
  for (const before of ['', 'a', 'ab']) {
    const text = Buffer.from(`${before}${probe}tail`).toString('base64')
    expect(guises(probe).some((guise) => text.includes(guise))).toBe(true)
  }
})
