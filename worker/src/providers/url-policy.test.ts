import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkUpstreamUrl, policyFromEnv, UrlRefused, type UrlPolicy } from './url-policy.ts'

const hosted = policyFromEnv({}, ['panel.example.org', 'zonedeck.alice.workers.dev'])
const local = policyFromEnv({ ALLOW_LOOPBACK_UPSTREAM: 'true' })
const home = policyFromEnv({
  ALLOW_HTTP_UPSTREAM: '1',
  PRIVATE_UPSTREAMS: '192.168.1.0/24, fd12:3456::/32',
  UPSTREAM_PORTS: '8053',
})

const check = (url: string, policy: UrlPolicy = hosted) => {
  try {
    return checkUpstreamUrl(url, policy).href
  } catch (error) {
    if (!(error instanceof UrlRefused)) throw error
    expect(error.message).toMatch(/^[A-Z].*\.$/)
    return 'refused'
  }
}

describe('[S2] addresses that are taken', () => {
  it.each([
    ['https://dns.example.com', 'https://dns.example.com/'],
    ['  https://dns.example.com/  ', 'https://dns.example.com/'],
    ['HTTPS://DNS.Example.COM:443/base/', 'https://dns.example.com/base/'],
    ['https://dns.example.com./x', 'https://dns.example.com/x'],
    ['https://dns.example.com:8443', 'https://dns.example.com:8443/'],
    ['https://dns.example.com:5380', 'https://dns.example.com:5380/'],
    ['https://dns.example.com:53443', 'https://dns.example.com:53443/'],
    ['https://bücher.example', 'https://xn--bcher-kva.example/'],
    ['https://203.0.113.77.example', 'https://203.0.113.77.example/'],
    ['https://8.8.8.8', 'https://8.8.8.8/'],
    ['https://134744072', 'https://8.8.8.8/'],
    ['https://[2606:4700::1111]:8443', 'https://[2606:4700::1111]:8443/'],
    ['https://other.workers.dev', 'https://other.workers.dev/'],
    ['https://dns.panel.example.org', 'https://dns.panel.example.org/'],
    ['https://localhost.example.com', 'https://localhost.example.com/'],
    ['https://notlocal.example', 'https://notlocal.example/'],
  ])('%s', (url, href) => {
    expect(check(url)).toBe(href)
  })
})

describe('[S2] [S3] addresses that are refused everywhere but where the operator says so', () => {
  it.each([
    // no address, or more than one
    '',
    'dns.example.com',
    'dns.example.com:8443',
    'ftp://dns.example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/plain,x',
    'https://',
    'https:///',
    'https:dns.example.com',
    'https://dns.example.com:99999',
    'http://dns.example.com',
    'https://user@dns.example.com',
    'https://user:pass@dns.example.com',
    'https://@dns.example.com',
    'https://dns.example.com#x',
    'https://dns.example.com/#',
    'https://dns.example.com?x=1',
    'https://dns.example.com/?',
    'https://dns.example.com:22',
    'https://dns.example.com:25',
    'https://dns.example.com:80',
    'https://dns.example.com:6379',
    'https://dns..example.com',
    'https://dns.example.com..',
    'https://-/',
    'https://a!b.example.com',
    'https://*.example.com',
    // loopback in every spelling
    'https://127.0.0.1',
    'https://127.1',
    'https://127.255.255.254',
    'https://0x7f.1',
    'https://0x7f000001',
    'https://2130706433',
    'https://017700000001',
    'https://0177.0.0.1',
    'https://127.0.0.1.',
    'https://①②⑦.⓪.⓪.①',
    'https://127。0。0。1',
    'https://%31%32%37.0.0.1',
    'https://[::1]',
    'https://[0:0:0:0:0:0:0:1]',
    'https://localhost',
    'https://LOCALHOST',
    'https://localhost.',
    'https://ｌｏｃａｌｈｏｓｔ',
    'https://app.localhost',
    // private, shared, local to a link
    'https://10.0.0.1',
    'https://172.16.0.1',
    'https://172.31.255.255',
    'https://192.168.1.1',
    'https://100.64.0.1',
    'https://100.127.255.255',
    'https://169.254.169.254',
    'https://0xa9fea9fe',
    'https://169.254.0.1',
    'https://[fe80::1]',
    'https://[fc00::1]',
    'https://[fd12:3456::1]',
    'https://[fd00:ec2::254]',
    'https://[fec0::1]',
    // unspecified, multicast, reserved
    'https://0.0.0.0',
    'https://0',
    'https://0.1.2.3',
    'https://[::]',
    'https://224.0.0.1',
    'https://239.255.255.255',
    'https://240.0.0.1',
    'https://255.255.255.255',
    'https://192.0.2.1',
    'https://198.18.0.1',
    'https://198.51.100.1',
    'https://203.0.113.1',
    'https://192.0.0.1',
    'https://[ff02::1]',
    'https://[2001:db8::1]',
    'https://[100::1]',
    'https://[4000::1]',
    // IPv4 inside IPv6
    'https://[::ffff:127.0.0.1]',
    'https://[::ffff:7f00:1]',
    'https://[::ffff:8.8.8.8]',
    'https://[::127.0.0.1]',
    'https://[::7f00:1]',
    'https://[::ffff:0:127.0.0.1]',
    'https://[64:ff9b::7f00:1]',
    'https://[64:ff9b::10.0.0.1]',
    'https://[64:ff9b:1::1]',
    'https://[2002:7f00:1::]',
    'https://[2002:a00:1::1]',
    'https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]',
    // names of local networks, and of the panel itself
    'https://printer.local',
    'https://metadata.google.internal',
    'https://router.home.arpa',
    'https://home.arpa',
    'https://local',
    'https://intranet',
    'https://panel.example.org',
    'https://PANEL.example.org.',
    'https://zonedeck.alice.workers.dev',
    'https://other.alice.workers.dev',
    'https://abc123-zonedeck.alice.workers.dev',
  ])('%s', (url) => {
    expect(check(url)).toBe('refused')
  })
})

describe('[S4] what the operator opens', () => {
  it.each([
    ['http://localhost:5380', local, true],
    ['http://127.0.0.1:49152/base', local, true],
    ['http://127.9.9.9', local, true],
    ['http://[::1]:8081', local, true],
    ['https://localhost:1', local, true],
    ['http://dns.localhost:8081', local, true],
    ['http://192.168.1.1', local, false],
    ['http://dns.example.com', local, false],
    ['https://[::ffff:127.0.0.1]', local, false],
    ['https://10.0.0.1', local, false],
    ['https://0.0.0.0', local, false],
    ['https://printer.local', local, false],
    ['http://192.168.1.53:5380', home, true],
    ['http://192.168.1.53', home, true],
    ['https://192.168.1.53:8053', home, true],
    ['https://0xc0a80135', home, true],
    ['https://[fd12:3456::53]', home, true],
    ['http://dns.example.com', home, true],
    ['https://192.168.2.53', home, false],
    ['https://[fd12:3457::53]', home, false],
    ['https://[::ffff:192.168.1.53]', home, false],
    ['http://127.0.0.1:8081', home, false],
    ['http://localhost:8081', home, false],
    ['https://169.254.169.254', home, false],
    ['https://192.168.1.53:9999', home, false],
  ])('%s', (url, policy, allowed) => {
    expect(check(url, policy) !== 'refused').toBe(allowed)
  })

  it.each([
    [{ PRIVATE_UPSTREAMS: '192.168.1.0' }, 'PRIVATE_UPSTREAMS'],
    [{ PRIVATE_UPSTREAMS: '10.0.0.0/8,everything' }, 'PRIVATE_UPSTREAMS'],
    [{ UPSTREAM_PORTS: '53,http' }, 'UPSTREAM_PORTS'],
    [{ UPSTREAM_PORTS: '70000' }, 'UPSTREAM_PORTS'],
  ])('a variable that cannot be read opens nothing and is named: %j', (env, name) => {
    expect(() => policyFromEnv(env)).toThrow(name)
  })

  it.each(['false', '0', '', 'yes', 'TRUE '])('only “true” and “1” switch on, %j does not', (value) => {
    const policy = policyFromEnv({ ALLOW_HTTP_UPSTREAM: value, ALLOW_LOOPBACK_UPSTREAM: value })
    expect([policy.allowHttp, policy.allowLoopback]).toEqual([false, false])
  })
})

describe('[S3] whatever the spelling', () => {
  const byte = fc.nat(255)
  const spell = (parts: number[], style: number): string => {
    const [a = 0, b = 0, c = 0, d = 0] = parts
    const number = ((a * 256 + b) * 256 + c) * 256 + d
    return (
      [
        parts.join('.'),
        String(number),
        `0x${number.toString(16)}`,
        `0${number.toString(8)}`,
        parts.map((part) => `0x${part.toString(16)}`).join('.'),
        `${a}.${b}.${c * 256 + d}`,
        `${a}.${(b * 256 + c) * 256 + d}`,
        parts.join('。'),
        [...parts.join('.')].map((at) => (at === '.' ? at : String.fromCharCode(at.charCodeAt(0) + 0xfee0))).join(''),
      ][style] ?? ''
    )
  }
  const style = fc.nat(8)

  it('no private IPv4 address passes', () => {
    const inside = fc.oneof(
      fc.tuple(fc.constantFrom(0, 10, 127, 224, 240, 255), byte, byte, byte),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), byte, byte),
      fc.tuple(fc.constant(192), fc.constant(168), byte, byte),
      fc.tuple(fc.constant(169), fc.constant(254), byte, byte),
      fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), byte, byte),
    )
    fc.assert(fc.property(inside, style, (parts, how) => check(`https://${spell(parts, how)}/`) === 'refused'))
  })

  it('no IPv6 address that holds one passes', () => {
    const hex = (high: number, low: number) => (high * 256 + low).toString(16)
    fc.assert(
      fc.property(fc.tuple(fc.constantFrom(10, 127), byte, byte, byte), fc.nat(5), ([a, b, c, d], how) => {
        const [one, two] = [hex(a, b), hex(c, d)]
        const host = [
          `::ffff:${one}:${two}`,
          `::${one}:${two}`,
          `64:ff9b::${one}:${two}`,
          `2002:${one}:${two}::1`,
          `2001:0:${one}:${two}::1`,
          `fe80::5efe:${one}:${two}`,
        ][how]
        return check(`https://[${host}]/`) === 'refused'
      }),
    )
  })

  it('no text makes it throw anything but a refusal', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl()), (text) => check(text).length > 0))
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => check(`https://${text}`).length > 0))
  })
})
