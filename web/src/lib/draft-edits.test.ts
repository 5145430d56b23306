import { describe, expect, it } from 'vitest'
import { joinEdits } from './draft-edits.ts'

const set = (...values: string[]) => ({ name: 'www', type: 'A', ttl: 300, records: values.map((rdata) => ({ rdata })) })
const edit = (before: ReturnType<typeof set> | null, after: ReturnType<typeof set> | null) => ({
  name: 'www',
  type: 'A',
  before,
  after,
})
const server = set('192.0.2.1')

describe('joinEdits', () => {
  it('takes the next edit of what the draft holds as it is', () => {
    const draft = [edit(server, set('192.0.2.1', '192.0.2.2'))]
    expect(joinEdits(draft, [edit(set('192.0.2.1', '192.0.2.2'), set('192.0.2.2'))])).toEqual([
      edit(server, set('192.0.2.2')),
    ])
  })
  it('keeps the values of both when another tab was faster', () => {
    const [joined] = joinEdits(
      [edit(server, set('192.0.2.1', '192.0.2.2'))],
      [edit(server, set('192.0.2.1', '192.0.2.3'))],
    )
    expect(joined?.before).toEqual(server)
    expect(joined?.after?.records.map(({ rdata }) => rdata).sort()).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3'])
  })
  it('lets the last edit stand where both gave the same value another one', () => {
    expect(joinEdits([edit(server, set('192.0.2.2'))], [edit(server, set('192.0.2.3'))])).toEqual([
      edit(server, set('192.0.2.3')),
    ])
  })
  it('takes a new set as it is', () => {
    expect(joinEdits([], [edit(null, server)])).toEqual([edit(null, server)])
  })
})
