import { describe, expect, it } from 'vitest'
import { recordTypes } from '@zonedeck/shared/records/index'
import { adviceFor, readValues, writeValues } from './values.ts'

const origin = 'example.org.'

describe('values of a form', () => {
  it('reads and writes an MX', () => {
    const values = readValues('MX', '10 mail.example.org.')
    expect(Object.values(values ?? {})).toEqual(['10', 'mail.example.org.'])
    expect(writeValues('MX', values ?? {}, origin)).toEqual({ rdata: '10 mail.example.org.' })
  })
  it('names every field that is wrong, at once', () => {
    const form = recordTypes.get('MX')
    const [preference, host] = form?.fields.map(({ id }) => id) ?? []
    const written = writeValues('MX', { [preference ?? '']: 'first', [host ?? '']: 'a..b' }, origin)
    expect(Object.keys('errors' in written ? written.errors : {}).sort()).toEqual([preference, host].sort())
  })
  it('completes a short host name with the zone', () => {
    const [host] = recordTypes.get('CNAME')?.fields ?? []
    expect(writeValues('CNAME', { [host?.id ?? '']: 'www' }, origin)).toEqual({ rdata: 'www.example.org.' })
  })
  it('shows a TXT as one text, and splits it again', () => {
    const long = 'k=rsa; p='.padEnd(400, 'x')
    const [text] = recordTypes.get('TXT')?.fields ?? []
    const written = writeValues('TXT', { [text?.id ?? '']: long }, origin)
    const rdata = 'rdata' in written ? written.rdata : ''
    expect(rdata).toBe(`"${long.slice(0, 255)}" "${long.slice(255)}"`)
    expect(Object.values(readValues('TXT', rdata) ?? {})).toEqual([long])
  })
  it('takes text for every type, known or not', () => {
    expect(writeValues('TYPE65280', '\\# 2 abcd', origin)).toEqual({ rdata: '\\# 2 abcd' })
    expect(writeValues('A', ' 192.0.2.1 ', origin)).toEqual({ rdata: '192.0.2.1' })
    expect(Object.keys(writeValues('A', '192.0.2', origin))).toEqual(['errors'])
    expect(Object.keys(writeValues('A', ' ', origin))).toEqual(['errors'])
  })
  it('shows durations as a person reads them, and takes them back', () => {
    const soa = 'ns1.example.org. hostmaster.example.org. 2026112401 86400 5400 3542400 3600'
    const values = readValues('SOA', soa) ?? {}
    expect([values['refresh'], values['retry'], values['expire']]).toEqual(['1 d', '1 h 30 min', '41 d'])
    expect(writeValues('SOA', values, origin)).toEqual({ rdata: soa })
    expect(writeValues('SOA', { ...values, refresh: 'soon' }, origin)).toHaveProperty('errors.refresh')
  })
  it('advises where a value is allowed but hardly meant', () => {
    expect(adviceFor('MX', { preference: '10', exchange: 'mail_1.example.org.' }, origin)).toEqual([
      { field: 'exchange', message: expect.stringContaining('letters, digits and hyphens') as string },
    ])
    expect(adviceFor('MX', { preference: '', exchange: '' }, origin)).toEqual([])
    expect(adviceFor('TYPE65280', {}, origin)).toEqual([])
  })
  it('opens as text what no form can read', () => {
    expect(readValues('MX', 'not a value')).toBeNull()
    expect(readValues('TYPE65280', '\\# 0')).toBeNull()
  })
  it('begins with what a type suggests', () => {
    for (const type of recordTypes.keys()) expect(readValues(type, null), type).not.toBeNull()
  })
})
