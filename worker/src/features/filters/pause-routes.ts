import { pauseInputSchema, pauseSchema } from '@zonedeck/shared/content-filter'
import * as z from 'zod'
import { signedIn } from '../../http/rights.ts'
import { body, json, route, router } from '../../http/route.ts'
import { endPause, listPauses, startPause } from './pauses.ts'

const connection = z.strictObject({ connection: z.string().max(80) })
const base = '/connections/{connection}/filter/pauses'
const edit = { right: 'edit', on: 'connection' } as const

const list = route(
  { needs: { right: 'view', on: 'connection' }, stepUp: false },
  {
    method: 'get',
    path: base,
    summary: 'What is paused or let through for a time',
    request: { params: connection },
    responses: { 200: json(z.array(pauseSchema), 'The first one first') },
  },
)

const start = route(
  { needs: edit, stepUp: false },
  {
    method: 'post',
    path: base,
    summary: 'Pauses filtering, or lets a name through, for a time; one for the same thing replaces the old one',
    request: { params: connection, body: body(pauseInputSchema) },
    responses: { 200: json(pauseSchema, 'It runs'), 202: json(pauseSchema, 'Sent, and not confirmed yet') },
  },
)

const end = route(
  { needs: edit, stepUp: false },
  {
    method: 'delete',
    path: `${base}/{pause}`,
    summary: 'Ends a pause before its time, or forgets one that is over',
    request: { params: connection.extend({ pause: z.string().max(80) }) },
    responses: { 200: json(pauseSchema, 'It is over'), 202: json(pauseSchema, 'The server has not taken it yet') },
  },
)

export const filterPauses = router()
  .openapi(list, async (c) => c.json(await listPauses(c.get('call'), c.req.valid('param').connection), 200))
  .openapi(start, async (c) => {
    const me = await signedIn(c)
    const pause = await startPause(c.get('call'), me, c.req.valid('param').connection, c.req.valid('json'))
    return pause.state === 'starting' ? c.json(pause, 202) : c.json(pause, 200)
  })
  .openapi(end, async (c) => {
    const me = await signedIn(c)
    const { connection, pause: id } = c.req.valid('param')
    const pause = await endPause(c.get('call'), me, connection, id)
    return pause.state === 'ending' ? c.json(pause, 202) : c.json(pause, 200)
  })
