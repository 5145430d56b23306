import type { HandleClientError } from '@sveltejs/kit'
import { toProblem } from '#lib/problem-error.ts'

/** Every error of a page's `load` becomes a problem that the error page can show. */
export const handleError: HandleClientError = ({ error, status, message }) => {
  if (status === 404) {
    const problem = { type: '/problems/request/not-found', title: 'There is nothing here', status: 404 }
    return { status, message, problem: { ...problem, detail: 'The address has no page, or the page is gone.' } }
  }
  const problem = toProblem(error)
  return { status: problem.status, message: problem.title, problem }
}
