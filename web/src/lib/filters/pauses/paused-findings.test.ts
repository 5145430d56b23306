import type { Pause, PauseTarget } from '@zonedeck/shared/content-filter'
import { findings } from '@zonedeck/shared/filter/findings/index'
import { readConfig } from '@zonedeck/shared/filter/read-config'
import { expect, it } from 'vitest'
import { withoutPaused } from './paused-findings.ts'

const tablet = { name: 'Tablet', ids: ['192.0.2.1'] }
const pause = (target: PauseTarget, state: Pause['state'] = 'running'): Pause => ({
  id: 'pause_1',
  target,
  state,
  clients: target.kind === 'everything' ? [] : [{ ...tablet, profile: 'kids' }],
  everyoneElse: target.kind === 'profile',
  by: 'mara',
  startedAt: '2026-11-26T20:00:00Z',
  until: '2026-11-26T20:15:00Z',
})

const text = (enableBlocking: boolean) =>
  JSON.stringify({
    enableBlocking,
    profiles: { kids: { blockedServices: ['youtube'] } },
    clients: [
      { name: 'Tablet', ids: ['192.0.2.1'], profile: '' },
      { name: 'Phone', ids: ['192.0.2.2'], profile: '' },
    ],
    defaultProfile: 'kids',
  })

function found(pauses: Pause[], enableBlocking = true) {
  const { config } = readConfig(text(enableBlocking))
  if (config === null) throw new Error('The configuration is refused.')
  return withoutPaused(findings(text(enableBlocking)), config, pauses)
    .filter(({ id }) => id === 'filter-off' || id === 'client-without-profile')
    .map(({ pointer, fix }) => [pointer, fix !== undefined])
}

it('says nothing of what a pause does', () => {
  expect(found([], false)).toContainEqual(['/enableBlocking', true])
  expect(found([pause({ kind: 'everything' })], false).map(([pointer]) => pointer)).not.toContain('/enableBlocking')
  expect(found([pause({ kind: 'client', client: tablet })])).toEqual([['/clients/1/profile', true]])
})

it('knows whom the pause of a profile leaves without it', () => {
  expect(found([pause({ kind: 'profile', profile: 'kids' })])).toEqual([['/clients/1/profile', true]])
})

it('does not call a paused profile unused, nor its part as default profile missing', () => {
  const text = JSON.stringify({ profiles: { kids: {}, teens: {} }, clients: [], defaultProfile: '' })
  const { config } = readConfig(text)
  if (config === null) throw new Error('The configuration is refused.')
  const told = withoutPaused(findings(text), config, [pause({ kind: 'profile', profile: 'kids' })])
  expect(told.map(({ pointer }) => pointer)).toEqual(['/profiles/teens'])
})

it('speaks again once a pause is over', () => {
  expect(found([pause({ kind: 'everything' }, 'ended')], false)).toContainEqual(['/enableBlocking', true])
})
