import type { Page } from '@playwright/test'
import { findingKey } from '../../shared/src/plan/keys.ts'
import type { Change } from '../../shared/src/change.ts'
import type { Job, Plan } from '../../shared/src/job.ts'
import type { RecordSet } from '../../shared/src/record-set.ts'
import type { Zone } from '../../shared/src/zone.ts'

/** Asks the panel's API as this page's person would: same cookie, same origin. */
async function ask<Body>(page: Page, method: string, path: string, body?: unknown): Promise<Body> {
  const { status, text } = await page.evaluate(
    async ([method, path, body]) => {
      const response = await fetch(`/api/v1${path}`, {
        method: method ?? 'GET',
        ...(body && { body, headers: { 'content-type': 'application/json' } }),
      })
      return { status: response.status, text: await response.text() }
    },
    [method, path, body === undefined ? '' : JSON.stringify(body)],
  )
  if (status >= 400) throw new Error(`${method} ${path}: ${status} ${text}`)
  return JSON.parse(text) as Body
}

/** The page of a zone, `/zones/<connection>/<zone>`. */
export async function zonePath(page: Page, zone: string): Promise<string> {
  const connections = await ask<{ id: string; name: string }[]>(page, 'GET', '/connections')
  for (const { id, name } of connections) {
    if (name === 'Branch office') continue
    const { zones } = await ask<{ zones: Zone[] }>(page, 'GET', `/connections/${id}/zones`)
    if (zones.some((one) => one.name === zone)) return `/zones/${id}/${zone}`
  }
  throw new Error(`No server has ${zone}.`)
}

/** Changes the zone past this page and its draft, as another person or program would: sets are put as they are given. */
export async function elsewhere(
  page: Page,
  path: string,
  set: Pick<RecordSet, 'name' | 'type' | 'ttl'> & { rdata?: string[] },
): Promise<void> {
  const [, , connection, zone] = path.split('/')
  const at = `/connections/${connection}/zones/${zone}`
  const { recordSets } = await ask<{ recordSets: RecordSet[] }>(page, 'GET', at)
  const before = recordSets.find(({ name, type }) => name === set.name && type === set.type) ?? null
  const records = set.rdata?.map((rdata) => ({ rdata })) ?? before?.records ?? []
  const change: Change = {
    name: set.name,
    type: set.type,
    before,
    after: { name: set.name, type: set.type, ttl: set.ttl, records },
  }
  const plan = await ask<Plan>(page, 'POST', `${at}/plans`, { changes: [change] })
  const accept = plan.findings.filter(({ severity }) => severity === 'danger').map(findingKey)
  let job = await ask<Job>(page, 'POST', `${at}/jobs`, { plan: plan.plan, changes: [change], accept })
  while (job.finishedAt === undefined) job = await ask<Job>(page, 'GET', `${at}/jobs/${job.id}`)
  if (job.state !== 'done') throw new Error(`The change did not get through: ${JSON.stringify(job.results)}`)
}

/** Writes the filter's configuration past this page and its draft. */
export async function filterElsewhere(page: Page, path: string, edit: (text: string) => string): Promise<void> {
  const at = `/connections/${path.split('/')[2] ?? ''}/filter`
  const { text, hash } = await ask<{ text: string; hash: string }>(page, 'GET', at)
  const operation = { operation: 'filter', base: hash, text: edit(text), note: 'Change from elsewhere' }
  const { plan } = await ask<Plan>(page, 'POST', `${at}/plans`, { operation })
  let job = await ask<Job>(page, 'POST', `${at}/jobs`, { plan, operation, accept: [] })
  while (job.finishedAt === undefined) job = await ask<Job>(page, 'GET', `${at}/jobs/${job.id}`)
  if (job.state !== 'done') throw new Error(`The change did not get through: ${JSON.stringify(job.operationResult)}`)
}
