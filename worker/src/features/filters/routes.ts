import { filterApplyInputSchema, filterContentSchema, filterPlanInputSchema } from '@zonedeck/shared/content-filter'
import { jobSchema, planSchema } from '@zonedeck/shared/job'
import * as z from 'zod'
import { signedIn } from '../../http/rights.ts'
import { body, json, route, router } from '../../http/route.ts'
import { asked, ifMatchSchema, withBase } from './if-match.ts'
import { applyFilter, findFilterJob, planFilter, readFilter } from './service.ts'

const connection = z.strictObject({ connection: z.string().max(80) })
const base = '/connections/{connection}/filter'
const view = { right: 'view', on: 'connection' } as const
const edit = { right: 'edit', on: 'connection' } as const

const read = route(
  { needs: view, stepUp: false },
  {
    method: 'get',
    path: base,
    summary: 'The configuration of the Content Filter app, how it is reached, and what is paused',
    request: { params: connection },
    responses: { 200: json(filterContentSchema, 'As the server holds it now; its hash is the ETag') },
  },
)

const plan = route(
  { needs: edit, stepUp: false },
  {
    method: 'post',
    path: `${base}/plans`,
    summary: 'Checks a new configuration against the one there is, and signs it for applying; writes nothing',
    request: { params: connection, headers: ifMatchSchema, body: body(filterPlanInputSchema) },
    responses: { 200: json(planSchema, 'The plan') },
  },
)

const apply = route(
  { needs: edit, stepUp: false },
  {
    method: 'post',
    path: `${base}/jobs`,
    summary: 'Applies a plan: one save is one write',
    request: { params: connection, headers: ifMatchSchema, body: body(filterApplyInputSchema) },
    responses: { 200: json(jobSchema, 'Finished'), 202: json(jobSchema, 'Begun: follow the job') },
  },
)

const follow = route(
  { needs: view, stepUp: false },
  {
    method: 'get',
    path: `${base}/jobs/{job}`,
    summary: 'How far a job is',
    request: { params: connection.extend({ job: z.string().max(80) }) },
    responses: { 200: json(jobSchema, 'The job') },
  },
)

export const filters = router()
  .openapi(read, async (c) => {
    const content = await readFilter(c.get('call'), c.req.valid('param').connection)
    return c.json(content, 200, { ETag: `"${content.hash}"` })
  })
  .openapi(plan, async (c) => {
    const headers = c.req.valid('header')
    const operation = withBase(headers, c.req.valid('json').operation)
    const me = await signedIn(c)
    const { connection } = c.req.valid('param')
    return c.json(await asked(headers, () => planFilter(c.get('call'), me, connection, operation)), 200)
  })
  .openapi(apply, async (c) => {
    const headers = c.req.valid('header')
    const input = c.req.valid('json')
    const operation = withBase(headers, input.operation)
    const me = await signedIn(c)
    const { connection } = c.req.valid('param')
    const job = await asked(headers, () => applyFilter(c.get('call'), me, connection, { ...input, operation }))
    return job.finishedAt === undefined ? c.json(job, 202) : c.json(job, 200)
  })
  .openapi(follow, async (c) => {
    const { connection, job } = c.req.valid('param')
    return c.json(await findFilterJob(c.get('call'), connection, job), 200)
  })
