import { expect, it } from 'vitest'
import { ProblemError, toProblem } from './problem-error.ts'

it('shows what the server said as it is', () => {
  const problem = { type: '/problems/filter/broken', title: 'It is broken', status: 422 }
  expect(toProblem(new ProblemError(problem))).toBe(problem)
})

it.each([
  'Unable to preload CSS for /_app/chips.css',
  'Failed to fetch dynamically imported module: http://localhost/a.js',
  'Importing a module script failed.',
])('a part that did not arrive is no mistake: %s', (message) => {
  expect(toProblem(new TypeError(message)).type).toBe('/problems/panel/not-loaded')
})

it('calls what nobody foresaw a mistake', () => {
  expect(toProblem(new Error('x is undefined'))).toMatchObject({
    type: '/problems/panel/unforeseen',
    detail: 'This should not have happened: x is undefined',
  })
})
