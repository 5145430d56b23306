import type { Delegation } from '@zonedeck/shared/delegation'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ProblemError } from '#lib/problem-error.ts'
import { DelegationWatch, type Visibility } from './delegation-watch.svelte.ts'

type State = Delegation['nameServers']['state']

const found = (state: State) => ({ nameServers: { state } }) as Delegation

/** A page that is seen or not, and a parent that answers as told: the last answer for ever. */
function world(...answers: (State | Error)[]) {
  let hidden = false
  let listener: () => void = () => undefined
  let looks = 0
  const watch = new DelegationWatch(() => {
    looks++
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    return answer instanceof Error || answer === undefined
      ? Promise.reject(answer ?? new Error('none'))
      : Promise.resolve(found(answer))
  })
  const page: Visibility = {
    hidden: () => hidden,
    onchange(next) {
      listener = next
      return () => (listener = () => undefined)
    },
  }
  const show = (seen: boolean) => {
    hidden = !seen
    listener()
  }
  return { watch, page, show, looks: () => looks }
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000)
const gone = new ProblemError({ type: '/problems/request/not-found', title: 'There is nothing here', status: 404 })

describe('DelegationWatch', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('looks ever more seldom, and no more once the zone is delegated', async () => {
    const { watch, page, looks } = world('not-delegated', 'not-delegated', 'not-delegated', 'elsewhere', 'delegated')
    watch.follow(page)
    const at: number[] = []
    for (let second = 0; second < 100; second++) {
      await seconds(1)
      if (looks() > at.length) at.push(second)
    }
    expect(at).toEqual([0, 3, 7, 13, 23])
    expect([watch.waiting, watch.found?.nameServers.state]).toEqual([false, 'delegated'])
  })

  it('comes down to once a minute', async () => {
    const { watch, page, looks } = world('unknown')
    watch.follow(page)
    await seconds(600)
    const before = looks()
    await seconds(600)
    expect(looks() - before).toBe(10)
  })

  it('asks nothing while nobody sees it, and at once when somebody comes back', async () => {
    const { watch, page, show, looks } = world('not-delegated')
    watch.follow(page)
    await seconds(0)
    show(false)
    await seconds(3600)
    expect(looks()).toBe(1)
    show(true)
    await seconds(0)
    expect(looks()).toBe(2)
    await seconds(4)
    expect(looks()).toBe(3)
  })

  it('goes on over looks that fail, and keeps what it saw', async () => {
    const { watch, page } = world('not-delegated', new Error('offline'), 'delegated')
    watch.follow(page)
    await seconds(5)
    expect([watch.problem === null, watch.found?.nameServers.state]).toEqual([false, 'not-delegated'])
    await seconds(5)
    expect([watch.problem, watch.found?.nameServers.state]).toEqual([null, 'delegated'])
  })

  it.each<[string, State | Error]>([
    ['a private zone', 'private'],
    ['a zone that is not there', gone],
  ])('does not wait for %s', async (_, answer) => {
    const { watch, page, show, looks } = world(answer)
    watch.follow(page)
    await seconds(300)
    show(true)
    await seconds(300)
    expect([looks(), watch.waiting]).toEqual([1, false])
  })

  it('ends with the page', async () => {
    const { watch, page, show, looks } = world('not-delegated')
    const end = watch.follow(page)
    await seconds(1)
    end()
    show(true)
    await seconds(300)
    expect([looks(), watch.waiting]).toEqual([1, false])
  })
})
