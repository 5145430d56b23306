import type { Pause, PauseTarget } from '@zonedeck/shared/content-filter'
import { findings } from '@zonedeck/shared/filter/findings/index'
import { readConfig } from '@zonedeck/shared/filter/read-config'
import { expect, it } from 'vitest'
import { withoutPaused } from './paused-findings.ts'

const pause = (target: PauseTarget, state: Pause['state'] = 'running'): Pause => ({
  id: 'pause_1',
  target,
  state,
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
  expect(found([pause({ kind: 'client', client: { name: 'Tablet', ids: ['192.0.2.1'] } })])).toEqual([
    ['/clients/1/profile', true],
  ])
})

it('offers no fix that would outlast the pause of a profile', () => {
  expect(found([pause({ kind: 'profile', profile: 'kids' })])).toEqual([
    ['/clients/0/profile', false],
    ['/clients/1/profile', false],
  ])
})

it('speaks again once a pause is over', () => {
  expect(found([pause({ kind: 'everything' }, 'ended')], false)).toContainEqual(['/enableBlocking', true])
})
