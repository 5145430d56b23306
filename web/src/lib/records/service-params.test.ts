import { describe, expect, it } from 'vitest'
import { joinParams, splitParams } from './service-params.ts'

describe('parameters as rows', () => {
  it.each([
    '',
    'alpn=h2,h3',
    'mandatory=alpn alpn=h2,h3 no-default-alpn port=8443 ipv4hint=192.0.2.1,192.0.2.2 ech=AEX+DQ==',
    'key65280="two words" dohpath=/dns-query{?dns}',
    'alpn="a\\"b (c)"',
  ])('takes apart and puts together %j', (text) => {
    expect(joinParams(splitParams(text) ?? [])).toBe(text)
  })
  it('reads a value without its quotes', () => {
    expect(splitParams('alpn="h2,h3"  port=443')).toEqual([
      { key: 'alpn', value: 'h2,h3' },
      { key: 'port', value: '443' },
    ])
  })
  it.each(['alpn="h2', 'alpn="h2"x', '"alpn"=h2', 'alpn=h"2'])('leaves %j to the text field', (text) => {
    expect(splitParams(text)).toBeNull()
  })
  it('leaves out a row without a key', () => {
    expect(
      joinParams([
        { key: '', value: 'x' },
        { key: 'port', value: '1' },
      ]),
    ).toBe('port=1')
  })
})
