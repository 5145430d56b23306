import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseVerdictRecording } from './recording.ts'
import { replayCase } from './verdicts.ts'

const folder = join(import.meta.dirname, 'fixtures')
const read = (file: string) => parseVerdictRecording(readFileSync(join(folder, file), 'utf8'))

/** So that a file that went missing, or half of it, is noticed. */
const counts: Record<string, number> = {
  'classes.json': 305,
  'crafted.json': 303,
  'odd.json': 278,
  'random-1.json': 960,
  'random-2.json': 960,
  'schedules.json': 109,
}

describe('verdicts of the real app', () => {
  it.each(Object.keys(counts))('%s: every one is ours too', (file) => {
    const scores = read(file).cases.map(replayCase)
    expect(scores.flatMap(({ disagreements }) => disagreements)).toEqual([])
    expect(readdirSync(folder).sort()).toEqual(Object.keys(counts))
    expect(scores.reduce((sum, { agree }) => sum + agree, 0)).toBe(counts[file])
  })

  it('takes what a recording leaves out', () => {
    const client = { ip: '192.0.2.1', id: null }
    const { cases } = parseVerdictRecording(
      JSON.stringify({
        cases: [
          { at: '2026-11-23T15:07:00Z', queries: [{ name: 'a.test', type: 'A', client, filtered: false }] },
          { at: '2026-11-23T15:07:00Z', config: [], lists: null, refused: 'no' },
        ],
      }),
    )
    expect(cases.map(replayCase).map(({ agree, of }) => [agree, of])).toEqual([
      [1, 1],
      [1, 1],
    ])
  })

  it('sees when a verdict, a record, a reason or a refusal differs', () => {
    const [recorded] = read('crafted.json').cases.filter(({ title }) =>
      title.startsWith('blocking addresses: addresses v4 only'),
    )
    const [query] = recorded?.queries ?? []
    if (recorded === undefined || query === undefined) throw new Error('The case is gone.')
    const answer = (change: object) =>
      replayCase({ ...recorded, queries: [{ ...query, answer: { rcode: 'NOERROR', ...query.answer, ...change } }] })
    expect(answer({}).agree).toBe(1)
    expect(answer({ rcode: 'NXDOMAIN' }).agree).toBe(0)
    expect(answer({ records: [['A', 61, '192.0.2.99']] }).agree).toBe(0)
    expect(answer({ extendedError: [15, 'something else'] }).disagreements).toEqual([
      {
        case: 'blocking addresses: addresses v4 only',
        query: 'bad.test A from 192.168.1.10',
        recorded: 'NOERROR [A 60 192.0.2.99] (15 something else)',
        ours: 'NOERROR [A 60 192.0.2.99] (15 source=content-filter; domain=bad.test; profile=p; matchedDomain=bad.test)',
        because: 'The rule “bad.test” of profile “p” blocks it.',
      },
    ])
    expect(replayCase({ ...recorded, queries: [{ ...query, filtered: false }] }).agree).toBe(0)
    expect(replayCase({ ...recorded, refused: 'no' }).agree).toBe(0)
    expect(replayCase({ ...recorded, config: '{"profiles":null}' }).disagreements).toMatchObject([
      { ours: 'refuses the configuration', because: '/profiles: This is null; the app wants an object here.' },
    ])
  })
})
