import { OpenAPIHono } from '@hono/zod-openapi'
import { invitations } from './features/access/invitation-routes.ts'
import { people } from './features/access/routes.ts'
import { accounts } from './features/accounts/routes.ts'
import { connections } from './features/connections/routes.ts'
import { counters } from './features/counters/routes.ts'
import { delegation } from './features/delegation/routes.ts'
import { filterCompat } from './features/filter-compat/routes.ts'
import { filterTokens } from './features/filter-tokens/routes.ts'
import { filterPauses } from './features/filters/pause-routes.ts'
import { filterLists } from './features/filters/list-routes.ts'
import { filters } from './features/filters/routes.ts'
import { health } from './features/health/routes.ts'
import { history } from './features/history/routes.ts'
import { providers } from './features/providers/routes.ts'
import { sandbox } from './features/sandbox/routes.ts'
import { search } from './features/search/routes.ts'
import { session } from './features/session/routes.ts'
import { setup } from './features/setup/routes.ts'
import { statistics } from './features/statistics/routes.ts'
import { badges } from './features/shares/badge-routes.ts'
import { shares } from './features/shares/routes.ts'
import { visitors } from './features/shares/visitor-routes.ts'
import { zoneState } from './features/zone-state/routes.ts'
import { zones } from './features/zones/routes.ts'
import { immutableAsset } from './http/assets.ts'
import { limitBody } from './http/body-limit.ts'
import { canonicalPath } from './http/canonical-path.ts'
import type { AppEnv, Call } from './http/context.ts'
import { openapi } from './http/openapi-route.ts'
import { answerError, answerNotFound } from './http/problem.ts'
import { requestScope } from './http/request-scope.ts'
import { sameSite } from './http/same-site.ts'
import { securityHeaders } from './http/security-headers.ts'

/** Everything the worker answers, with the clock and the internet it is given. */
export function makeApp(outside: Pick<Call, 'now' | 'fetch'>) {
  const app = new OpenAPIHono<AppEnv>()
  app.use(requestScope(outside), securityHeaders, canonicalPath)
  app.route('/', filterCompat)
  app.use(sameSite, limitBody)
  app.onError(answerError)
  app.notFound(answerNotFound)
  app.get('/_app/immutable/*', immutableAsset)
  const api = new OpenAPIHono<AppEnv>()
    .basePath('/api/v1')
    .route('/', health)
    .route('/', openapi)
    .route('/', setup)
    .route('/', session)
    .route('/', invitations)
    .route('/', people)
    .route('/', providers)
    .route('/', sandbox)
    .route('/', connections)
    .route('/', accounts)
    .route('/', counters)
    .route('/', statistics)
    .route('/', filters)
    .route('/', filterTokens)
    .route('/', filterPauses)
    .route('/', filterLists)
    .route('/', zones)
    .route('/', zoneState)
    .route('/', search)
    .route('/', delegation)
    .route('/', history)
    .route('/', shares)
  app.route('/', badges).route('/', new OpenAPIHono<AppEnv>().basePath('/api/share').route('/', visitors))
  return app.route('/', api)
}

/**
 * What `hc` in the panel knows of the API, through the emitted declarations.
 *
 * @public
 */
export type Api = ReturnType<typeof makeApp>
