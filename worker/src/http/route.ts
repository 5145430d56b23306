import { createRoute, OpenAPIHono, type RouteConfig } from '@hono/zod-openapi'
import type { AppEnv } from './context.ts'
import { guard, type Needs } from './rights.ts'
import { invalidBody } from './validation.ts'

/** A small app for one feature; `app.ts` mounts it. */
export function router(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: invalidBody })
}

/**
 * Declares a route, and what one must be allowed to do to use it. There is no other way to make a route: without a
 * declaration it does not compile, and a test finds what is mounted past this function.
 */
export function route<P extends string, const R extends Omit<RouteConfig, 'path' | 'middleware'> & { path: P }>(
  needs: Needs,
  config: R,
) {
  return createRoute({ ...config, 'x-needs': needs, middleware: guard(needs) })
}

/** A response with a JSON body, or a request body: `json(schema, 'what it is')`. */
export function json<S>(schema: S, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

export function body<S>(schema: S) {
  return { required: true, content: { 'application/json': { schema } } }
}
