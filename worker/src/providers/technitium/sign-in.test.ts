import { describe, expect, it } from 'vitest'
import { connect } from './simulator-client.ts'
import { totpCode } from './simulator/totp.ts'

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const PASSWORD = 'correct horse battery staple'
const now = () => Date.parse('2026-11-23T20:00:00Z')

const start = (version: '15.2' | '14.3', totpSecret?: string) =>
  connect({ version, now, admin: { password: PASSWORD, ...(totpSecret === undefined ? {} : { totpSecret }) } })

describe.each(['15.2', '14.3'] as const)('signing in to version %s', (version) => {
  it('makes a token, leaves no session behind, and keeps no password', async () => {
    const { signIn, sent, as, call } = start(version)
    const kept = await signIn({ user: 'admin', password: PASSWORD, node: 'ns2.cluster.example' })
    expect(sent.map(({ path }) => path)).toEqual(['user/login', 'user/createToken', 'user/logout'])
    // From version 15 on the session makes the token; before, the call asks for the password itself.
    expect('pass' in sent[1]!.form).toBe(version === '14.3')
    expect(kept).toEqual({ token: expect.stringMatching(/^[0-9a-f]{64}$/) as string, node: 'ns2.cluster.example' })
    expect((await as(kept).test()).account).toBe('admin (token Zonedeck)')
    const { response } = (await call('admin/sessions/list', {})) as { response: { sessions: { type: string }[] } }
    expect(response.sessions.map(({ type }) => type)).toEqual(['ApiToken', 'ApiToken'])
  })

  it('asks for the code of a second factor at its own field', async () => {
    const { signIn, sent } = start(version, SECRET)
    const without = signIn({ user: 'admin', password: PASSWORD })
    await expect(without).rejects.toMatchObject({ kind: 'auth', field: 'totp' })
    const stale = signIn({ user: 'admin', password: PASSWORD, totp: '000000' })
    await expect(stale).rejects.toMatchObject({ kind: 'auth', field: 'totp' })
    const code = totpCode(SECRET, now())
    const kept = await signIn({ user: 'admin', password: PASSWORD, totp: `${code.slice(0, 3)} ${code.slice(3)}` })
    expect(Object.keys(kept)).toEqual(['token'])
    expect(sent.map(({ path }) => path).filter((path) => path === 'user/login')).toHaveLength(3)
  })

  it('tries a wrong password once, and says which field it is', async () => {
    const { signIn, sent } = start(version)
    await expect(signIn({ user: 'admin', password: 'wrong' })).rejects.toMatchObject({
      kind: 'auth',
      field: 'password',
    })
    expect(sent.map(({ path }) => path)).toEqual(['user/login'])
  })

  it('ends the session when no token is made', async () => {
    const { signIn, simulator, call } = start(version)
    const { fetch } = simulator
    simulator.fetch = (request) =>
      request.url.endsWith('/createToken')
        ? Promise.resolve(Response.json({ status: 'error', errorMessage: 'No tokens today.' }))
        : fetch(request)
    await expect(signIn({ user: 'admin', password: PASSWORD })).rejects.toThrow('No tokens today.')
    const { response } = (await call('admin/sessions/list', {})) as { response: { sessions: { type: string }[] } }
    expect(response.sessions.map(({ type }) => type)).toEqual(['ApiToken'])
  })

  it('says that the server lets nobody in for a while', async () => {
    const { signIn } = start(version)
    for (let failure = 0; failure < 5; failure++) await signIn({ user: 'admin', password: 'wrong' }).catch(() => null)
    const shut = signIn({ user: 'admin', password: PASSWORD })
    await expect(shut).rejects.toMatchObject({ kind: 'rate-limited', retryAfter: 300 })
  })
})

it.each([
  [{ user: 'admin' }, 'password'],
  [{ password: PASSWORD }, 'user'],
  [{ user: 'admin', password: PASSWORD, totp: '12345' }, 'totp'],
  [{ user: 'admin', password: PASSWORD, token: 'x' }, 'user'],
])('sends nothing for %j', async (credentials: Record<string, string>, field) => {
  const { signIn, sent } = start('15.2')
  await expect(signIn(credentials)).rejects.toMatchObject({ kind: 'auth', field })
  expect(sent).toEqual([])
})
