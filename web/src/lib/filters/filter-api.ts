import type { FilterContent, FilterPlanInput, ListCheck, ListFetch } from '@zonedeck/shared/content-filter'
import type { FilterOperation } from '@zonedeck/shared/filter-operation'
import type { Job } from '@zonedeck/shared/job'
import { api, call } from '#lib/api.ts'
import type { ApplyCalls } from '#lib/zones/apply.svelte.ts'

/** What a filter is asked to do: a new configuration, or reading the one there is again. */
export type FilterRequest = FilterPlanInput['operation']

const filter = api.connections[':connection'].filter

/** The configuration as the server holds it now, with all that stands around it. */
export function readFilter(connection: string): Promise<FilterContent> {
  return call(filter.$get({ param: { connection } }))
}

export function readFilterJob(connection: string, job: string): Promise<Job> {
  return call(filter.jobs[':job'].$get({ param: { connection, job } }))
}

/** What is at the address of a block list, as the panel sees it. */
export function fetchList(connection: string, list: ListFetch): Promise<ListCheck> {
  return call(filter.lists.fetch.$post({ param: { connection }, json: list }))
}

/** The way of an operation on a filter to its server. */
export function filterCalls(connection: string, operation: FilterRequest): ApplyCalls<FilterOperation> {
  // The base is said in the body, not by `If-Match`.
  const to = { param: { connection }, header: {} }
  return {
    makePlan: () => call(filter.plans.$post({ ...to, json: { operation } })),
    startJob: (_, { plan, accept }) => call(filter.jobs.$post({ ...to, json: { plan, operation, accept } })),
  }
}
