import { beforeAll, describe, expect, test, vi } from 'vitest'
import document from '../openapi.json' with { type: 'json' }
import { makeApp } from './app.ts'
import { emptyPanel, person, type Browser, type Panel } from './http/test-panel.ts'

/** What each route needs, once more and by hand: a right that is loosened by mistake is a difference here. */
const expected: Record<string, string> = {
  'GET /health': 'anonymous',
  'GET /openapi.json': 'anonymous',
  'GET /setup': 'anonymous',
  'POST /setup/password': 'anonymous',
  'POST /setup/passkey/options': 'anonymous',
  'POST /setup/passkey': 'anonymous',
  'POST /session': 'anonymous',
  'POST /session/passkey/options': 'anonymous',
  'POST /session/passkey': 'anonymous',
  'GET /session': 'signed-in',
  'GET /session/confirm': 'signed-in',
  'POST /session/confirm': 'signed-in',
  'POST /session/confirm/passkey/options': 'signed-in',
  'POST /session/confirm/passkey': 'signed-in',
  'DELETE /session': 'signed-in',
  'GET /sessions': 'signed-in',
  'DELETE /sessions': 'signed-in',
  'DELETE /sessions/{id}': 'signed-in',
  'POST /invitations/look': 'anonymous',
  'POST /invitations/use/password': 'anonymous',
  'POST /invitations/use/passkey/options': 'anonymous',
  'POST /invitations/use/passkey': 'anonymous',
  'GET /people': 'owner',
  'POST /people': 'owner',
  'POST /people/{person}/link': 'owner',
  'PUT /people/{person}/rights': 'owner',
  'PATCH /people/{person}': 'owner',
  'DELETE /people/{person}': 'owner',
  'DELETE /people/{person}/sessions': 'owner',
  'GET /access-log': 'owner',
  'GET /providers': 'signed-in',
  'GET /sandbox': 'signed-in',
  'POST /connections/sandbox': 'owner',
  'GET /connections': 'signed-in',
  'POST /connections': 'owner',
  'POST /connections/test': 'owner',
  'POST /connections/reseal': 'owner',
  'GET /connections/{connection}': 'view within',
  'PATCH /connections/{connection}': 'owner',
  'DELETE /connections/{connection}': 'owner',
  'POST /connections/{connection}/test': 'full connection',
  'GET /connections/{connection}/filter': 'view connection',
  'POST /connections/{connection}/filter/plans': 'edit connection',
  'POST /connections/{connection}/filter/jobs': 'edit connection',
  'GET /connections/{connection}/filter/jobs/{job}': 'view connection',
  'GET /connections/{connection}/filter/tokens': 'full connection',
  'POST /connections/{connection}/filter/tokens': 'full connection',
  'DELETE /connections/{connection}/filter/tokens/{token}': 'full connection',
  'GET /connections/{connection}/filter/pauses': 'view connection',
  'POST /connections/{connection}/filter/pauses': 'edit connection',
  'DELETE /connections/{connection}/filter/pauses/{pause}': 'edit connection',
  'POST /connections/{connection}/filter/lists/fetch': 'view connection',
  'GET /zones': 'signed-in',
  'GET /connections/{connection}/zones': 'view within',
  'GET /connections/{connection}/zones/{zone}': 'view zone',
  'POST /connections/{connection}/zones/{zone}/plans': 'edit zone',
  'POST /connections/{connection}/zones/{zone}/jobs': 'edit zone',
  'GET /connections/{connection}/zones/{zone}/jobs/{job}': 'view zone',
  'GET /connections/{connection}/zones/{zone}/history': 'view zone',
  'GET /connections/{connection}/zones/{zone}/delegation': 'view zone',
  'GET /connections/{connection}/zones/{zone}/dnssec': 'view zone',
  'GET /connections/{connection}/zones/{zone}/export': 'view zone',
  'GET /connections/{connection}/zones/{zone}/settings': 'view zone',
  'GET /connections/{connection}/zones/{zone}/permissions': 'full zone',
  'GET /connections/{connection}/accounts': 'full connection',
  'GET /connections/{connection}/accounts/{account}': 'full connection',
  'POST /connections/{connection}/accounts/plans': 'full connection',
  'POST /connections/{connection}/accounts/jobs': 'full connection',
  'GET /connections/{connection}/accounts/jobs/{job}': 'full connection',
  'GET /connections/{connection}/counters': 'view connection',
  'GET /connections/{connection}/statistics': 'view connection',
  'GET /connections/{connection}/statistics/top': 'view connection',
  'GET /connections/{connection}/query-log': 'view connection',
  'GET /shares': 'signed-in',
  'POST /shares': 'signed-in',
  'POST /shares/preview': 'signed-in',
  'DELETE /shares/{share}': 'signed-in',
  'POST /api/share/session': 'anonymous',
  'GET /api/share/view': 'link',
  'GET /search': 'signed-in',
  'GET /history': 'signed-in',
  'GET /history/{id}': 'signed-in',
}

/** What needs a fresh authentication; deleting a zone does too, and shares its route with every other job. */
const steppedUp = [
  'POST /connections',
  'POST /shares',
  'POST /connections/reseal',
  'PATCH /connections/{connection}',
  'DELETE /connections/{connection}',
  'POST /connections/{connection}/accounts/jobs',
  'POST /connections/{connection}/filter/tokens',
  'POST /people',
  'POST /people/{person}/link',
  'PUT /people/{person}/rights',
  'PATCH /people/{person}',
  'DELETE /people/{person}',
]

/** The imitated API of the Content Filter's Web UI: calls for scripts, which a token lets in and no session. */
const byToken = [
  'GET config',
  'POST config',
  'POST profiles',
  'DELETE profiles',
  'POST clients',
  'DELETE clients',
  'POST settings',
  'GET services',
  'POST custom-services',
  'DELETE custom-services',
  'POST blocklists',
  'DELETE blocklists',
  'POST blocklists/refresh',
  'POST allowlists',
  'POST rules',
  'POST rewrites',
  'DELETE rewrites',
]

const home = 'con_aaaaaaaaaaaaaaaa'
const zone = 'example.com'
type Grant = { connection: string; zone: string; right: 'none' | 'view' | 'edit' | 'full' }
const on = (right: Grant['right'], z = '*', connection = home): Grant[] => [{ connection, zone: z, right }]

const people: Record<string, Grant[] | 'owner' | null> = {
  anonymous: null,
  owner: 'owner',
  full: on('full'),
  edit: on('edit'),
  view: on('view'),
  nobody: [],
  'shut out of the zone': [...on('full'), ...on('none', zone)],
  'view of the zone': on('view', zone),
  'edit of the zone': on('edit', zone),
  'full of another zone': on('full', 'example.org'),
  'full elsewhere': on('full', '*', 'con_bbbbbbbbbbbbbbbb'),
}

/** The statuses of someone let through, or the one of someone who is not, by what the route needs. */
const outcome: Record<string, Record<string, 'in' | 401 | 403 | 404>> = {
  anonymous: Object.fromEntries(Object.keys(people).map((who) => [who, 'in'])),
  link: Object.fromEntries(Object.keys(people).map((who) => [who, 401])),
  'signed-in': Object.fromEntries(Object.keys(people).map((who) => [who, who === 'anonymous' ? 401 : 'in'])),
  owner: Object.fromEntries(
    Object.keys(people).map((who) => [who, who === 'anonymous' ? 401 : who === 'owner' ? 'in' : 403]),
  ),
  'view within': {
    ...{ anonymous: 401, owner: 'in', full: 'in', edit: 'in', view: 'in', nobody: 404, 'shut out of the zone': 'in' },
    ...{ 'view of the zone': 'in', 'edit of the zone': 'in', 'full of another zone': 'in', 'full elsewhere': 404 },
  },
  'full connection': {
    ...{ anonymous: 401, owner: 'in', full: 'in', edit: 403, view: 403, nobody: 404, 'shut out of the zone': 'in' },
    ...{ 'view of the zone': 404, 'edit of the zone': 404, 'full of another zone': 404, 'full elsewhere': 404 },
  },
  'view connection': {
    ...{ anonymous: 401, owner: 'in', full: 'in', edit: 'in', view: 'in', nobody: 404, 'shut out of the zone': 'in' },
    ...{ 'view of the zone': 404, 'edit of the zone': 404, 'full of another zone': 404, 'full elsewhere': 404 },
  },
  'edit connection': {
    ...{ anonymous: 401, owner: 'in', full: 'in', edit: 'in', view: 403, nobody: 404, 'shut out of the zone': 'in' },
    ...{ 'view of the zone': 404, 'edit of the zone': 404, 'full of another zone': 404, 'full elsewhere': 404 },
  },
  'view zone': {
    ...{ anonymous: 401, owner: 'in', full: 'in', edit: 'in', view: 'in', nobody: 404, 'shut out of the zone': 404 },
    ...{ 'view of the zone': 'in', 'edit of the zone': 'in', 'full of another zone': 404, 'full elsewhere': 404 },
  },
  'full zone': {
    ...{ anonymous: 401, owner: 'in', full: 'in', edit: 403, view: 403, nobody: 404, 'shut out of the zone': 404 },
    ...{ 'view of the zone': 403, 'edit of the zone': 403, 'full of another zone': 404, 'full elsewhere': 404 },
  },
  'edit zone': {
    ...{ anonymous: 401, owner: 'in', full: 'in', edit: 'in', view: 403, nobody: 404, 'shut out of the zone': 404 },
    ...{ 'view of the zone': 403, 'edit of the zone': 'in', 'full of another zone': 404, 'full elsewhere': 404 },
  },
}

interface Operation {
  'x-needs': string | { right: string; on: string }
  'x-step-up': boolean
  requestBody?: object
}

const app = makeApp({ now: Date.now, fetch: () => Promise.reject(new Error('offline')) })
const nameOf = (method: string, path: string) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`
const words = (needs: Operation['x-needs']) => (typeof needs === 'object' ? `${needs.right} ${needs.on}` : needs)
const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: nameOf(method, path),
      needs: words(operation['x-needs']),
      stepUp: operation['x-step-up'],
      hasBody: operation.requestBody !== undefined,
    })),
)

describe('[Z1] every route says what it needs', () => {
  test('and the list of them is the one above', () => {
    expect(Object.fromEntries(operations.map(({ name, needs }) => [name, needs]))).toEqual(expected)
  })

  test('[A7] and whether it needs a fresh authentication', () => {
    expect(operations.filter(({ stepUp }) => typeof stepUp !== 'boolean')).toEqual([])
    const found = operations.flatMap(({ name, stepUp }) => (stepUp ? [name] : []))
    expect(found.sort()).toEqual([...steppedUp].sort())
  })

  test('[P6] in the code as in the document that is served', () => {
    const declared = app.openAPIRegistry.definitions.flatMap((one) => (one.type === 'route' ? [one.route] : []))
    const found = declared.map((route) => ({
      name: nameOf(route.method, route.path),
      needs: words(route['x-needs'] as Operation['x-needs']),
      stepUp: route['x-step-up'] as boolean,
      hasBody: route.request?.body !== undefined,
    }))
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)
    expect(found.sort(byName)).toEqual(operations.toSorted(byName))
  })

  test('[P6] and nothing is mounted past the declarations', () => {
    const names = new Set(Object.keys(expected).map((name) => name.replace(/\{(\w+)\}/g, ':$1')))
    const mounted = app.routes.filter(
      ({ method, path }) => method !== 'ALL' && path.startsWith('/api/') && !path.startsWith('/api/compat/'),
    )
    expect(mounted.filter(({ method, path }) => !names.has(nameOf(method, path)))).toEqual([])
    expect(new Set(mounted.map(({ method, path }) => nameOf(method, path)))).toEqual(names)
  })

  test('[P6] but for the calls of a foreign API, which are these', () => {
    const compat = '/api/compat/content-filter/:connection/'
    const mounted = app.routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/compat/'))
    expect(mounted.map(({ method, path }) => `${method} ${path.replace(`${compat}api/`, '')}`).sort()).toEqual(
      byToken.toSorted(),
    )
    // What lets in stands before all of them.
    expect(app.routes.find(({ path }) => path.startsWith('/api/'))).toMatchObject({ method: 'ALL', path: `${compat}*` })
  })
})

// Each person asks for every route.
vi.setConfig({ testTimeout: 30_000 })

describe('[Z1] who gets in', () => {
  let panel: Panel
  beforeAll(async () => {
    panel = await emptyPanel()
    await panel.env.DB.prepare(
      `INSERT INTO connections (id, name, provider, url, source, created_at, updated_at)
       VALUES (?, 'Home', 'powerdns', 'http://127.0.0.1:8081', 'panel', '', '')`,
    )
      .bind(home)
      .run()
  })

  test.each(Object.entries(people))('%s', async (who, rights) => {
    const wrong: string[] = []
    let count = 0
    for (const { name, needs, hasBody } of operations) {
      const [method = '', path = ''] = name.split(' ')
      if (name === 'DELETE /connections/{connection}' && who === 'owner') continue
      // A fresh session each: some routes end it.
      const browser: Browser =
        rights === null ? panel.browser() : await person(panel, `${who.replaceAll(' ', '-')}-${count++}`, rights)
      const target = path
        .replace('{connection}', home)
        .replace('{zone}', zone)
        .replace(/\{\w+\}/g, 'nothing')
      // No schema takes this body: who is let through gets a 422 and changes nothing.
      const body = hasBody ? { unknown: true } : undefined
      const { status } = await browser.ask(method, target.startsWith('/api/') ? target : target.slice(1), body)
      const want = outcome[needs]?.[who]
      const right =
        want === 'in' ? ![401, 403].includes(status) && (body === undefined || status !== 404) : status === want
      if (!right) wrong.push(`${name}: ${status}, not ${String(want)}`)
    }
    expect(wrong).toEqual([])
  })

  test.each(Object.entries(people))('%s: no session opens the calls for scripts', async (who, rights) => {
    const browser =
      rights === null ? panel.browser() : await person(panel, `script-${who.replaceAll(' ', '-')}`, rights)
    for (const call of byToken) {
      const [method = '', path = ''] = call.split(' ')
      const body = method === 'GET' ? undefined : {}
      const { status } = await browser.ask(method, `/api/compat/content-filter/${home}/api/${path}`, body, {
        'CF-Connecting-IP': `198.51.100.${Object.keys(people).indexOf(who)}`,
      })
      expect(`${call} ${status}`).toBe(`${call} 401`)
    }
  })

  test('[Z2] what is not there and what is not theirs look alike', async () => {
    const stranger = await person(panel, 'stranger', on('full', '*', 'con_bbbbbbbbbbbbbbbb'))
    for (const rest of ['', '/zones', `/zones/${zone}`, `/zones/${zone}/history`, `/zones/${zone}/jobs/job_1`]) {
      const theirs = await stranger.ask('GET', `connections/${home}${rest}`)
      const missing = await stranger.ask('GET', `connections/con_cccccccccccccccc${rest}`)
      expect([theirs.status, missing.status]).toEqual([404, 404])
      const strip = async (response: Response) => ({ ...((await response.json()) as object), instance: '' })
      expect(await strip(theirs)).toEqual(await strip(missing))
    }
  })

  test('[Z4] a right that is taken away is gone with the next request', async () => {
    const browser = await person(panel, 'demoted', on('view'))
    expect((await browser.ask('GET', `connections/${home}`)).status).toBe(200)
    await panel.env.DB.prepare("UPDATE rights SET level = 'none' WHERE user_id = 'demoted'").run()
    expect((await browser.ask('GET', `connections/${home}`)).status).toBe(404)
  })

  test('[H9] [Z2] a zone has one spelling, so that another one cannot slip past a right', async () => {
    const browser = await person(panel, 'shut', [...on('full'), ...on('none', zone)])
    for (const spelling of ['Example.com', 'example.com.', 'EXAMPLE.COM', 'ex%61mple.com', 'example.com%20']) {
      expect((await browser.ask('GET', `connections/${home}/zones/${spelling}`)).status).toBe(404)
    }
  })

  test('[Z3] fields that are the server’s are refused', async () => {
    const owner = await person(panel, 'mass', 'owner')
    const input = { name: 'x', provider: 'powerdns', url: 'http://127.0.0.1:1', credentials: {}, id: 'con_mine' }
    expect((await owner.ask('POST', 'connections', input)).status).toBe(422)
    expect((await owner.ask('PATCH', `connections/${home}`, { version: 9 })).status).toBe(422)
  })
})
