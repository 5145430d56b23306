import type { Connection } from '@zonedeck/shared/connection'
import type { StatsReport } from '@zonedeck/shared/statistics'
import { expect, it } from 'vitest'
import { pastOf } from '../../../sandbox/past.ts'
import { emptyPanel, person } from '../../http/test-panel.ts'
import { simulate } from '../../providers/powerdns/simulator.ts'

it.each([
  ['has a year behind it', true],
  ['is connected all the same when its past is not to be had', false],
])(
  'a simulator %s',
  async (_, there) => {
    const server = simulate({ apiKey: 'k' })
    const now = Date.UTC(2026, 10, 23, 12)
    const offer = {
      ...{ name: 'Company', provider: 'powerdns', url: 'http://localhost:8001/company', credentials: { apiKey: 'k' } },
      ...{ blurb: 'A company.', past: 'http://localhost:8001/company-past' },
    }
    const panel = await emptyPanel({
      vars: { SANDBOX: JSON.stringify([offer]) },
      internet: async (request) => {
        if (!request.url.endsWith('/company-past'))
          return server.fetch(new Request(request.url.replace('/company', ''), request))
        return there ? Response.json(pastOf(now / 1000)) : new Response('No such simulator.', { status: 404 })
      },
    })
    const owner = await person(panel, 'usr_owner', 'owner')
    const made = await owner.ask('POST', 'connections/sandbox', { name: 'Company' })
    expect(made.status).toBe(201)
    const { id } = (await made.json()) as Connection
    const points = await Promise.all(
      ['hour', 'day', 'week', 'month', 'year'].map(async (range) => {
        const response = await owner.ask('GET', `connections/${id}/statistics?range=${range}`)
        const { series } = (await response.json()) as StatsReport
        return series.rows.find(({ measure }) => measure === 'queries')?.values.length ?? 0
      }),
    )
    expect(points).toEqual(there ? [60, 96, 168, 31, 12] : [0, 0, 0, 0, 0])
  },
  60_000,
)
