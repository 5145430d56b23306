import { providerInfoSchema } from '@zonedeck/shared/connection'
import * as z from 'zod'
import { json, route, router } from '../../http/route.ts'
import { providers as registry } from '../../providers/index.ts'

const list = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'get',
    path: '/providers',
    summary: 'The kinds of server the panel can connect to, and what it can do with each',
    responses: { 200: json(z.array(providerInfoSchema), 'All of them') },
  },
)

export const providers = router().openapi(list, (c) =>
  c.json(
    Object.values(registry).map(({ about }) => about),
    200,
  ),
)
