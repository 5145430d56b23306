import { OpenAPIHono } from '@hono/zod-openapi'
import { connections } from './features/connections/routes.ts'
import { health } from './features/health/routes.ts'
import { history } from './features/history/routes.ts'
import { providers } from './features/providers/routes.ts'
import { sandbox } from './features/sandbox/routes.ts'
import { session } from './features/session/routes.ts'
import { setup } from './features/setup/routes.ts'
import { zones } from './features/zones/routes.ts'
import type { AppEnv, Call } from './http/context.ts'

/** Everything the worker answers, with the clock and the internet it is given. */
export function makeApp(outside: Pick<Call, 'now' | 'fetch'>) {
  const app = new OpenAPIHono<AppEnv>()
  app.use(async (c, next) => {
    c.set('call', { ...outside, env: c.env, requestId: crypto.randomUUID() })
    await next()
  })
  return app
    .basePath('/api/v1')
    .route('/', health)
    .route('/', setup)
    .route('/', session)
    .route('/', providers)
    .route('/', sandbox)
    .route('/', connections)
    .route('/', zones)
    .route('/', history)
}

/** What `hc` in the panel knows of the API. */
export type Api = ReturnType<typeof makeApp>
