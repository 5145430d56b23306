import type { ConfigChangeGroup } from '@zonedeck/shared/filter/describe'
import { expect, it } from 'vitest'
import { changeNote } from './change-note.ts'

const group = (title: string, change: ConfigChangeGroup['change'] = 'changed'): ConfigChangeGroup => ({
  about: 'profile',
  title,
  change,
  lines: [],
})

it.each([
  [[group('Profile “kids”')], 'Change profile “kids”'],
  [[group('Settings'), group('Client “Tablet”', 'added')], 'Change settings and client “Tablet”'],
  [[group('Profile “a”', 'added'), group('Profile “b”', 'added')], 'Add profile “a” and profile “b”'],
  [[group('Client “x”', 'removed')], 'Remove client “x”'],
  [
    [group('Settings'), group('Profile “a”'), group('Profile “b”'), group('List “c”')],
    'Change settings and profile “a”, and 2 more',
  ],
  [[], 'Change the layout of the filter’s text'],
])('a save is called after what changes', (groups, note) => {
  expect(changeNote(groups)).toBe(note)
})

it('is never longer than the history takes', () => {
  expect(changeNote([group(`Client “${'x'.repeat(300)}”`)])).toHaveLength(200)
})
