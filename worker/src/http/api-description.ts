import type { OpenAPIHono } from '@hono/zod-openapi'
import { problemSchema } from '@zonedeck/shared/problem'
import type { AppEnv } from './context.ts'

const problem = {
  description: 'A problem (RFC 9457). Branch on its `type`, which is stable.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

/**
 * The OpenAPI 3.1 document of the API, made from the very schemas that check requests and type responses. It takes a
 * while, so it is made when building and served from a file.
 */
export function describeApi(app: Pick<OpenAPIHono<AppEnv>, 'getOpenAPI31Document' | 'openAPIRegistry'>): object {
  app.openAPIRegistry.register('Problem', problemSchema)
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Zonedeck',
      version: '1',
      description:
        'The API that the panel itself uses. Signed in by the cookie `__Host-sid`; a request that changes something needs ' +
        'the header `Origin` of the panel. `x-needs` says what the caller must be allowed to do, `x-step-up` whether they ' +
        'must have signed in or confirmed within the last five minutes.',
    },
    security: [{ session: [] }],
  })
  for (const item of Object.values(document.paths ?? {})) {
    for (const operation of [item.get, item.post, item.put, item.patch, item.delete]) {
      if (operation === undefined) continue
      operation.responses = { ...operation.responses, default: problem }
      const needs: unknown = Reflect.get(operation, 'x-needs')
      if (needs === 'anonymous') operation.security = []
    }
  }
  document.components = {
    ...document.components,
    securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-sid' } },
  }
  return document
}
