import * as z from 'zod'
import { json, route, router } from '../../http/route.ts'

const get = route(
  { needs: 'anonymous', stepUp: false },
  {
    method: 'get',
    path: '/health',
    summary: 'Does the worker answer?',
    responses: { 200: json(z.strictObject({ status: z.literal('ok') }), 'Yes') },
  },
)

export const health = router().openapi(get, (c) => c.json({ status: 'ok' as const }, 200))
