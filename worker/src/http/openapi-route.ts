import * as z from 'zod'
import document from '../../openapi.json' with { type: 'json' }
import { json, route, router } from './route.ts'

const get = route(
  { needs: 'anonymous', stepUp: false },
  {
    method: 'get',
    path: '/openapi.json',
    summary: 'This description',
    responses: { 200: json(z.looseObject({ openapi: z.string() }), 'OpenAPI 3.1') },
  },
)

export const openapi = router().openapi(get, (c) => c.json(document, 200))
