import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Right } from '@zonedeck/shared/connection'
import { vi } from 'vitest'
import { makeApp } from '../app.ts'
import type { Env } from '../env.ts'
import { digest, makeToken } from './ids.ts'

/** The panel as tests drive it: its own clock, its own internet, and browsers that keep cookies. */
export const origin = 'https://panel.example'

export interface Panel {
  env: Env
  clock: { now: number }
  /** Everything the panel sent out. */
  sent: Request[]
  /** Every line of its log. */
  logged: string[]
  browser: (cookie?: string) => Browser
}

export interface Browser {
  cookie: string
  ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>
}

/** An empty panel: every table made anew. */
export async function emptyPanel(
  options: { vars?: Record<string, string>; internet?: (request: Request) => Promise<Response> } = {},
): Promise<Panel> {
  await reset()
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  const clock = { now: Date.UTC(2026, 10, 23, 12) }
  const sent: Request[] = []
  const logged: string[] = []
  vi.spyOn(console, 'log').mockImplementation((...texts: unknown[]) => void logged.push(texts.map(String).join(' ')))
  const internet = options.internet ?? (() => Promise.reject(new Error('There is no internet in this test.')))
  const fetch = (request: Request) => {
    sent.push(request)
    return internet(request)
  }
  // Durable Objects have no one to hand them theirs: they take the global one.
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => fetch(new Request(input, init)))
  const app = makeApp({ now: () => clock.now, fetch })
  const vars: Env = Object.assign({ ...env }, options.vars)
  return {
    env: vars,
    clock,
    sent,
    logged,
    browser: (cookie = '') => {
      const browser: Browser = {
        cookie,
        ask: async (method, path, body, headers = {}) => {
          const response = await app.request(
            origin + (path.startsWith('/') ? path : `/api/v1/${path}`),
            {
              method,
              headers: {
                Origin: origin,
                'Sec-Fetch-Site': 'same-origin',
                ...(browser.cookie === '' ? {} : { Cookie: browser.cookie }),
                ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
                ...headers,
              },
              ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
            },
            vars,
          )
          const set = /^(__Host-sid=[^;]*)/.exec(response.headers.get('Set-Cookie') ?? '')
          if (set?.[1] !== undefined) browser.cookie = set[1] === '__Host-sid=' ? '' : set[1]
          return response
        },
      }
      return browser
    },
  }
}

/** Puts a person into the database, signed in. */
export async function person(
  panel: Panel,
  id: string,
  rights: { connection: string; zone: string; right: Right }[] | 'owner',
): Promise<Browser> {
  const { DB } = panel.env
  const token = makeToken()
  const at = new Date(panel.clock.now).toISOString()
  await DB.batch([
    DB.prepare('INSERT INTO users (id, name, name_key, owner, created_at) VALUES (?, ?, ?, ?, ?)').bind(
      id,
      id,
      id,
      rights === 'owner' ? 1 : 0,
      at,
    ),
    ...(rights === 'owner' ? [] : rights).map(({ connection, zone, right }) =>
      DB.prepare('INSERT INTO rights (user_id, connection_id, zone, level) VALUES (?, ?, ?, ?)').bind(
        id,
        connection,
        zone,
        right,
      ),
    ),
    DB.prepare(
      `INSERT INTO sessions (id, token_hash, user_id, remember, created_at, last_seen_at, expires_at,
         authenticated_at, device, network)
       VALUES (?, ?, ?, 0, ?, ?, ?, ?, 'Test', '127.0.0.0/24')`,
    ).bind(`ses_${id}`, digest(token), id, at, at, new Date(panel.clock.now + 12 * 3_600_000).toISOString(), at),
  ])
  return panel.browser(`__Host-sid=${token}`)
}
