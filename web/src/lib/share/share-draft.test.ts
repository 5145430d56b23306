import { expect, it } from 'vitest'
import { ShareDraft } from './share-draft.svelte.ts'
import { viewWords } from './share-words.ts'

const draft = () => new ShareDraft(['con_a', 'con_b'], { connections: ['con_b', 'gone'], range: { kind: 'week' } })

it('begins with what the dashboard shows, of servers that may be shared, and gives little away', () => {
  expect(draft().input()).toMatchObject({
    connections: ['con_b'],
    range: { kind: 'week' },
    policy: { clients: 'hidden', domains: 'common', atLeast: 5 },
    days: 7,
  })
  const unasked = new ShareDraft(['con_a', 'con_b'], { connections: [], range: { kind: 'day' } })
  expect(unasked.connections).toEqual(['con_a'])
})

it('freezes the range that is shown', () => {
  const link = draft()
  link.choose('custom')
  expect(Date.parse(link.to) - Date.parse(link.from)).toBe(7 * 86_400_000)
  expect(link.content()?.range).toMatchObject({ kind: 'custom', from: new Date(link.from).toISOString() })
  link.to = link.from
  expect([link.content(), link.wrong]).toEqual([null, { '/range/to': 'The end comes after the beginning.' }])
})

it('a number that is not right keeps the link from being made, not its preview', () => {
  const link = draft()
  for (const days of ['', '0', 'seven', '1.5']) {
    link.days = days
    expect([link.input(), link.content() === null], days).toEqual([null, false])
  }
  link.days = '90'
  link.views = '0'
  expect(Object.keys(link.wrong)).toEqual(['/views'])
  link.views = '3'
  expect(link.input()).toMatchObject({ days: 90, views: 3 })
})

it('does not ask for a number of clients where no names are shown', () => {
  const link = draft()
  link.atLeast = '1'
  expect(Object.keys(link.wrong)).toEqual(['/policy/atLeast'])
  link.tile('blocked-domains', false)
  expect(link.input()?.policy.atLeast).toBe(5)
  expect(link.tiles).toEqual(['totals', 'series', 'types'])
})

it('says how often a link was seen', () => {
  const lastViewAt = new Date().toISOString()
  expect(viewWords({ views: 0, maxViews: null, lastViewAt: null })).toBe('Not seen yet')
  expect(viewWords({ views: 0, maxViews: 1, lastViewAt: null })).toBe('Seen 0 of 1 times')
  expect(viewWords({ views: 1, maxViews: null, lastViewAt })).toMatch(/^Seen 1 time, last \d\d:\d\d$/)
  expect(viewWords({ views: 2, maxViews: 20, lastViewAt })).toMatch(/^Seen 2 of 20 times, last/)
})
