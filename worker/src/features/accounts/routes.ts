import { accountDirectorySchema, accountSchema } from '@zonedeck/shared/account'
import { accountApplyInputSchema, accountPlanInputSchema, jobSchema, planSchema } from '@zonedeck/shared/job'
import * as z from 'zod'
import { signedIn } from '../../http/rights.ts'
import { body, json, route, router } from '../../http/route.ts'
import { applyAccount, findAccountJob, planAccount, readAccount, readDirectory } from './service.ts'

const connection = z.strictObject({ connection: z.string().max(80) })
const base = '/connections/{connection}/accounts'
const full = { right: 'full', on: 'connection' } as const

const all = route(
  { needs: full, stepUp: false },
  {
    method: 'get',
    path: base,
    summary: 'The account of a connection on its server, and the names of others that were seen',
    request: { params: connection },
    responses: { 200: json(accountDirectorySchema, 'Without any password or key') },
  },
)

const one = route(
  { needs: full, stepUp: false },
  {
    method: 'get',
    path: `${base}/{account}`,
    summary: 'One account on the server, by its name',
    request: { params: connection.extend({ account: z.string().min(1).max(255) }) },
    responses: {
      200: json(z.strictObject({ account: accountSchema, zones: z.array(z.string()) }), 'The account and its zones'),
    },
  },
)

const plan = route(
  { needs: full, stepUp: false },
  {
    method: 'post',
    path: `${base}/plans`,
    summary: 'Checks an operation on an account, and signs it for applying; writes nothing',
    request: { params: connection, body: body(accountPlanInputSchema) },
    responses: { 200: json(planSchema, 'The plan') },
  },
)

const apply = route(
  { needs: full, stepUp: true },
  {
    method: 'post',
    path: `${base}/jobs`,
    summary: 'Applies it; deleting the connection’s own account ends the connection',
    request: { params: connection, body: body(accountApplyInputSchema) },
    responses: { 200: json(jobSchema, 'Finished'), 202: json(jobSchema, 'Begun: follow the job') },
  },
)

const follow = route(
  { needs: full, stepUp: false },
  {
    method: 'get',
    path: `${base}/jobs/{job}`,
    summary: 'How far a job is',
    request: { params: connection.extend({ job: z.string().max(80) }) },
    responses: { 200: json(jobSchema, 'The job') },
  },
)

export const accounts = router()
  .openapi(all, async (c) => c.json(await readDirectory(c.get('call'), c.req.valid('param').connection), 200))
  .openapi(plan, async (c) => {
    const { operation } = c.req.valid('json')
    return c.json(await planAccount(c.get('call'), await signedIn(c), c.req.valid('param').connection, operation), 200)
  })
  .openapi(apply, async (c) => {
    const { connection } = c.req.valid('param')
    const job = await applyAccount(c.get('call'), await signedIn(c), connection, c.req.valid('json'))
    return job.finishedAt === undefined ? c.json(job, 202) : c.json(job, 200)
  })
  .openapi(follow, async (c) => {
    const { connection, job } = c.req.valid('param')
    return c.json(await findAccountJob(c.get('call'), connection, job), 200)
  })
  .openapi(one, async (c) => {
    const { connection, account } = c.req.valid('param')
    return c.json(await readAccount(c.get('call'), connection, account), 200)
  })
