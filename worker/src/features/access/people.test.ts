import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { AccessEntry, Grant, Invited, Person } from '@zonedeck/shared/people'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { digest } from '../../http/ids.ts'
import { emptyPanel, origin, person, type Browser, type Panel } from '../../http/test-panel.ts'
import { selectPeople } from './store.ts'
import { makeAuthenticator } from './test-authenticator.ts'

const day = 24 * 3_600_000
const home = 'con_aaaaaaaaaaaaaaaa'
const password = 'correct horse battery'
let panel: Panel
let owner: Browser

// Setting a password hashes it, for real.
vi.setConfig({ testTimeout: 30_000 })

beforeEach(async () => {
  panel = await emptyPanel({ vars: { CONNECTION_OFFICE: '{"broken' } })
  owner = await person(panel, 'mara', 'owner')
  await panel.env.DB.prepare(
    `INSERT INTO connections (id, name, provider, url, source, created_at, updated_at)
     VALUES (?, 'Home', 'powerdns', 'http://127.0.0.1:8081', 'panel', '', '')`,
  )
    .bind(home)
    .run()
})

const grant = (right: Grant['right'], zone = '*', connection = home): Grant => ({ connection, zone, right })

async function add(more: object = {}): Promise<Invited> {
  const response = await owner.ask('POST', 'people', { name: 'Ada', owner: false, rights: [], ...more })
  expect(response.status).toBe(201)
  return (await response.json()) as Invited
}

const tokenOf = ({ link }: Invited) => new URL(link).hash.slice(1)

async function join(invited: Invited): Promise<Browser> {
  const browser = panel.browser()
  const used = await browser.ask('POST', 'invitations/use/password', { token: tokenOf(invited), password })
  expect(used.status).toBe(200)
  return browser
}

async function everyone(): Promise<Person[]> {
  return (await (await owner.ask('GET', 'people')).json()) as Person[]
}

async function log(): Promise<AccessEntry[]> {
  return (await (await owner.ask('GET', 'access-log')).json()) as AccessEntry[]
}

async function refusal(response: Response): Promise<unknown> {
  const { status, type, errors } = (await response.json()) as { status: number; type: string; errors?: unknown }
  return errors === undefined ? [status, type] : [status, type, errors]
}

const isIn = async (browser: Browser) => (await browser.ask('GET', 'session')).status === 200

describe('a person is added', () => {
  test('[T1] with a link whose secret stands behind the #', async () => {
    const invited = await add({ rights: [grant('edit', 'iot.home.arpa'), grant('view')] })
    expect(invited.link).toMatch(/^https:\/\/panel\.example\/invite#[A-Za-z0-9_-]{43}$/)
    expect(invited.expiresAt).toBe(new Date(panel.clock.now + 7 * day).toISOString())
    expect(await everyone()).toEqual([
      {
        ...{
          id: invited.person.id,
          name: 'Ada',
          owner: false,
          rights: [grant('view'), grant('edit', 'iot.home.arpa')],
        },
        ...{ passkeys: 0, password: false, sessions: 0, createdAt: new Date(panel.clock.now).toISOString() },
        invitation: { createdAt: new Date(panel.clock.now).toISOString(), expiresAt: invited.expiresAt },
      },
      expect.objectContaining({ name: 'mara', owner: true, sessions: 1 }),
    ])
  })

  test('[C7] of which the database has the SHA-256 alone, and no answer says it again', async () => {
    const token = tokenOf(await add())
    const { results } = await panel.env.DB.prepare('SELECT * FROM invitations').all<Record<string, unknown>>()
    expect(results).toEqual([expect.objectContaining({ token_hash: digest(token) })])
    const answers = [
      await (await owner.ask('GET', 'people')).text(),
      await (await owner.ask('GET', 'access-log')).text(),
    ]
    expect(`${JSON.stringify(results)} ${answers.join(' ')} ${panel.logged.join(' ')}`).not.toContain(token)
  })

  test.each([
    [
      'a zone in another spelling',
      grant('view', 'Example.com.'),
      '/rights/0/zone',
      'The zone is written “example.com”.',
    ],
    [
      'an IDN as U-label',
      grant('view', 'müller.example'),
      '/rights/0/zone',
      'The zone is written “xn--mller-kva.example”.',
    ],
    ['no zone', grant('view', ''), '/rights/0/zone', 'Give the name of the zone, such as example.com.'],
    ['a part of the zones', grant('view', '*.example'), '/rights/0/zone', 'A zone has no wildcard in its name.'],
    [
      'a connection that is not there',
      grant('view', '*', 'con_cccccccccccccccc'),
      '/rights/0/connection',
      'There is no such connection. “*” stands for every one.',
    ],
  ])('not with %s', async (_what, wrong, pointer, detail) => {
    const response = await owner.ask('POST', 'people', { name: 'Ada', owner: false, rights: [wrong] })
    expect(await refusal(response)).toEqual([422, '/problems/request/invalid', [{ pointer, detail }]])
    expect(await everyone()).toHaveLength(1)
  })

  test.each([
    ['twice the same', { rights: [grant('view'), grant('edit')] }, '/rights/1'],
    ['a right that there is not', { rights: [{ ...grant('view'), right: 'admin' }] }, '/rights/0/right'],
    ['too many', { rights: Array.from({ length: 201 }, (_, i) => grant('view', `z${i}.example`)) }, '/rights'],
    ['an empty name', { name: ' ' }, '/name'],
    ['a name of control characters', { name: 'A\u0000da' }, '/name'],
    ['the name of somebody else, in other letters', { name: 'MARA' }, '/name'],
  ])('not with %s', async (_what, more, pointer) => {
    const response = await owner.ask('POST', 'people', { name: 'Ada', owner: false, rights: [], ...more })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ errors: [{ pointer }] })
    expect(await everyone()).toHaveLength(1)
    expect(await log()).toEqual([])
  })

  test('[Z3] not with what is the server’s', async () => {
    for (const more of [{ id: 'usr_mine' }, { password: 'x'.repeat(20) }, { token: 'x' }]) {
      const response = await owner.ask('POST', 'people', { name: 'Ada', owner: false, rights: [], ...more })
      expect(response.status).toBe(422)
    }
  })

  test('with rights on a zone that is not there yet, and on an operator’s connection that cannot be read', async () => {
    const rights = [grant('full', 'new.example', '*'), grant('view', '*', 'op_office')]
    expect((await add({ rights })).person.rights).toEqual(rights)
  })
})

describe('a link', () => {
  test('says for whom it is, as often as it is looked at', async () => {
    const invited = await add()
    for (let i = 0; i < 7; i++) {
      const looked = await panel.browser().ask('POST', 'invitations/look', { token: tokenOf(invited) })
      expect(await looked.json()).toEqual({ name: 'Ada', expiresAt: invited.expiresAt, known: false })
    }
  })

  test('[C6] [A3] sets a password once, and signs in', async () => {
    const invited = await add({ rights: [grant('view')] })
    const browser = await join(invited)
    expect(await (await browser.ask('GET', 'session')).json()).toMatchObject({ name: 'Ada', rights: [grant('view')] })
    const again = await panel.browser().ask('POST', 'invitations/use/password', { token: tokenOf(invited), password })
    expect(await refusal(again)).toEqual([404, '/problems/invitation/spent'])
    const looked = await panel.browser().ask('POST', 'invitations/look', { token: tokenOf(invited) })
    expect(looked.status).toBe(404)
    expect((await panel.browser().ask('POST', 'session', { name: 'Ada', password })).status).toBe(200)
    const [ada] = await everyone()
    expect(ada).toMatchObject({ password: true, passkeys: 0, sessions: 2, lastSeenAt: expect.any(String) as string })
    expect(ada?.invitation).toBeUndefined()
  })

  test('of two at once, one is in time', async () => {
    const token = tokenOf(await add())
    const answers = await Promise.all(
      [1, 2, 3].map(() => panel.browser().ask('POST', 'invitations/use/password', { token, password })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404])
    expect((await everyone())[0]).toMatchObject({ name: 'Ada', sessions: 1 })
  })

  test('is good for seven days', async () => {
    const invited = await add()
    panel.clock.now += 7 * day - 1
    const look = () => panel.browser().ask('POST', 'invitations/look', { token: tokenOf(invited) })
    expect((await look()).status).toBe(200)
    panel.clock.now += 1
    expect((await look()).status).toBe(404)
    const late = await panel.browser().ask('POST', 'invitations/use/password', { token: tokenOf(invited), password })
    expect(late.status).toBe(404)
    const row = await panel.env.DB.prepare("SELECT password FROM users WHERE name = 'Ada'").first<{ password: null }>()
    expect(row?.password).toBeNull()
  })

  test('gives way to a newer one', async () => {
    const first = await add()
    const response = await owner.ask('POST', `people/${first.person.id}/link`)
    expect(response.status).toBe(201)
    const second = (await response.json()) as Invited
    const look = (invited: Invited) => panel.browser().ask('POST', 'invitations/look', { token: tokenOf(invited) })
    expect([(await look(first)).status, (await look(second)).status]).toEqual([404, 200])
  })

  test('brings an account back: another password, and nothing of before opens it', async () => {
    const ada = await add()
    const lost = await join(ada)
    const wrong = { name: 'Ada', password: 'wrong horse battery' }
    for (let i = 0; i < 6; i++) {
      await panel.browser().ask('POST', 'session', wrong, { 'CF-Connecting-IP': `198.51.100.${i}` })
    }
    const link = (await (await owner.ask('POST', `people/${ada.person.id}/link`)).json()) as Invited
    expect(await isIn(lost)).toBe(true)
    const token = tokenOf(link)
    expect(await (await panel.browser().ask('POST', 'invitations/look', { token })).json()).toMatchObject({
      known: true,
    })
    const next = 'another horse battery'
    const browser = panel.browser()
    expect((await browser.ask('POST', 'invitations/use/password', { token, password: next })).status).toBe(200)
    expect([await isIn(lost), await isIn(browser)]).toEqual([false, true])
    expect((await panel.browser().ask('POST', 'session', { name: 'Ada', password: next })).status).toBe(200)
    expect((await panel.browser().ask('POST', 'session', { name: 'Ada', password })).status).toBe(401)
  })

  test('[A8] takes a passkey in the place of the password, for this page and this person alone', async () => {
    const ada = await add()
    await join(ada)
    const link = (await (await owner.ask('POST', `people/${ada.person.id}/link`)).json()) as Invited
    const other = await add({ name: 'Bob' })
    const key = await makeAuthenticator()
    const begin = async (invited: Invited) =>
      (await (
        await panel.browser().ask('POST', 'invitations/use/passkey/options', { token: tokenOf(invited) })
      ).json()) as {
        ceremony: string
        options: { challenge: string; user: { name: string }; authenticatorSelection: { userVerification: string } }
      }
    const use = (invited: Invited, begun: Awaited<ReturnType<typeof begin>>, from = origin) =>
      panel.browser().ask('POST', 'invitations/use/passkey', {
        token: tokenOf(invited),
        ceremony: begun.ceremony,
        response: key.register(begun.options.challenge, from, 'panel.example'),
      })

    const begun = await begin(link)
    expect(begun.options).toMatchObject({
      user: { name: 'Ada' },
      authenticatorSelection: { userVerification: 'required' },
    })
    expect((await use(other, begun)).status).toBe(422)
    expect((await use(link, await begin(link), 'https://evil.example')).status).toBe(422)
    expect((await use(link, await begin(link))).status).toBe(200)
    expect((await everyone()).find(({ name }) => name === 'Ada')).toMatchObject({ passkeys: 1, password: false })
    expect((await panel.browser().ask('POST', 'session', { name: 'Ada', password })).status).toBe(401)

    const browser = panel.browser()
    const asked = await browser.ask('POST', 'session/passkey/options', {})
    const { ceremony, options } = (await asked.json()) as { ceremony: string; options: { challenge: string } }
    const response = await key.signIn(options.challenge, origin, 'panel.example')
    expect((await browser.ask('POST', 'session/passkey', { ceremony, response })).status).toBe(200)
    // The same passkey cannot be somebody else's too.
    expect((await use(other, await begin(other))).status).toBe(422)
    expect((await panel.browser().ask('POST', 'invitations/look', { token: tokenOf(other) })).status).toBe(200)
  })

  test('[A5] that is made up is limited like a wrong password', async () => {
    const guess = () => panel.browser().ask('POST', 'invitations/look', { token: 'x'.repeat(43) })
    for (let i = 0; i < 5; i++) expect((await guess()).status).toBe(404)
    expect((await guess()).status).toBe(429)
    const use = await panel.browser().ask('POST', 'invitations/use/password', { token: 'x'.repeat(43), password })
    expect(use.status).toBe(429)
  })

  test('[A3] ends the session of whoever used that browser before', async () => {
    const invited = await add()
    const browser = panel.browser(owner.cookie)
    await browser.ask('POST', 'invitations/use/password', { token: tokenOf(invited), password })
    expect(await isIn(owner)).toBe(false)
    expect(await (await browser.ask('GET', 'session')).json()).toMatchObject({ name: 'Ada', owner: false })
  })
})

describe('the owner changes', () => {
  test('[Z4] rights, the whole list, with the next request', async () => {
    const invited = await add({ rights: [grant('view')] })
    const ada = await join(invited)
    const set = (rights: Grant[]) => owner.ask('PUT', `people/${invited.person.id}/rights`, { rights })
    expect((await ada.ask('GET', `connections/${home}`)).status).toBe(200)
    const changed = await set([grant('edit', 'iot.home.arpa'), grant('none', '*', '*')])
    expect(((await changed.json()) as Person).rights).toEqual([grant('none', '*', '*'), grant('edit', 'iot.home.arpa')])
    expect(await (await ada.ask('GET', 'connections')).json()).toMatchObject([{ id: home, right: 'none' }])
    expect((await set([])).status).toBe(200)
    expect((await ada.ask('GET', `connections/${home}`)).status).toBe(404)
    const rows = await panel.env.DB.prepare('SELECT COUNT(*) AS n FROM rights').first<{ n: number }>()
    expect(rows?.n).toBe(0)
  })

  test('rights, unless somebody else has set them since they were read', async () => {
    const { person: ada } = await add({ rights: [grant('view'), grant('edit', 'iot.home.arpa')] })
    const set = (rights: Grant[], before: Grant[]) => owner.ask('PUT', `people/${ada.id}/rights`, { rights, before })
    const read = ada.rights.toReversed()
    expect((await set([grant('edit')], read)).status).toBe(200)
    const late = await set([grant('none')], read)
    expect(await refusal(late)).toEqual([409, '/problems/people/rights-changed'])
    const people = (await (await owner.ask('GET', 'people')).json()) as Person[]
    expect(people.find(({ id }) => id === ada.id)?.rights).toEqual([grant('edit')])
    expect((await set([grant('none')], [grant('edit')])).status).toBe(200)
  })

  test('rights of somebody who has one on a connection that the operator has taken away', async () => {
    const { person: ada } = await add()
    const gone = grant('view', '*', 'op_gone')
    await panel.env.DB.prepare("INSERT INTO rights VALUES (?, 'op_gone', '*', 'view')").bind(ada.id).run()
    const set = (rights: Grant[]) => owner.ask('PUT', `people/${ada.id}/rights`, { rights })
    expect((await set([gone, grant('view')])).status).toBe(200)
    expect((await set([grant('view')])).status).toBe(200)
    expect((await set([gone])).status).toBe(422)
  })

  test('a name, by which they sign in from then on', async () => {
    const invited = await add()
    await join(invited)
    const renamed = await owner.ask('PATCH', `people/${invited.person.id}`, { name: 'Ada L.' })
    expect(await renamed.json()).toMatchObject({ name: 'Ada L.' })
    expect((await panel.browser().ask('POST', 'session', { name: 'ada l.', password })).status).toBe(200)
    const taken = await owner.ask('PATCH', `people/${invited.person.id}`, { name: 'mara' })
    expect(await taken.json()).toMatchObject({ errors: [{ pointer: '/name' }] })
  })

  test('[Z5] who is an owner, but not whether they are one themselves', async () => {
    const invited = await add()
    const ada = await join(invited)
    expect((await ada.ask('GET', 'people')).status).toBe(403)
    await owner.ask('PATCH', `people/${invited.person.id}`, { owner: true })
    expect((await ada.ask('GET', 'people')).status).toBe(200)
    const own = await owner.ask('PATCH', 'people/mara', { owner: false })
    expect(await refusal(own)).toEqual([403, '/problems/access/forbidden'])
    expect((await owner.ask('PATCH', 'people/mara', { owner: true })).status).toBe(200)
    expect((await owner.ask('DELETE', 'people/mara')).status).toBe(403)
    expect((await ada.ask('PATCH', 'people/mara', { owner: false })).status).toBe(200)
    expect((await owner.ask('GET', 'people')).status).toBe(403)
  })

  test('[Z5] and two owners who turn on one another leave one', async () => {
    const second = await person(panel, 'bob', 'owner')
    const third = await person(panel, 'cyd', 'owner')
    await Promise.all([
      owner.ask('PATCH', 'people/bob', { owner: false }),
      second.ask('DELETE', 'people/mara'),
      third.ask('PATCH', 'people/mara', { owner: false }),
      second.ask('PATCH', 'people/cyd', { owner: false }),
      owner.ask('DELETE', 'people/cyd'),
    ])
    const left = await panel.env.DB.prepare('SELECT COUNT(*) AS n FROM users WHERE owner = 1').first<{ n: number }>()
    expect(left?.n).toBeGreaterThan(0)
  })

  test('[Z5] the database itself keeps the last owner', async () => {
    const { DB } = panel.env
    await expect(DB.prepare("UPDATE users SET owner = 0 WHERE id = 'mara'").run()).rejects.toThrow('last owner')
    await expect(DB.prepare("DELETE FROM users WHERE id = 'mara'").run()).rejects.toThrow('last owner')
    await person(panel, 'bob', 'owner')
    await DB.prepare("DELETE FROM users WHERE id = 'mara'").run()
    await expect(DB.prepare('UPDATE users SET owner = 0').run()).rejects.toThrow('last owner')
  })

  test('nothing of somebody who is not there', async () => {
    for (const [method, path, body] of [
      ['POST', 'people/usr_nobody/link', undefined],
      ['PUT', 'people/usr_nobody/rights', { rights: [] }],
      ['PATCH', 'people/usr_nobody', { name: 'Eve' }],
      ['DELETE', 'people/usr_nobody', undefined],
      ['DELETE', 'people/usr_nobody/sessions', undefined],
    ] as const) {
      expect((await owner.ask(method, path, body)).status).toBe(404)
    }
    expect(await log()).toEqual([])
  })
})

describe('the owner ends', () => {
  test('every session of a person', async () => {
    const invited = await add()
    const ada = await join(invited)
    const phone = panel.browser()
    await phone.ask('POST', 'session', { name: 'Ada', password })
    expect((await owner.ask('DELETE', `people/${invited.person.id}/sessions`)).status).toBe(204)
    expect([await isIn(ada), await isIn(phone), await isIn(owner)]).toEqual([false, false, true])
    expect((await panel.browser().ask('POST', 'session', { name: 'Ada', password })).status).toBe(200)
  })

  test('an account: signed out with the next request, and nothing of it is left', async () => {
    const invited = await add({ rights: [grant('full')] })
    const ada = await join(invited)
    const link = (await (await owner.ask('POST', `people/${invited.person.id}/link`)).json()) as Invited
    const key = await makeAuthenticator()
    await panel.env.DB.prepare("INSERT INTO passkeys VALUES ('k', ?, 'x', 0, '[]', '')").bind(invited.person.id).run()
    expect(key.counter).toBe(1)
    expect((await owner.ask('DELETE', `people/${invited.person.id}`)).status).toBe(204)
    expect(await refusal(await ada.ask('GET', 'connections'))).toEqual([401, '/problems/auth/signed-out'])
    expect((await panel.browser().ask('POST', 'session', { name: 'Ada', password })).status).toBe(401)
    expect((await panel.browser().ask('POST', 'invitations/look', { token: tokenOf(link) })).status).toBe(404)
    for (const table of ['sessions', 'passkeys', 'rights', 'invitations']) {
      const { results } = await panel.env.DB.prepare(`SELECT user_id FROM ${table}`).all<{ user_id: string }>()
      expect(results.map(({ user_id }) => user_id)).not.toContain(invited.person.id)
    }
    expect((await everyone()).map(({ name }) => name)).toEqual(['mara'])
  })
})

describe('[A7] a fresh authentication', () => {
  test.each([
    ['POST', 'people', { name: 'Eve', owner: true, rights: [] }, 403],
    ['POST', 'people/{ada}/link', undefined, 403],
    ['PUT', 'people/{ada}/rights', { rights: [] }, 403],
    ['PATCH', 'people/{ada}', { owner: true }, 403],
    ['DELETE', 'people/{ada}', undefined, 403],
    ['DELETE', 'people/{ada}/sessions', undefined, 204],
    ['GET', 'people', undefined, 200],
  ])('%s %s, five minutes after signing in: %s', async (method, path, body, status) => {
    const { person: ada } = await add()
    panel.clock.now += 5 * 60_000
    const response = await owner.ask(method, path.replace('{ada}', ada.id), body)
    expect(response.status).toBe(status)
    if (status === 403) expect(await refusal(response)).toEqual([403, '/problems/auth/confirm-needed'])
  })
})

describe('[L1] [L2] the access log', () => {
  test('has a line for all of it, newest first, with names as they were', async () => {
    const invited = await add({ rights: [grant('view')] })
    const id = invited.person.id
    await join(invited)
    await owner.ask('PUT', `people/${id}/rights`, { rights: [grant('edit')] })
    await owner.ask('PATCH', `people/${id}`, { name: 'Adele', owner: true })
    await owner.ask('PATCH', `people/${id}`, { name: 'Adele', owner: true })
    await owner.ask('PATCH', `people/${id}`, { owner: false })
    await owner.ask('DELETE', `people/${id}/sessions`)
    await owner.ask('POST', `people/${id}/link`)
    await owner.ask('DELETE', `people/${id}`)
    const mara = { actorId: 'mara', actor: 'mara', personId: id }
    expect((await log()).map(({ id: _, at: __, ...entry }) => entry)).toEqual([
      { ...mara, person: 'Adele', did: 'remove' },
      { ...mara, person: 'Adele', did: 'link' },
      { ...mara, person: 'Adele', did: 'sign-out' },
      { ...mara, person: 'Adele', did: 'not-owner' },
      { ...mara, person: 'Adele', did: 'owner' },
      { ...mara, person: 'Ada', did: 'rename', to: 'Adele' },
      { ...mara, person: 'Ada', did: 'rights', before: [grant('view')], after: [grant('edit')] },
      { actorId: id, actor: 'Ada', personId: id, person: 'Ada', did: 'join', by: 'password' },
      { ...mara, person: 'Ada', did: 'add', after: [grant('view')] },
    ])
  })

  test('begins with the first owner', async () => {
    panel = await emptyPanel()
    owner = panel.browser()
    await owner.ask('POST', 'setup/password', { token: 'test-setup-token-0123456789abcdef', name: 'Mara', password })
    expect(await log()).toMatchObject([{ actor: 'Mara', person: 'Mara', did: 'set-up', by: 'password' }])
  })

  test('is read page by page', async () => {
    const { person: ada } = await add()
    for (let i = 0; i < 60; i++) await owner.ask('DELETE', `people/${ada.id}/sessions`)
    const first = await log()
    expect(first).toHaveLength(50)
    const rest = (await (await owner.ask('GET', `access-log?before=${first.at(-1)?.id}`)).json()) as AccessEntry[]
    expect(rest).toHaveLength(11)
    expect(rest.at(-1)?.did).toBe('add')
    expect(new Set([...first, ...rest].map(({ id }) => id)).size).toBe(61)
  })

  test('can be added to, and nothing else', async () => {
    await add()
    const { DB } = panel.env
    const [entry] = await log()
    const refused = 'the access log is append-only'
    await expect(DB.prepare("UPDATE access_log SET actor = 'x'").run()).rejects.toThrow(refused)
    await expect(DB.prepare('DELETE FROM access_log').run()).rejects.toThrow(refused)
    const replace = DB.prepare("INSERT OR REPLACE INTO access_log VALUES (?, '', '', '', '', '', '', '{}')")
    await expect(replace.bind(entry?.id ?? '').run()).rejects.toThrow(refused)
    expect(await log()).toEqual([entry])
  })
})

test('[D14] people of the first version are there after the migration, and last seen when they were', async () => {
  await reset()
  const { DB } = env
  await applyD1Migrations(DB, env.MIGRATIONS.slice(0, 1))
  await DB.prepare("INSERT INTO users VALUES ('usr_a', 'Ada', 'ada', 1, NULL, 'then')").run()
  for (const at of ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z']) {
    await DB.prepare("INSERT INTO sessions VALUES (?1, ?1, 'usr_a', 0, ?1, ?1, ?1, ?1, 'x', 'x')").bind(at).run()
  }
  await applyD1Migrations(DB, env.MIGRATIONS)
  expect(await selectPeople(DB, Date.UTC(2026, 1, 2))).toEqual([
    {
      ...{ id: 'usr_a', name: 'Ada', owner: true, rights: [], passkeys: 0, password: false, sessions: 0 },
      ...{ createdAt: 'then', lastSeenAt: '2026-02-01T00:00:00.000Z' },
    },
  ])
})

test('[C2] who is no owner sees connections without the end of a secret and without the names of headers', async () => {
  const secret = 'an-api-key-of-some-length-1234'
  const added = await owner.ask('POST', 'connections', {
    ...{ name: 'Lab', provider: 'powerdns', url: 'http://127.0.0.1:8081', credentials: { apiKey: secret } },
    headers: [{ name: 'CF-Access-Client-Secret', value: secret }],
  })
  const { id } = (await added.json()) as { id: string }
  for (const right of ['view', 'edit', 'full'] as const) {
    const browser = await person(panel, `a-${right}`, [grant(right, '*', id)])
    const one: unknown = await (await browser.ask('GET', `connections/${id}`)).json()
    expect(one).toMatchObject({ name: 'Lab', right, credentials: {}, headers: [] })
    expect(await (await browser.ask('GET', 'connections')).json()).toEqual([one])
  }
})
