import { describe, expect, it } from 'vitest'
import { carry, fit, keepsOf } from './fit.ts'

const set = {
  name: 'www',
  type: 'A',
  ttl: 60,
  records: [
    { rdata: '192.0.2.1', comment: 'front' },
    { rdata: '192.0.2.2', disabled: true },
  ],
}

describe('fit', () => {
  it('keeps everything where the server keeps it', () => {
    expect(fit(set, { comments: 'record', disabled: true })).toEqual(set)
  })
  it('moves comments to the set where the server has them there', () => {
    expect(fit(set, { comments: 'set', disabled: true })).toEqual({
      ...set,
      records: [{ rdata: '192.0.2.1' }, { rdata: '192.0.2.2', disabled: true }],
      comments: [{ content: 'front' }],
    })
  })
  it('never lets a disabled record go live', () => {
    expect(fit(set, { comments: 'none', disabled: false })?.records).toEqual([{ rdata: '192.0.2.1' }])
    expect(fit({ ...set, records: set.records.slice(1) }, { comments: 'none', disabled: false })).toBeNull()
  })
  it('forgets what explains the numbers of an SOA', () => {
    const soa = { ...set, type: 'SOA', records: [{ rdata: 'a. b. 1 2 3 4 5', comment: 'negative answers' }] }
    expect(fit(soa, { comments: 'record', disabled: true })?.records).toEqual([{ rdata: 'a. b. 1 2 3 4 5' }])
  })
  it('reads what a server keeps from its capabilities', () => {
    const reason = { reason: 'It has none.' }
    expect(keepsOf({ comments: 'set', disableRecord: reason })).toEqual({ comments: 'set', disabled: false })
    expect(keepsOf({ comments: reason, disableRecord: true })).toEqual({ comments: 'none', disabled: true })
  })
})

describe('carry', () => {
  it('keeps what the file does not say of a value that stays', () => {
    const present = {
      ...set,
      comments: [{ content: 'of the set' }],
      records: [{ rdata: '192.0.2.1', comment: 'old', native: { expiryTtl: 5 }, ref: '7' }],
    }
    const said = { ...set, records: [{ rdata: '192.0.2.1' }, { rdata: '192.0.2.3' }] }
    expect(carry(said, present)).toEqual({
      ...said,
      comments: present.comments,
      records: [present.records[0], said.records[1]],
    })
    expect(carry(set, present).records[0]).toMatchObject({ comment: 'front', native: { expiryTtl: 5 } })
  })
  it('takes the file at its word about what is disabled', () => {
    const present = { ...set, records: [{ rdata: '192.0.2.1', disabled: true }] }
    expect(carry({ ...set, records: [{ rdata: '192.0.2.1' }] }, present).records).toEqual([{ rdata: '192.0.2.1' }])
  })
})
