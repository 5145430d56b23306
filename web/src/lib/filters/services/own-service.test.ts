import { editConfig } from '@zonedeck/shared/filter/edit'
import { readConfig } from '@zonedeck/shared/filter/read-config'
import { expect, it } from 'vitest'
import { domainsOf, filterServices, removeService, serviceEdits } from './own-service.ts'

const text = JSON.stringify({
  profiles: { kids: { blockedServices: ['Games', 'youtube', 'games'] }, teens: { blockedServices: ['youtube'] } },
  customServices: {
    games: { name: 'Our games', domains: ['a.example'], kept: 1 },
    YouTube: { domains: ['b.example'] },
  },
})
const config = readConfig(text).config!
const json = (edits: Parameters<typeof editConfig>[1]) => JSON.parse(editConfig(text, edits)) as object

it('lists all services, own ones first, with the profiles that block them', () => {
  const services = filterServices(config)
  expect(services.slice(0, 2)).toMatchObject([
    { id: 'games', isCustom: true, blockedBy: ['kids'] },
    { id: 'YouTube', isCustom: true, blockedBy: ['kids', 'teens'] },
  ])
  expect(services.filter(({ id }) => id.toLowerCase() === 'youtube')).toHaveLength(1)
})

it('makes one under an id that is free, and keeps what it does not know', () => {
  expect(json(serviceEdits(config, null, 'Games!', ['c.example']))).toMatchObject({
    customServices: { 'games-2': { name: 'Games!', domains: ['c.example'] } },
  })
  expect(json(serviceEdits(config, 'games', 'Games', ['d.example']))).toMatchObject({
    customServices: { games: { name: 'Games', domains: ['d.example'], kept: 1 } },
  })
})

it('takes one out of the profiles, but not one that is built in as well', () => {
  expect(json(removeService(config, 'games'))).toMatchObject({ profiles: { kids: { blockedServices: ['youtube'] } } })
  expect(json(removeService(config, 'YouTube'))).toMatchObject({
    profiles: { kids: { blockedServices: ['Games', 'youtube', 'games'] } },
  })
})

it('reads domains however they are parted', () => {
  expect(domainsOf(' A.example,b.example\n\nc.example ')).toEqual(['a.example', 'b.example', 'c.example'])
})
