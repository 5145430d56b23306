import { describe, expect, it } from 'vitest'
import { fieldAdvice } from './advice.ts'
import { fieldErrors } from './check.ts'
import { recordTypes } from './index.ts'
import { RdataError, type Fields } from './record-type.ts'
import { fieldsSchema } from './schema.ts'

describe('fieldErrors', () => {
  it.each<[string, Fields, { field: string; message: string }[]]>([
    ['MX', { preference: '10', exchange: 'mail.example.com.' }, []],
    [
      'MX',
      { preference: 10, exchange: '192.0.2.1' },
      [{ field: 'exchange', message: 'An MX needs a host name, not an address.' }],
    ],
    ['CNAME', { target: '2001:db8::1' }, [{ field: 'target', message: 'A CNAME needs a host name, not an address.' }]],
    [
      'SRV',
      { priority: '', weight: 0, port: 99_999, target: '' },
      [
        { field: 'priority', message: 'Priority is a number from 0 to 65535.' },
        { field: 'port', message: 'Port is a number from 0 to 65535.' },
        { field: 'target', message: 'Target is missing.' },
      ],
    ],
    [
      'DS',
      { keyTag: 1, algorithm: 8, digestType: 2, digest: 'ab' },
      [{ field: 'digest', message: 'A digest of type 2 has 32 bytes; this one has 1.' }],
    ],
    [
      'FWD',
      { protocol: 'Smoke', forwarder: 'x', dnssecValidation: 'true', proxyType: 'NoProxy' },
      [{ field: 'protocol', message: 'Protocol is one of Udp, Tcp, Tls, Https, Quic.' }],
    ],
    ['HINFO', {}, []],
  ])('%s %j', (type, fields, expected) => {
    expect(fieldErrors(type, fields)).toEqual(expected)
  })
})

describe('fieldAdvice', () => {
  it.each<[string, Fields, string[]]>([
    ['MX', { preference: 10, exchange: 'mail.example.com.' }, []],
    ['MX', { preference: 10, exchange: '192.0.2.1.' }, ['exchange']],
    ['MX', { preference: 10, exchange: '.' }, ['preference']],
    ['MX', { preference: 10, exchange: 'mail_1.example.com.' }, ['exchange']],
    ['NS', { server: 'ns1' }, ['server']],
    ['CNAME', { target: '_acme.example.net.' }, []],
    ['TXT', { text: '"v=spf1 -all"' }, ['text']],
    ['TXT', { text: 'v=spf1 -all' }, []],
    ['CAA', { flags: 0, tag: 'issue', value: 'https://letsencrypt.org' }, ['value']],
    ['CAA', { flags: 1, tag: 'iodef', value: 'me@example.com' }, ['flags', 'value']],
    [
      'SOA',
      { mname: 'ns.example.', rname: 'a@b.example', serial: 1, refresh: '1h', retry: '2h', expire: '1h', minimum: 60 },
      ['retry', 'expire'],
    ],
    ['HTTPS', { priority: 0, target: 'a.example.', params: 'alpn=h2' }, ['params']],
    ['SRV', { priority: 0, weight: 0, port: 'x', target: 'ok.example.' }, []],
    ['HINFO', {}, []],
  ])('%s %j', (type, fields, expected) => {
    expect(fieldAdvice(type, fields).map((advice) => advice.field)).toEqual(expected)
  })
})

describe('format', () => {
  it('takes what a person types', () => {
    const soa = {
      mname: 'NS1.example.com',
      rname: 'John.Doe@example.com',
      serial: '7',
      refresh: '1h',
      retry: '15m',
      expire: '2w',
      minimum: 60,
    }
    expect(recordTypes.get('SOA')!.format(soa)).toBe('ns1.example.com. john\\.doe.example.com. 7 3600 900 1209600 60')
    expect(recordTypes.get('TXT')!.format({ text: 'x'.repeat(300) })).toBe(`"${'x'.repeat(255)}" "${'x'.repeat(45)}"`)
    expect(recordTypes.get('MX')!.format({ preference: 5, exchange: 'bücher.example' })).toBe(
      '5 xn--bcher-kva.example.',
    )
    expect(recordTypes.get('APP')!.format({ appName: 'A', classPath: 'B', data: '{"x":1}' })).toBe(
      '"A" "B" "{\\"x\\":1}"',
    )
    expect(recordTypes.get('APP')!.parse('A B eyJ4IjoxfQ==')).toEqual({ appName: 'A', classPath: 'B', data: '{"x":1}' })
    expect(recordTypes.get('FWD')!.parse('udp 9.9.9.9 True NoProxy')).toMatchObject({
      protocol: 'Udp',
      priority: 0,
      dnssecValidation: 'true',
    })
  })
})

describe('fieldsSchema', () => {
  it('gives canonical fields', () => {
    expect(fieldsSchema('MX').parse({ preference: '010', exchange: 'Mail.example.com' })).toEqual({
      preference: 10,
      exchange: 'mail.example.com.',
    })
  })

  it('says the same sentences as the form', () => {
    const fields = { preference: 'x', exchange: '192.0.2.1' }
    const issues = fieldsSchema('MX').safeParse(fields).error?.issues
    expect(issues?.map((issue) => ({ field: issue.path.join(), message: issue.message }))).toEqual(
      fieldErrors('MX', fields),
    )
  })

  it('checks fields against each other', () => {
    const result = fieldsSchema('DS').safeParse({ keyTag: 1, algorithm: 8, digestType: 1, digest: 'ab' })
    expect(result.error?.issues[0]).toMatchObject({
      path: ['digest'],
      message: 'A digest of type 1 has 20 bytes; this one has 1.',
    })
  })

  it('knows missing, extra and optional fields', () => {
    expect(fieldsSchema('HTTPS').safeParse({ priority: 1, target: '.' }).success).toBe(true)
    expect(fieldsSchema('A').safeParse({}).error?.issues[0]?.message).toBe('IPv4 address is missing.')
    expect(fieldsSchema('A').safeParse({ address: '192.0.2.1', ttl: 1 }).success).toBe(false)
    expect(() => fieldsSchema('HINFO')).toThrow(RdataError)
  })
})
