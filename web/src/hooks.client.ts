import type { ClientInit, HandleClientError } from '@sveltejs/kit/hooks'
import { onRefusal } from '#lib/api.ts'
import { toProblem } from '#lib/problem-error.ts'
import { watchDeploys } from '#lib/watch-deploys.ts'

/** Every error of a page's `load` becomes a problem that the error page can show. */
export const handleError: HandleClientError = ({ kind, error }) => {
  if (kind === 'unknown') {
    const problem = toProblem(error)
    return { status: problem.status, message: problem.title, problem }
  }
  return {
    problem: {
      type: '/problems/request/not-found',
      title: 'There is nothing here',
      status: 404,
      detail: 'The address has no page, or what it showed is gone.',
    },
  }
}

export const init: ClientInit = () => {
  onRefusal(async (refusal) => (await import('#lib/confirm.ts')).confirmed(refusal))
  watchDeploys()
}
