import { describe, expect, it } from 'vitest'
import { endAfter, filterParts, pageQuery, partsSet, questionParams, readQuestion, tailQuery } from './log-question.ts'

const read = (search: string) => readQuestion(new URLSearchParams(search))
const nothing = read('')

describe('the address', () => {
  it('asks for the newest of everything when it says nothing', () => {
    expect(nothing).toMatchObject({ order: 'newest', page: 1, live: false })
    expect(partsSet(nothing)).toEqual([])
    expect(Object.values(questionParams(nothing)).join('')).toBe('')
  })

  it('holds every part, and leaves out what none is', () => {
    expect(
      read(
        'client=192.0.2.7&name=*.example.org&type=aaaa&rcode=NxDomain&answeredBy=Blocked&protocol=Tls&from=2026-11-26T10:00:00Z&to=2026-11-26T11:00:00%2B01:00&order=oldest&page=3&live=on',
      ),
    ).toEqual({
      client: '192.0.2.7',
      name: '*.example.org',
      type: 'AAAA',
      rcode: 'NxDomain',
      answeredBy: 'Blocked',
      protocol: 'Tls',
      from: '2026-11-26T10:00:00.000Z',
      to: '2026-11-26T10:00:00.000Z',
      order: 'oldest',
      page: 3,
      live: true,
    })
    expect(read('from=yesterday&to=&order=up&page=-2&live=yes')).toEqual(nothing)
    expect(read('page=1.5').page).toBe(1)
    expect(read('page=1e9').page).toBe(1)
    expect(read(`client=${'1'.repeat(80)}`).client).toHaveLength(45)
  })

  it('leads to the first page when the filter changes, and keeps the page only when it is asked for', () => {
    expect(questionParams({ client: '192.0.2.7' })).toEqual({ client: '192.0.2.7', page: '' })
    expect(questionParams({ page: 4 })).toEqual({ page: '4' })
    expect(questionParams({ order: 'newest', live: false })).toEqual({ order: '', live: '', page: '' })
  })

  it.each([
    'client=2001%3Adb8%3A%3A7&name=*.example.org&page=9',
    'type=HTTPS&rcode=NxDomain&answeredBy=Blocked&order=oldest',
    'protocol=Quic&from=2026-11-26T10%3A00%3A00.000Z&to=2026-11-26T11%3A00%3A00.000Z&live=on',
  ])('is read again as it was written: %s', (search) => {
    const asked = read(search)
    const written = Object.entries(questionParams(asked)).filter(([, value]) => value !== '')
    expect(Object.fromEntries(written)).toEqual(Object.fromEntries(new URLSearchParams(search)))
    expect(read(new URLSearchParams(written).toString())).toEqual(asked)
  })
})

describe('the API', () => {
  const asked = read('client=192.0.2.7&to=2026-11-26T10:00:00Z&order=oldest&page=2')

  it('is asked for a page with what is set alone', () => {
    expect(pageQuery(asked)).toEqual({
      client: '192.0.2.7',
      to: '2026-11-26T10:00:00.000Z',
      order: 'oldest',
      page: '2',
      perPage: '50',
    })
  })

  it('is asked for what is new without an end, the oldest first, so that none is left out', () => {
    expect(tailQuery(asked, undefined)).toEqual({ client: '192.0.2.7', order: 'newest', perPage: '200' })
    expect(tailQuery(asked, '2026-11-26T10:00:00.1234567Z')).toEqual({
      client: '192.0.2.7',
      order: 'oldest',
      perPage: '200',
      after: '2026-11-26T10:00:00.1234567Z',
    })
  })

  it('gets an end that the newest row is still within', () => {
    expect(endAfter('2026-11-26T10:00:00.1239999Z')).toBe('2026-11-26T10:00:00.124Z')
  })

  it('is never asked for an empty part', () => {
    for (const part of filterParts) expect(pageQuery({ ...asked, [part]: '' })).not.toHaveProperty(part)
  })
})
