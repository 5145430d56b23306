import { describe, expect, it } from 'vitest'
import { parseZoneName } from './names.ts'
import { privateName } from './private-names.ts'

describe('privateName', () => {
  it.each([
    'home.arpa',
    'iot.home.arpa',
    'corp.internal',
    'printer.local',
    'localhost',
    'a.invalid',
    'x.onion',
    'y.alt',
    'lan',
    'home',
    'office.lan',
    '10.0.0.0/8',
    '10.1.2.0/24',
    '172.16.0.0/16',
    '172.31.4.0/24',
    '192.168.20.0/24',
    '192.168.20.64/26',
    '100.64.0.0/16',
    '100.127.0.0/16',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '192.0.2.0/24',
    '::1',
    'fd00::/8',
    'fd12:3456::/32',
    'fe80::/64',
    'febf::/16',
    '2001:db8::/32',
    '3fff::/20',
    '.',
  ])('knows %s', (text) => {
    const found = privateName(parseZoneName(text))
    expect(found?.kind).toBe('local')
    expect(found?.reason).toMatch(/\.$/)
  })

  it.each(['test', 'shop.test', 'example', 'a.b.example', 'example.com', 'www.example.org'])('knows %s', (zone) => {
    expect(privateName(zone)?.kind).toBe('documentation')
  })

  it.each([
    'example.de',
    'myexample',
    'notexample.com',
    'local.net',
    'arpa',
    'in-addr.arpa',
    'hello.dev',
    'homearpa',
    'xlocal',
    '9.0.0.0/8',
    '11.0.0.0/8',
    '172.15.0.0/16',
    '172.32.0.0/16',
    '172.0.0.0/8',
    '192.167.0.0/16',
    '192.169.0.0/16',
    '100.63.0.0/16',
    '100.128.0.0/16',
    '198.51.0.0/16',
    'fc00::/8',
    'fec0::/16',
    '2001:db9::/32',
    '2a00::/16',
    '::/0',
    '3ffe::/16',
  ])('asks the internet for %s', (text) => {
    expect(privateName(parseZoneName(text))).toBeNull()
  })
})
