import { applyInputSchema, jobSchema, planInputSchema, planSchema } from '@zonedeck/shared/job'
import { zoneContentSchema, zoneSchema } from '@zonedeck/shared/zone'
import * as z from 'zod'
import { requireFresh, requireRight, signedIn } from '../../http/rights.ts'
import { body, json, route, router } from '../../http/route.ts'
import { askApply, askJob, askPlan } from '../../objects/ask-writer.ts'
import { askEach } from '../connections/ask-each.ts'
import { listConnections } from '../connections/service.ts'
import { requireOperation } from './operation-rights.ts'
import { readZone } from './service.ts'
import { zoneParam } from './zone-param.ts'
import { zonesOf } from './zones-of.ts'

const connection = z.strictObject({ connection: z.string().max(80) })
const zone = connection.extend({ zone: zoneParam })
const job = zone.extend({ job: z.string().max(80) })
const base = '/connections/{connection}/zones'
/** As `string`: the typed client would take the literal for a JSON document. */
const ndjson: string = 'application/x-ndjson'

const all = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'get',
    path: '/zones',
    summary: 'The zones of every connection, each connection as soon as it answers',
    responses: {
      200: {
        description: 'One JSON object a line: `{ connection, zones }` or `{ connection, problem }`.',
        content: { [ndjson]: { schema: z.string() } },
      },
    },
  },
)

const list = route(
  { needs: { right: 'view', on: 'within' }, stepUp: false },
  {
    method: 'get',
    path: base,
    summary: 'The zones of one connection',
    request: { params: connection },
    responses: {
      200: json(z.strictObject({ zones: z.array(zoneSchema) }), 'Its zones, as far as the caller may see them'),
    },
  },
)

const read = route(
  { needs: { right: 'view', on: 'zone' }, stepUp: false },
  {
    method: 'get',
    path: `${base}/{zone}`,
    summary: 'A whole zone, fresh from its server',
    request: { params: zone },
    responses: { 200: json(zoneContentSchema, 'The zone') },
  },
)

const plan = route(
  { needs: { right: 'edit', on: 'zone' }, stepUp: false },
  {
    method: 'post',
    path: `${base}/{zone}/plans`,
    summary: 'Checks changes against the zone as it is now, and signs them for applying; writes nothing',
    request: { params: zone, body: body(planInputSchema) },
    responses: { 200: json(planSchema, 'The plan') },
  },
)

const apply = route(
  { needs: { right: 'edit', on: 'zone' }, stepUp: false },
  {
    method: 'post',
    path: `${base}/{zone}/jobs`,
    summary: 'Applies a plan; deleting the zone and changing its permissions need a fresh authentication',
    request: { params: zone, body: body(applyInputSchema) },
    responses: { 200: json(jobSchema, 'Finished'), 202: json(jobSchema, 'Begun: follow the job') },
  },
)

const follow = route(
  { needs: { right: 'view', on: 'zone' }, stepUp: false },
  {
    method: 'get',
    path: `${base}/{zone}/jobs/{job}`,
    summary: 'How far a job is',
    request: { params: job },
    responses: { 200: json(jobSchema, 'The job') },
  },
)

/** Operations that destroy a zone or hand it to others. */
const takesOver = new Set(['delete', 'permissions'])

export const zones = router()
  .openapi(all, async (c) => {
    const call = c.get('call')
    const me = await signedIn(c)
    const lines = askEach(
      call,
      () => listConnections(call, me),
      async ({ id }, calls) => ({ zones: await zonesOf(call, me, id, calls) }),
    )
    return c.body(lines, 200, { 'Content-Type': ndjson })
  })
  .openapi(list, async (c) =>
    c.json({ zones: await zonesOf(c.get('call'), await signedIn(c), c.req.valid('param').connection) }, 200),
  )
  .openapi(read, async (c) => {
    const { connection, zone } = c.req.valid('param')
    return c.json(await readZone(c.get('call'), connection, zone), 200)
  })
  .openapi(plan, async (c) => {
    const { connection, zone } = c.req.valid('param')
    const input = c.req.valid('json')
    const me = await signedIn(c)
    await requireOperation(c.get('call'), me, connection, zone, input.operation)
    return c.json(await askPlan(c.get('call'), me, { connection, zone }, input), 200)
  })
  .openapi(apply, async (c) => {
    const { connection, zone } = c.req.valid('param')
    const input = c.req.valid('json')
    const me = await signedIn(c)
    await requireOperation(c.get('call'), me, connection, zone, input.operation)
    // Not all of the route: what changes records must not stop to ask.
    if (input.operation !== undefined && takesOver.has(input.operation.operation)) await requireFresh(c)
    const job = await askApply(c.get('call'), me, { connection, zone }, input)
    return job.finishedAt === undefined ? c.json(job, 202) : c.json(job, 200)
  })
  .openapi(follow, async (c) => {
    const { connection, zone, job: id } = c.req.valid('param')
    const job = await askJob(c.get('call'), { connection, zone }, id)
    // It holds the server's own permissions, before and after: as much as their page shows.
    if (job.operation?.operation === 'permissions') requireRight(await signedIn(c), 'full', connection, zone)
    return c.json(job, 200)
  })
