import type { Account } from '@zonedeck/shared/account'
import { describe, expect, it } from 'vitest'
import { makeUpstream } from '../upstream.ts'
import { policyFromEnv } from '../url-policy.ts'
import { passwordHash } from './simulator-state.ts'
import { simulate, type Simulation } from './simulator.ts'
import { users } from './users.ts'

const policy = policyFromEnv({ ALLOW_LOOPBACK_UPSTREAM: 'true' })
const KEY = '5f3b1c9a-0000-4000-8000-7d1e2f3a4b5c'
const containing = (text: string) => expect.stringContaining(text) as string

type Options = Omit<Parameters<typeof simulate>[0], 'users'>

const server = (options: Options = {}) =>
  simulate({
    users: [
      { userName: 'root', apikey: KEY, password: 'canary-of-root' },
      {
        userName: 'jsabev',
        apikey: 'key-of-jsabev',
        password: 'canary-of-jsabev',
        firstName: 'Jivko',
        lastName: 'Sabev',
        email: 'jivko@example.net',
        timeZoneId: 'America/Regina',
        localeName: 'en-SG',
      },
      { userName: 'ada', apikey: 'key-of-ada', password: 'canary-of-ada' },
    ],
    now: () => Date.parse('2017-12-20T21:26:17Z'),
    ...options,
  })

function connect(fetch: Simulation['fetch'], apiKey = KEY) {
  const upstream = makeUpstream({
    baseUrl: new URL('http://127.0.0.1:8080/jpower-admin/rest'),
    headers: {},
    fetch,
    policy,
    budget: { left: 1000 },
    sleep: () => Promise.resolve(),
  })
  return users({ upstream, credentials: { apiKey }, now: Date.now })
}

const values = ({ fields }: Account) => Object.fromEntries(fields.map(({ id, value }) => [id, value]))
const facts = (account: Account) => Object.fromEntries(account.facts.map(({ label, value }) => [label, value]))
const user = ({ state }: Simulation, name: string) => state.users.find(({ userName }) => userName === name)

/** Does what it is asked, and answers 500 all the same. */
const dishonest =
  ({ fetch }: Simulation): Simulation['fetch'] =>
  async (request) => {
    const answer = await fetch(request)
    return request.method === 'GET' ? answer : new Response('<h1>Error</h1>', { status: 500 })
  }
const dead =
  ({ fetch }: Simulation, code: number): Simulation['fetch'] =>
  (request) =>
    request.method === 'GET'
      ? fetch(request)
      : Promise.resolve(new Response('password canary-of-new', { status: code }))

describe('an account of CustomDNS', () => {
  it('is one’s own, with what can be changed of it', async () => {
    const { fetch } = await server()
    const account = await connect(fetch, 'key-of-jsabev').read()
    expect(account).toMatchObject({ name: 'jsabev', self: true, root: false })
    expect(values(account)).toEqual({
      firstName: 'Jivko',
      lastName: 'Sabev',
      email: 'jivko@example.net',
      timeZoneId: 'America/Regina',
      localeName: 'en-SG',
      password: undefined,
    })
    expect(facts(account)).toEqual({ Zones: '0', Made: '2017-12-20 21:26 UTC', Changed: '2017-12-20 21:26 UTC' })
    expect(values(await connect(fetch, 'key-of-ada').read())).toMatchObject({ firstName: '', email: '' })
  })

  it('is any other for a ROOT account, with the number of its zones and their names', async () => {
    const simulation = await server()
    for (const name of ['one.example', 'two.example']) {
      await simulation.fetch(
        new Request('http://x/zone?userName=ada', {
          method: 'POST',
          headers: { 'X-CustomDNS-API-Key': KEY, 'content-type': 'application/xml' },
          body: `<domain><name>${name}</name><type>NATIVE</type></domain>`,
        }),
      )
    }
    const root = connect(simulation.fetch)
    expect(await root.read()).toMatchObject({ name: 'root', self: true, root: true })
    expect(facts(await root.read())).toMatchObject({ Role: containing('ROOT'), Zones: '2' })
    const ada = await root.read('ada')
    expect(ada).toMatchObject({ name: 'ada', self: false, root: true })
    expect(facts(ada)).toMatchObject({ Zones: '2' })
    expect(await root.zonesOf('ada')).toEqual(['one.example', 'two.example'])
    expect(await root.zonesOf('jsabev')).toEqual([])
    expect(await connect(simulation.fetch, 'key-of-ada').zonesOf('ada')).toEqual(['one.example', 'two.example'])
    expect(simulation.log.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/zone/count', '/zone/ada/count', '/zone/ada/list/', '/user/ada', '/user']),
    )
    await expect(root.read('nobody')).rejects.toMatchObject({ kind: 'missing' })
  })

  it('is nobody else’s without ROOT', async () => {
    const { fetch } = await server()
    const ada = connect(fetch, 'key-of-ada')
    for (const call of [
      () => ada.read('jsabev'),
      () => ada.update('jsabev', { firstName: 'X' }, {}),
      () => ada.remove('jsabev'),
      () => ada.create('new', {}, { password: 'x' }),
      () => ada.zonesOf('jsabev'),
    ]) {
      await expect(call()).rejects.toMatchObject({ kind: 'forbidden' })
    }
    await expect(connect(fetch, 'wrong').read()).rejects.toMatchObject({ kind: 'auth' })
  })

  it('that is not there is told from one that may not be seen, where the server fails at both', async () => {
    const simulation = await server()
    const failing: Simulation['fetch'] = async (request) => {
      const answer = await simulation.fetch(request)
      return [403, 404].includes(answer.status) ? new Response(null, { status: 500 }) : answer
    }
    await expect(connect(failing).read('nobody')).rejects.toMatchObject({ kind: 'missing' })
    await expect(connect(failing, 'key-of-ada').read('nobody')).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

describe('changing an account', () => {
  it('sends everything that can be changed, and no hash', async () => {
    const simulation = await server()
    const hash = user(simulation, 'jsabev')?.password
    await connect(simulation.fetch, 'key-of-jsabev').update('jsabev', { firstName: 'Jivko <&>', email: '' }, {})
    expect(user(simulation, 'jsabev')).toMatchObject({
      firstName: 'Jivko <&>',
      lastName: 'Sabev',
      timeZoneId: 'America/Regina',
      localeName: 'en-SG',
      password: hash,
    })
    expect(user(simulation, 'jsabev')?.email).toBeUndefined()
    const { body = '', path } = simulation.log.at(-1) ?? {}
    expect(path).toBe('/user')
    expect(body.match(/<(\w+)>/g)).toEqual([
      '<user>',
      '<userName>',
      '<firstName>',
      '<lastName>',
      '<email>',
      '<localeName>',
      '<timeZoneId>',
    ])
    expect(body).not.toContain(hash)
  })

  it('changes a password in plain text, which the server hashes', async () => {
    const simulation = await server()
    await connect(simulation.fetch).update('jsabev', {}, { password: 'new & better' })
    expect(user(simulation, 'jsabev')).toMatchObject({
      password: await passwordHash('new & better'),
      firstName: 'Jivko',
    })
  })

  it('needs the password that was said to come along', async () => {
    const simulation = await server()
    const root = connect(simulation.fetch)
    const asked = simulation.log.length
    for (const call of [
      () => root.create('new', { password: true }, {}),
      () => root.create('new', {}, { password: '' }),
      () => root.update('ada', { password: true, firstName: 'Ada' }, {}),
    ]) {
      await expect(call()).rejects.toMatchObject({ kind: 'refused', field: 'password' })
    }
    expect(simulation.log.slice(asked).filter(({ method }) => method !== 'GET')).toEqual([])
  })

  it('knows one’s own account by any spelling that the server takes', async () => {
    const { fetch } = await server()
    const lax: Simulation['fetch'] = (request) =>
      fetch(new Request(request.url.replace(/user\/ROOT$/i, 'user/root'), request))
    expect(await connect(lax).read('Root')).toMatchObject({ name: 'root', self: true })
  })

  it('is judged by what is there when the server fails', async () => {
    const simulation = await server()
    const half = connect(dishonest(simulation))
    await half.update('ada', { firstName: 'Ada' }, {})
    await half.create('new', {}, { password: 'x' })
    expect(user(simulation, 'new')).toBeDefined()
    await half.remove('new')
    expect(user(simulation, 'new')).toBeUndefined()
    // Whether it took a password cannot be seen.
    await expect(half.update('ada', {}, { password: 'y' })).rejects.toMatchObject({ kind: 'refused' })
    const never = connect(dead(simulation, 500))
    await expect(never.update('ada', { firstName: 'Bea' }, {})).rejects.toMatchObject({ kind: 'refused' })
    await expect(never.create('other', {}, { password: 'canary-of-new' })).rejects.toMatchObject({ kind: 'refused' })
    await expect(never.remove('ada')).rejects.toMatchObject({ kind: 'refused' })
  })
})

describe('making and deleting an account', () => {
  it('takes a name, a password and what else is given', async () => {
    const simulation = await server()
    const root = connect(simulation.fetch)
    expect(
      root
        .newFields()
        .filter(({ required }) => required)
        .map(({ id }) => id),
    ).toEqual(['password'])
    await root.create('janedoe', { firstName: 'Jane', lastName: 'Doe', email: '' }, { password: 'password' })
    expect(await root.read('janedoe')).toMatchObject({ name: 'janedoe', self: false })
    expect(user(simulation, 'janedoe')).toMatchObject({ firstName: 'Jane', password: await passwordHash('password') })
    await expect(root.create('janedoe', {}, { password: 'x' })).rejects.toMatchObject({ kind: 'conflict' })
    await root.remove('janedoe')
    await expect(root.read('janedoe')).rejects.toMatchObject({ kind: 'missing' })
    await expect(root.remove('janedoe')).rejects.toMatchObject({ kind: 'missing' })
  })

  it('ends with one’s own, whose key is gone then', async () => {
    for (const honest of [true, false]) {
      const simulation = await server()
      const ada = connect(honest ? simulation.fetch : dishonest(simulation), 'key-of-ada')
      await ada.remove('ada')
      await expect(ada.read()).rejects.toMatchObject({ kind: 'auth' })
      expect(simulation.state.users).toHaveLength(2)
    }
  })
})

it('no password and no key of any account comes out of it', async () => {
  for (const options of [{}, { ignoresAccept: true }, { ignoresAccept: true, json: { shape: 'jettison' as const } }]) {
    const simulation = await server(options)
    const root = connect(simulation.fetch)
    const odd = connect(async (request) => {
      const answer = await simulation.fetch(request)
      return new Response((await answer.text()).replaceAll('userName', 'nobody'), answer)
    })
    const error = (call: Promise<unknown>) =>
      call.catch((thrown: unknown) => `${String(thrown)} ${JSON.stringify(thrown)}`)
    const said = [
      await root.read(),
      await root.read('jsabev'),
      root.newFields(),
      await root.zonesOf('jsabev'),
      await error(odd.read()),
      await error(root.read('nobody')),
      await error(connect(dead(simulation, 400)).create('new', {}, { password: 'canary-of-new' })),
    ]
    for (const { password, apikey } of simulation.state.users) {
      expect(JSON.stringify(said)).not.toContain(password)
      expect(JSON.stringify(said)).not.toContain(apikey)
    }
    expect(JSON.stringify(said)).not.toContain('canary')
  }
})
