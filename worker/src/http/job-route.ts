import { jobSchema, type Job } from '@zonedeck/shared/job'
import type { AppContext } from './context.ts'
import { deepJson, jsonType } from './route.ts'

/** What a route answers that applies a plan. */
export const jobResponses = {
  200: deepJson(jobSchema, 'Finished'),
  202: deepJson(jobSchema, 'Begun: follow the job'),
}

/** What a route answers that tells how far a job is. */
export const jobResponse = { 200: deepJson(jobSchema, 'The job') }

const headers = { 'Content-Type': jsonType }

/** A job that was applied just now. */
export function answerJob(c: AppContext, job: Job) {
  const body = JSON.stringify(job)
  return job.finishedAt === undefined ? c.body(body, 202, headers) : c.body(body, 200, headers)
}

/** A job that is followed. */
export function tellJob(c: AppContext, job: Job) {
  return c.body(JSON.stringify(job), 200, headers)
}
