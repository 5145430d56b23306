import {
  instantSchema,
  namedRanges,
  queryLogPageSchema,
  statsReportSchema,
  topEntrySchema,
  topListSchema,
} from '@zonedeck/shared/statistics'
import * as z from 'zod'
import { json, route, router } from '../../http/route.ts'
import { statsRange } from './range.ts'
import { readQueryLog, readStatistics, readTop } from './service.ts'

/**
 * Who asked for what is seen by everyone who may view the connection as a whole: a right on single zones is not enough,
 * as clients and names are those of the whole server.
 */
const view = { needs: { right: 'view', on: 'connection' }, stepUp: false } as const
const params = z.strictObject({ connection: z.string().max(80) })

/** `from` and `to` belong to `custom`; the others end now. */
const range = {
  range: z.enum([...namedRanges, 'custom'], { error: 'A range is hour, day, week, month, year or custom.' }),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
}

const whole = (least: number, most: number, otherwise: number) =>
  z.coerce
    .number({ error: 'Give a number.' })
    .int('Give a whole number.')
    .min(least, `At least ${least}.`)
    .max(most, `At most ${most}.`)
    .default(otherwise)

const report = route(view, {
  method: 'get',
  path: '/connections/{connection}/statistics',
  summary: 'What a server counted in a range, beside the range just before',
  request: { params, query: z.strictObject(range) },
  responses: { 200: json(statsReportSchema, 'Only what this server counts') },
})

const top = route(view, {
  method: 'get',
  path: '/connections/{connection}/statistics/top',
  summary: 'A longer list of those who asked most, or of what was asked for most',
  request: { params, query: z.strictObject({ ...range, list: topListSchema, most: whole(1, 1000, 100) }) },
  responses: { 200: json(z.strictObject({ entries: z.array(topEntrySchema) }), 'Most hits first, without host names') },
})

const word = (most: number) => z.string().trim().min(1).max(most).optional()

const queryLog = route(view, {
  method: 'get',
  path: '/connections/{connection}/query-log',
  summary: 'The queries a server has logged, page by page, or those since the last one seen',
  request: {
    params,
    query: z.strictObject({
      page: whole(1, 1_000_000, 1),
      perPage: whole(1, 200, 50),
      order: z.enum(['newest', 'oldest']).default('newest'),
      from: instantSchema.optional(),
      to: instantSchema.optional(),
      /** `at` of the newest row seen: only rows after it. */
      after: instantSchema.optional(),
      client: word(45),
      /** May hold `*`. */
      name: word(255),
      type: word(20),
      rcode: word(30),
      protocol: word(20),
      answeredBy: word(40),
    }),
  },
  responses: { 200: json(queryLogPageSchema, 'A page; beyond the last one, the last one') },
})

export const statistics = router()
  .openapi(report, async (c) => {
    const { connection } = c.req.valid('param')
    return c.json(await readStatistics(c.get('call'), connection, statsRange(c.req.valid('query'))), 200)
  })
  .openapi(top, async (c) => {
    const { connection } = c.req.valid('param')
    const { list, most, ...asked } = c.req.valid('query')
    return c.json({ entries: await readTop(c.get('call'), connection, { list, most, range: statsRange(asked) }) }, 200)
  })
  .openapi(queryLog, async (c) => {
    const { connection } = c.req.valid('param')
    return c.json(await readQueryLog(c.get('call'), connection, c.req.valid('query')), 200)
  })
