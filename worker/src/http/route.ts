import { createRoute, OpenAPIHono, type RouteConfig } from '@hono/zod-openapi'
import type { AppEnv } from './context.ts'
import { guard, type Access } from './rights.ts'
import { invalidBody } from './validation.ts'

/** A small app for one feature; `app.ts` mounts it. */
export function router(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: invalidBody })
}

/**
 * Declares a route, what one must be allowed to do to use it, and whether it needs a fresh authentication. There is no
 * other way to make a route: without a declaration it does not compile, and a test finds what is mounted past this
 * function.
 */
export function route<P extends string, const R extends Omit<RouteConfig, 'path' | 'middleware'> & { path: P }>(
  access: Access,
  config: R,
) {
  return createRoute({ ...config, 'x-needs': access.needs, 'x-step-up': access.stepUp, middleware: guard(access) })
}

/** A response with a JSON body, or a request body: `json(schema, 'what it is')`. */
export function json<S>(schema: S, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

export function body<S>(schema: S) {
  return { required: true, content: { 'application/json': { schema } } }
}
