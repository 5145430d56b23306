import type { Right } from '@zonedeck/shared/connection'
import type { Grant } from '@zonedeck/shared/people'
import { rightOn, sameGrants } from '@zonedeck/shared/rights'
import { expect, test } from 'vitest'
import { connectionRight, mergeGrants, setConnectionRight, setZoneRight, withoutZone, zoneGrants } from './grants.ts'

const ladder: Right[] = ['none', 'view', 'edit', 'full']
const places = ['* *', '* x', 'con_a *', 'con_a x', 'con_b *'].map((place) => place.split(' ') as [string, string])

/** Every list there can be of grants on these places: none, or one of four rights, on each. */
const every = places.reduce<Grant[][]>(
  (lists, [connection, zone]) =>
    lists.flatMap((list) => [list, ...ladder.map((right) => [...list, { connection, zone, right }])]),
  [[]],
)
const keys = (list: Grant[]) => list.map(({ connection, zone }) => `${connection} ${zone}`)
const on = (list: Grant[], zone: string) => rightOn({ owner: false, rights: list }, 'con_b', zone)

test('a connection has the right it was given, and neither another connection nor a single zone is touched', () => {
  expect(every).toHaveLength(5 ** 5)
  const wrong = every.flatMap((before) =>
    ladder.filter((wanted) => {
      const after = setConnectionRight(before, 'con_a', wanted)
      return (
        connectionRight(after, 'con_a') !== wanted ||
        ['*', 'x', 'y'].some((zone) => on(after, zone) !== on(before, zone)) ||
        !sameGrants(zoneGrants(after, 'con_a'), zoneGrants(before, 'con_a'))
      )
    }),
  )
  expect(wrong).toEqual([])
})

test('nothing is in the list twice, and setting what is set changes nothing more', () => {
  const wrong = every.flatMap((before) =>
    ladder.flatMap((wanted) =>
      [
        (list: Grant[]) => setConnectionRight(list, '*', wanted),
        (list: Grant[]) => setConnectionRight(list, 'con_a', wanted),
        (list: Grant[]) => setZoneRight(list, 'con_a', 'x', wanted),
      ].filter((set) => {
        const once = set(before)
        return new Set(keys(once)).size !== once.length || !sameGrants(set(once), once)
      }),
    ),
  )
  expect(wrong).toEqual([])
})

test('what everywhere gives needs no grant of its own', () => {
  const everywhere = setConnectionRight([], '*', 'view')
  expect(everywhere).toEqual([{ connection: '*', zone: '*', right: 'view' }])
  const edited = setConnectionRight(everywhere, 'con_a', 'edit')
  expect(edited).toHaveLength(2)
  expect(sameGrants(setConnectionRight(edited, 'con_a', 'view'), everywhere)).toBe(true)
  expect(setConnectionRight(everywhere, '*', 'none')).toEqual([])
})

test('a zone that is singled out goes back to what its connection gives', () => {
  const one = setZoneRight([], 'con_a', 'x', 'edit')
  expect(zoneGrants(one, 'con_a')).toEqual([{ connection: 'con_a', zone: 'x', right: 'edit' }])
  expect(withoutZone(one, 'con_a', 'x')).toEqual([])
  expect(sameGrants(one, setZoneRight(one, 'con_a', 'y', 'edit'))).toBe(false)
})

test('of two lists made from one, nothing that only one of the two changed is lost', () => {
  const lists = every.filter((list) => list.every(({ connection, zone }) => connection === '*' && zone !== 'y'))
  const at = (list: Grant[], zone: string) => list.find((grant) => grant.zone === zone)?.right
  const wrong = lists.flatMap((before) =>
    lists.flatMap((mine) =>
      lists.filter((theirs) => {
        const merged = mergeGrants(before, mine, theirs)
        return ['*', 'x', 'y'].some(
          (zone) => at(merged, zone) !== (at(mine, zone) === at(before, zone) ? at(theirs, zone) : at(mine, zone)),
        )
      }),
    ),
  )
  expect(lists).toHaveLength(25)
  expect(wrong).toEqual([])
})
