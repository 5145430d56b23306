import type { LoggedQuery } from '@zonedeck/shared/statistics'
import { describe, expect, it } from 'vitest'
import { instantOf, localTime, outcome, protocolWords, rowTime, tookWords, wholeTime, wordFor } from './log-words.ts'

const row: LoggedQuery = {
  row: 1,
  at: '2026-11-26T10:00:00.1234567Z',
  client: '192.0.2.7',
  protocol: 'Udp',
  answeredBy: 'Cached',
  took: null,
  rcode: 'NoError',
  name: 'www.example.org',
  type: 'A',
  class: 'IN',
  answer: 'A 198.51.100.7',
  filtered: null,
}

describe('what became of a query', () => {
  it.each<[string, Partial<LoggedQuery>, string, string]>([
    ['an answer', {}, 'From cache', 'answered'],
    ['a block', { answeredBy: 'Blocked', rcode: 'NxDomain', filtered: 'blocked' }, 'Blocked', 'blocked'],
    [
      'a rewrite, logged as a block',
      { answeredBy: 'Blocked', filtered: 'rewritten' },
      'Answered otherwise',
      'rewritten',
    ],
    ['a block by another', { answeredBy: 'UpstreamBlockedCached', filtered: 'blocked' }, 'Blocked upstream', 'blocked'],
    ['a name that is not there', { answeredBy: 'Recursive', rcode: 'NxDomain' }, 'No such name', 'none'],
    ['a failure', { answeredBy: 'Recursive', rcode: 'ServerFailure' }, 'Server failure', 'look'],
    ['no answer at all', { answeredBy: 'Dropped', rcode: 'NoError' }, 'Dropped', 'look'],
    ['a code of another day', { rcode: 'BADVERS' }, 'BADVERS', 'look'],
  ])('%s', (_, part, words, kind) => {
    expect(outcome({ ...row, ...part })).toEqual({ words, kind })
  })
})

it('shows a word it does not know as it is, whatever it is', () => {
  expect(wordFor(protocolWords, 'Tls')).toBe('DNS over TLS')
  expect(wordFor(protocolWords, 'Carrier')).toBe('Carrier')
  expect(wordFor(protocolWords, 'constructor')).toBe('constructor')
})

it('says how long it took', () => {
  expect([0.42, 12.5, 950, 1240].map(tookWords)).toEqual(['0.4 ms', '13 ms', '950 ms', '1.2 s'])
})

describe('times', () => {
  const local = new Date(2026, 10, 26, 14, 2, 11, 25)

  it('name the day where it is another one', () => {
    expect(rowTime(local.toISOString(), new Date(2026, 10, 26, 20))).toBe('14:02:11')
    expect(rowTime(local.toISOString(), new Date(2026, 10, 27, 1))).toBe('26 Nov 14:02:11')
  })

  it('are whole in the sheet', () => {
    expect(wholeTime(local.toISOString())).toBe('Thu 26 Nov 2026, 14:02:11.025')
  })

  it('go to a field and back', () => {
    expect(localTime(local.toISOString())).toBe('2026-11-26T14:02:11')
    expect(instantOf('2026-11-26T14:02:11')).toBe(new Date(2026, 10, 26, 14, 2, 11).toISOString())
    expect(localTime('')).toBe('')
    expect(instantOf('soon')).toBe('')
  })
})
