import { expect, it } from 'vitest'
import { Visit, type Keep } from './visit.svelte.ts'

const view = { title: 'Ours', servers: [] }
const problem = (status: number, type: string) => Response.json({ type: `/problems/${type}`, status }, { status })

/** A panel that answers as it is told, in turn. */
function panel(...answers: (Response | Error)[]) {
  const asked: string[] = []
  const send = (path: string, init: RequestInit) => {
    const auth = new Headers(init.headers).get('Authorization')
    asked.push(`${path} ${auth ?? (init.body as string | undefined) ?? ''}`)
    const answer = answers.shift()
    return answer instanceof Response ? Promise.resolve(answer) : Promise.reject(answer ?? new Error('offline'))
  }
  return { asked, send }
}
const session = (name: string) => Response.json({ session: name, until: '2026-11-23T13:00:00Z' })

function memory(): NonNullable<Keep> {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

it('exchanges the token once and asks for the page with the session', async () => {
  const { asked, send } = panel(session('s1'), Response.json(view), Response.json(view))
  const visit = new Visit('token-of-it', send, null)
  await visit.look()
  await visit.look()
  expect([visit.state, visit.view]).toEqual(['open', view])
  expect(asked).toEqual([
    '/api/share/session {"token":"token-of-it"}',
    '/api/share/view Bearer s1',
    '/api/share/view Bearer s1',
  ])
})

it('a reload goes on with the session, another link does not', async () => {
  const keep = memory()
  await new Visit('token-one', panel(session('s1'), Response.json(view)).send, keep).look()
  const again = panel(Response.json(view))
  await new Visit('token-one', again.send, keep).look()
  expect(again.asked).toEqual(['/api/share/view Bearer s1'])
  const other = panel(session('s2'), Response.json(view))
  await new Visit('other-one', other.send, keep).look()
  expect(other.asked[0]).toContain('/api/share/session')
})

it('asks for a passcode, says when it is wrong, and keeps it for the next hour', async () => {
  const { asked, send } = panel(
    problem(401, 'share/passcode-needed'),
    problem(401, 'share/passcode-wrong'),
    session('s1'),
    Response.json(view),
    problem(401, 'share/session-over'),
    session('s2'),
    Response.json(view),
  )
  const visit = new Visit('token', send, null)
  await visit.look()
  expect([visit.state, visit.trouble]).toEqual(['passcode', null])
  await visit.enter('guess')
  expect(visit.trouble).toContain('not the passcode')
  await visit.enter('right')
  expect(visit.state).toBe('open')
  await visit.look()
  expect(visit.state).toBe('open')
  expect(asked.at(-2)).toBe('/api/share/session {"token":"token","passcode":"right"}')
})

it('a link that was taken back shows nothing any more', async () => {
  const { send } = panel(
    session('s1'),
    Response.json(view),
    problem(401, 'share/session-over'),
    problem(404, 'share/ended'),
  )
  const visit = new Visit('token', send, memory())
  await visit.look()
  await visit.look()
  expect([visit.state, visit.view]).toEqual(['gone', null])
})

it('keeps what it has when there is no answer', async () => {
  const { send } = panel(session('s1'), Response.json(view), new Error('offline'), problem(503, 'config/x'))
  const visit = new Visit('token', send, null)
  await visit.look()
  await visit.look()
  expect([visit.state, visit.view]).toEqual(['silent', view])
  await visit.look()
  expect([visit.state, visit.view]).toEqual(['silent', view])
})
