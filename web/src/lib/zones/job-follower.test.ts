import { expect, it } from 'vitest'
import type { Job } from '@zonedeck/shared/job'
import { ProblemError } from '#lib/problem-error.ts'
import { JobFollower } from './job-follower.svelte.ts'

const running: Job = {
  id: 'job_1',
  connection: 'con_a',
  zone: 'example.org',
  state: 'running',
  results: [],
  startedAt: 'x',
}
const done: Job = { ...running, state: 'done', finishedAt: 'y' }
const now = () => Promise.resolve()

it('looks until the job is finished, over a look that failed', async () => {
  const answers = [running, new Error('offline'), { ...running, state: 'unknown' as const }, done]
  const finished: Job[] = []
  const follower = new JobFollower()
  await follower.follow(
    () => {
      const answer = answers.shift()
      return answer instanceof Error || answer === undefined
        ? Promise.reject(answer ?? new Error())
        : Promise.resolve(answer)
    },
    (job) => finished.push(job),
    now,
  )
  expect([finished, follower.job, follower.problem]).toEqual([[done], done, null])
})

it('gives up on a job that is not there', async () => {
  const follower = new JobFollower()
  const missing = new ProblemError({ type: '/problems/request/not-found', title: 'No such job', status: 404 })
  await follower.follow(
    () => Promise.reject(missing),
    () => undefined,
    now,
  )
  expect(follower.problem?.status).toBe(404)
})

it('stops when the page goes away', async () => {
  const follower = new JobFollower()
  let looks = 0
  await follower.follow(
    () => {
      if (++looks === 3) follower.stop()
      return Promise.resolve(running)
    },
    () => undefined,
    now,
  )
  expect(looks).toBe(3)
})
