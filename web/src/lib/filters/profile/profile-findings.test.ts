import { findings } from '@zonedeck/shared/filter/findings/index'
import { describe, expect, it } from 'vitest'
import { lineKind, pastedLines } from './line-kind.ts'
import { hoursFindings, lineFindings, partFindings } from './profile-findings.ts'

const found = findings(
  JSON.stringify({
    timeZone: 'Nowhere',
    scheduleAllDay: false,
    profiles: {
      'a/b': {
        customRules: ['# note', '*.poki.test', 'ok.test', 'dot.test.'],
        blockedServices: ['nothing-such'],
        schedule: {
          mon: { allDay: false, start: '00:00', end: '00:00' },
          monday: {},
          tue: { allDay: false, start: '24:00' },
        },
      },
      a: { customRules: ['*.x.test'] },
    },
  }),
)

describe('findings of a profile', () => {
  it('belong to a part, and to a line of it', () => {
    expect(partFindings(found, 'a/b', 'blockedServices').map(({ id }) => id)).toEqual(['unknown-service'])
    const lines = lineFindings(found, 'a/b', 'customRules')
    expect([...lines.keys()].toSorted()).toEqual([1, 3])
    expect(lines.get(1)?.[0]?.id).toBe('wildcard-entry')
    expect([...lineFindings(found, 'a', 'customRules').keys()]).toEqual([0])
  })

  it('count the time zone among the hours, and not a day that is free on purpose', () => {
    const ids = hoursFindings(found, 'a/b', true).map(({ id }) => id)
    expect(ids).toContain('unknown-time-zone')
    expect(ids).toContain('unreadable-time')
    expect(ids).not.toContain('free-day')
    expect(hoursFindings(found, 'a', false)).toEqual([])
  })
})

describe('lines', () => {
  it('are what the app makes of them', () => {
    expect([' @@ok.test', 'x.test', '# x', ' ', '@@'].map((line) => lineKind('customRules', line))).toEqual([
      'allows',
      'blocks',
      'comment',
      'blank',
      'comment',
    ])
    expect(lineKind('allowList', '# x')).toBe('allows')
    expect(lineKind('regexBlockRules', '# x')).toBe('comment')
    expect(pastedLines(' a.test \r\n\n b.test')).toEqual(['a.test', 'b.test'])
  })
})
