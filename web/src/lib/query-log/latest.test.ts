import { expect, it } from 'vitest'
import { ProblemError } from '#lib/problem-error.ts'
import { Latest } from './latest.svelte.ts'

it('keeps the answer to the last question, whichever comes last', async () => {
  const latest = new Latest<string>()
  const slow = Promise.withResolvers<string>()
  const first = latest.read(() => slow.promise)
  await latest.read(() => Promise.resolve('second'))
  slow.resolve('first')
  await first
  expect([latest.content, latest.busy]).toEqual(['second', false])
})

it('keeps the last answer when the next one is a problem, until one comes', async () => {
  const latest = new Latest<string>()
  await latest.read(() => Promise.resolve('one'))
  await latest.read(() => Promise.reject(new ProblemError({ type: 'x', title: 'Silent', status: 503 })))
  expect([latest.content, latest.problem?.title, latest.busy]).toEqual(['one', 'Silent', false])
  await latest.read(() => Promise.resolve('two'))
  expect([latest.content, latest.problem]).toEqual(['two', null])
})
