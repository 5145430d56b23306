import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bytesHex } from './fields/bytes.ts'
import { canonicalRdata, rdataBytes, rdataText } from './rdata.ts'

const installed = spawnSync('named-compilezone', ['-v']).error === undefined

const sha256 = 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855'
const key = 'AwEAAaz/tAm8yTn4Mfeh5eyI96WSVexTBAvkMgJzkKTO iW1vkIbzxeF3 +/4RgWOq7HrxRixHlFlExOLAJr5emLvN7SWXgnLh4+B5xQ=='

/** Spellings that BIND reads, each unlike what it prints. */
const spellings: [type: string, rdata: string][] = [
  ['A', '192.0.2.1'],
  ['A', '\\# 4 C0 00 02 01'],
  ['AAAA', '2001:DB8:0:0:0:0:0:1'],
  ['AAAA', '::FFFF:192.0.2.1'],
  ['AAAA', '2001:db8::192.0.2.33'],
  ['AAAA', '::'],
  ['AAAA', '::1.2.3.4'],
  ['AAAA', '1:0:0:2:0:0:0:3'],
  ['AAAA', '1:0:2:3:4:5:6:7'],
  ['AAAA', '::2:3:4:5:6:7:8'],
  ['NS', 'NS1.Example.ORG.'],
  ['NS', 'relative'],
  ['NS', '@'],
  ['CNAME', 'dots\\.inside.\\065\\098c.\\000\\255\\032x'],
  ['CNAME', 'odd\\@\\$\\(\\)\\;\\"\\\\'],
  ['DNAME', '.'],
  ['PTR', '\\# 17 03777777076578616D706C6503636F6D00'],
  ['MX', '010 Mail'],
  ['MX', '0 .'],
  ['MX', '( 10\n mail )'],
  ['SOA', 'ns1 host\\.master 2026010101 1h30m 15M 2w 1d12h'],
  ['SOA', 'ns1 admin@mail 1 2 3 4 5'],
  ['SRV', '00 5 0443 Target.'],
  ['TXT', 'bare'],
  ['TXT', '"two" "strings"'],
  ['TXT', '"two""glued"'],
  ['TXT', 'two"glued"three'],
  ['TXT', '""'],
  ['TXT', '"a;b" a\\;b "q\\"q" \\"q "b\\\\b" "\\065\\000\\255\\127" a\\032b'],
  ['TXT', `"${'x'.repeat(255)}" "${'y'.repeat(255)}"`],
  ['TXT', 'grüße'],
  ['SPF', '"v=spf1 -all"'],
  ['CAA', '0 issue "letsencrypt.org; validationmethods=dns-01"'],
  ['CAA', '128 iodef mailto:a@example.com'],
  ['CAA', '0 issue ";"'],
  ['DS', `12345 ECDSAP256SHA256 SHA-256 ${sha256.slice(0, 20)} ${sha256.slice(20)}`],
  ['DS', `012345 8 2 ( ${sha256.toLowerCase()} )`],
  ['CDS', '0 0 0 00'],
  ['CDS', `1 RSASHA256 1 ${sha256.slice(0, 40)}`],
  ['DLV', `1 8 1 ${sha256.slice(0, 40)}`],
  ['DNSKEY', `256 3 RSASHA256 ( ${key} )`],
  ['CDNSKEY', '0 3 0 AA=='],
  ['KEY', `256 3 8 ${key}`],
  ['TLSA', `03 01 01 ${sha256.slice(0, 7)} ${sha256.slice(7)}`],
  ['SMIMEA', '3 0 0 ABCDEF 01'],
  ['SSHFP', `4 2 ${sha256.slice(0, 30)} ${sha256.slice(30)}`],
  ['NAPTR', '100 010 u E2U+sip !^.*$!sip:info@example.com! .'],
  ['NAPTR', '100 10 "S" "SIP+D2U" "" _sip._udp.Example.com.'],
  ['NAPTR', '1 1 "" "" "!^(.*)$!\\\\1!" .'],
  ['URI', '10 1 "ftp://ftp1.example.com/public"'],
  ['URI', '10 1 "http://example.com/a;b\\"c"'],
  ['OPENPGPKEY', 'AQID BAUG Bwg='],
  ['RP', 'Admin.example.com. txt'],
  ['RP', '. .'],
  ['LOC', '52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m'],
  ['LOC', '42 21 54 N 71 06 18 W -24m 30m'],
  ['LOC', '42 N 71 W 0m'],
  ['LOC', '42 21 43.952 N 71 5 6.344 W -24.5 1.5m 200.99m 0.5m'],
  ['LOC', '0 0 0.001 S 180 0 0 E 42849672.95m 90000000m 12m 0.01m'],
  ['LOC', '42 21 4.1 N 71 5 6.34 W 1.5m'],
  ['HTTPS', '1 . alpn="h2,h3" port=443'],
  ['HTTPS', '0 svc'],
  ['SVCB', '16 foo.example.org. alpn=h2,h3-19 mandatory=ipv4hint,alpn ipv4hint=192.0.2.1'],
  ['SVCB', '16 foo.example.org. alpn="f\\\\\\\\oo\\\\,bar,h2"'],
  ['SVCB', '16 foo.example.org. alpn=f\\\\\\092oo\\092,bar,h2'],
  ['SVCB', '1 foo.example.com. key667="hello\\210qoo"'],
  ['SVCB', '1 foo.example.com. key667=hello'],
  ['SVCB', '1 foo.example.com. key65000'],
  ['SVCB', '1 foo ipv6hint=2001:DB8::1,2001:db8:0::53:1 port=053 ech="AAEC" no-default-alpn alpn=h2'],
  ['SVCB', '1 dns alpn=dot key7="/dns-query{?dns}"'],
  ['SVCB', '1 dns alpn=dot dohpath=/dns-query{?dns}'],
  ['SVCB', '\\# 9 0001 00 0003 0002 01bb'],
  ['HINFO', 'PC Linux'],
  ['HINFO', '"PC" "Linux 6.1"'],
  ['CERT', 'PKIX 12345 RSASHA256 AQID BA=='],
  ['CERT', '65534 0 0 AQIDBA=='],
  ['NSEC3PARAM', '1 0 010 AABB'],
  ['NSEC3PARAM', '1 0 0 -'],
  ['RRSIG', 'A 13 3 3600 20260101000000 20251201000000 12345 Example.com. AQID BA=='],
  ['RRSIG', 'TYPE65400 RSASHA256 3 03600 1767225600 1764547200 12345 @ AQIDBA=='],
  ['NSEC', 'Host.example.com. MX A RRSIG NSEC TYPE1234'],
  ['NSEC', '. TYPE1 TYPE15'],
  ['ZONEMD', `2018031500 1 1 ${sha256}${sha256.slice(0, 32)}`],
  ['AFSDB', '1 Afs'],
  ['DHCID', 'AAIBY2/AuCccgoJbsaxcQc9TUapptP69l OjxfNuVAA2kjEA='],
  ['EUI48', '00-00-5E-00-53-2A'],
  ['EUI64', '00-00-5e-ef-10-00-00-2A'],
  ['CSYNC', '66 3 NS AAAA A'],
  ['KX', '10 Kx'],
  ['APL', '1:192.168.32.0/21 !1:192.168.38.0/28 2:FF00:0:0:0:0:0:0:0/8'],
  ['IPSECKEY', '10 1 2 192.0.2.38 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ=='],
  ['IPSECKEY', '10 0 2 . AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ=='],
  ['IPSECKEY', '10 3 2 Mygateway AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ=='],
  ['IPSECKEY', '10 2 2 2001:0DB8:0:8002::2000:1 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ=='],
  ['MINFO', 'A b'],
  ['RT', '10 Relay'],
  ['X25', '311061700956'],
  ['GPOS', '-32.6882 116.8652 10.0'],
  ['PX', '10 map822 mapx400.net.'],
  ['TALINK', '. _talink1'],
  ['NID', '10 14:4fff:ff20:ee64'],
  ['L32', '10 10.1.2.0'],
  ['L64', '10 2001:db8:1140:1000'],
  ['LP', '10 L64-subnet1'],
  ['AVC', 'foo:bar "x"'],
  ['NINFO', '"a" b'],
  [
    'HIP',
    '2 200100107B1A74DF365639CC39F1D578 AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cIvM4p9+LrV4e19WzK00+CI6zBCQTdtWsuxKbWIy87UOoJTwkUs7lBu+Upr1gsNrut79ryra+bSRGQb1slImA8YVJyuIDsj7kwzG7jnERNqnWxZ48AWkskmdHaVDP4BcelrTI3rMXdXF5D rvs.example.com.',
  ],
  ['HIP', '02 2001 AQID a B.example.org.'],
  ['AMTRELAY', '10 0 1 203.0.113.15'],
  ['AMTRELAY', '010 1 2 2001:DB8:0::15'],
  ['AMTRELAY', '10 1 3 Relay'],
  ['AMTRELAY', '0 0 0 .'],
  ['AMTRELAY', '\\# 3 0A 04 00'],
  ['WKS', '192.0.2.1 TCP smtp 025 21 SMTP telnet'],
  ['WKS', '192.0.2.1 udp'],
  ['WKS', '192.0.2.1 6 0 65535'],
  ['NSAP', '0x47.0005.80.005A00.0000.0001.e133.ffffff000162.00'],
  ['NSAP', '0X4.7.'],
  ['ATMA', '+61.200.0123'],
  ['ATMA', '39.246F.0005'],
  ['A6', '0 ::1'],
  ['A6', '064 ffff::1:2:3 Subnet'],
  ['A6', '61 ffff:ffff:ffff:ffff:1:2:3:4 .'],
  ['A6', '128 Prefix'],
  ['NXT', 'Next TYPE1 15 SIG NXT 127'],
  ['NXT', '.'],
  ['EID', 'abc d 01'],
  ['NIMLOC', '32251B030067 76'],
  ['SINK', '1 02 3 AQID BA=='],
  ['SINK', '0 0 0'],
  ['DOA', '0 01 2 "text/plain" AQID BA=='],
  ['DOA', '1 1 1 a -'],
  ['DSYNC', 'cds notify 05300 Scanner'],
  ['DSYNC', '59 0 0 .'],
  ['BRID', 'AQID BA=='],
  ['HHIT', 'AQ=='],
  ['ISDN', '150862028003217 004'],
  ['ISDN', '"150 862" ""'],
  ['ISDN', 'a'],
  ['IPSECKEY', '0 3 0 192.0.2.38 AQID BA=='],
  ['NULL', '\\# 2 AB cd'],
  ['UNSPEC', '\\# 1 00'],
  ['KEY', 'ZONE|SIG3 DNSSEC RSASHA1 AQID'],
  ['KEY', 'NOKEY EMAIL 0'],
  ['DNSKEY', '0x101 dnssec ECDSA256 AQID'],
  ['RKEY', 'USER 3 8 AQID'],
  ['DLV', '1 8 GOST ABCD'],
  ['RRSIG', '65 13 3 3600 20260101000060 19700101000000 1 Example.com. AQID'],
  ['SIG', '65400 1 0 0 20260101000000 20251201000000 1 a AQID'],
  ['NSEC', '. ANY MAILB OPT TYPE65535'],
  ['NSEC3', '01 1 00012 AABBCCDD 2t7b4g4vsa5smi47k61mv5bv1a22bojr MX A'],
  ['EUI48', '0-0-5E-0-53-2a'],
  ['LOC', '0 S 0 W 0'],
  ['LOC', '0 0 .5 S 0 0 5. W +0.5 90000000.01m'],
  ['LOC', '\\# 3 010203'],
  ['APL', '01:192.0.2.0/024'],
  ['SVCB', '1 . key65535=a key8=a key9="\\000\\029" ech'],
  ['SVCB', '1 . key10=a\\,b'],
  ['TXT', '\\é "\\é" é'],
  ['NS', '\\195\\169'],
  ['MX', '00000000000010 a\\$b\\@c'],
  ['TYPE65400', '\\# 3 ABCD EF'],
  ['TYPE65400', '\\# 0'],
]

/** What BIND refuses, each for a reason of its own. */
const refused: typeof spellings = [
  ['A', '"192.0.2.1"'],
  ['A', '192.0.2.01'],
  ['AAAA', 'fe80::1%eth0'],
  ['MX', '"10" mail'],
  ['MX', '10 "mail"'],
  ['MX', '0x10 mail'],
  ['TXT', 'a\\256'],
  ['TXT', 'a\\1'],
  ['X25', '123'],
  ['X25', '12345a'],
  ['X25', '\\# 1 00'],
  ['ISDN', 'a b c'],
  ['WKS', '192.0.2 TCP 25'],
  ['WKS', '192.0.2.1 256 25'],
  ['WKS', '192.0.2.1 TCP no-such-service'],
  ['NSAP', '47'],
  ['NSAP', '0x4'],
  ['ATMA', '39..24'],
  ['ATMA', '+6a'],
  ['ATMA', '\\# 2 0161'],
  ['A6', '0 ::1 .'],
  ['A6', '129 ::1 .'],
  ['NXT', 'a TYPE128'],
  ['NXT', '"a" A'],
  ['EID', 'abc'],
  ['NIMLOC', '"ab"'],
  ['SINK', '256 0 0 AQID'],
  ['DOA', '0 0 0 a'],
  ['DSYNC', 'CDS FOO 53 a'],
  ['HIP', '2 - AQID'],
  ['HIP', '2 2001'],
  ['AMTRELAY', '0 2 0 .'],
  ['AMTRELAY', '0 0 1 .'],
  ['AMTRELAY', '0 0 4 .'],
  ['IPSECKEY', '0 0 0 .'],
  ['NULL', '00'],
  ['UID', '1000'],
  ['UNSPEC', 'a'],
  ['KEY', 'FOO 3 8 AQID'],
  ['KEY', '49152 3 8 AQID'],
  ['KEY', '256 3 8'],
  ['DNSKEY', '256 3 8'],
  ['DNSKEY', '256 3 RSA-SHA256 AQID'],
  ['RKEY', '256 3 8 AQID'],
  ['CDS', '1 8 2 00'],
  ['DS', '1 8 1 00'],
  ['ZONEMD', '1 1 1 00'],
  ['ZONEMD', '1 1 3 00'],
  ['NSEC', '.'],
  ['NSEC', '. "A"'],
  ['NSEC', '. FOO'],
  ['NSEC3', '1 0 0 - 01 A'],
  ['RRSIG', 'A 13 1 3600 20260101000000 20251201000000 1 example.com. AQID'],
  ['RRSIG', 'A 13 3 3600 20260230000000 20251201000000 1 example.com. AQID'],
  ['URI', '10 1 http://example.com/'],
  ['CAA', '0 "issue" "a"'],
  ['CAA', '0 is-sue "a"'],
  ['NAPTR', '1 1 u a "!a!b" .'],
  ['NAPTR', '1 1 u a "!a!\\\\1!" .'],
  ['NAPTR', '1 1 u a "!a!b!g" .'],
  ['EUI48', '00-00-5e-00-53'],
  ['LOC', '0 n 0 E 0'],
  ['LOC', '0 N 0 E 5M'],
  ['SVCB', '1 . key7=abc'],
  ['SVCB', '1 . ALPN=h3'],
  ['SVCB', '1 . "alpn=h2"'],
  ['SVCB', '1 . key65536'],
  ['APL', '"1:192.0.2.0/24"'],
  ['CERT', 'PKIX 0 0 "AQID"'],
  ['TYPE65400', '\\# "1" 00'],
  ['NSEC3', '1 0 0 - 00 A'],
  // Last: BIND takes the parenthesis for one of the file's when it looks for the end of the line.
  ['NAPTR', '1 1 u a "!(a!b!" .'],
]

/** Everything in one run of named-compilezone: `r<i>` → what it prints of the i-th record, and `@` of the SOA. */
function compile(records: typeof spellings, soa?: string): Map<string, string> {
  const { printed, said } = run(records, soa)
  if (printed === null) throw new Error(said)
  return printed
}

/** What it prints of each record, or null when it refuses one; and what it said. */
function run(
  records: typeof spellings,
  soa = 'ns. root. 1 2 3 4 5',
): { printed: Map<string, string> | null; said: string } {
  const folder = mkdtempSync(join(tmpdir(), 'rdata-'))
  try {
    const lines = ['$ORIGIN example.com.', '$TTL 60', `@ SOA ${soa}`, '@ NS ns.']
    records.forEach(([type, rdata], i) => lines.push(`r${i} ${type} ${rdata}`))
    writeFileSync(join(folder, 'in'), lines.join('\n') + '\n')
    const options = [
      '-k',
      'ignore',
      '-n',
      'ignore',
      '-r',
      'ignore',
      '-m',
      'ignore',
      '-M',
      'ignore',
      '-S',
      'ignore',
      '-i',
      'none',
    ]
    const { status, stdout, stderr } = spawnSync('named-compilezone', [
      ...options,
      '-o',
      join(folder, 'out'),
      'example.com',
      join(folder, 'in'),
    ])
    const said = stdout.toString() + stderr.toString()
    if (status !== 0) return { printed: null, said }
    const printed = new Map<string, string>()
    for (const line of readFileSync(join(folder, 'out'), 'latin1').split('\n')) {
      const parts = /^(?:(r[0-9]+)\.)?example\.com\.\s+60\s+IN\s+(?!NS\s+ns\.$)\S+\s+(.*)$/.exec(line)
      if (parts !== null) printed.set(parts[1] ?? '@', parts[2]!)
    }
    return { printed, said }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe.skipIf(!installed)('BIND and we mean the same records (needs named-compilezone)', () => {
  const records = spellings.filter(([type]) => type !== 'SOA')
  const theirs = installed ? compile(records) : new Map<string, string>()

  it.each(records.map(([type, rdata], i) => [type, rdata, `r${i}`]))('%s %s', (type, rdata, name) => {
    const printed = theirs.get(name)
    if (printed === undefined) throw new Error('BIND printed no such record')
    expect(canonicalRdata(type, rdata, 'example.com.')).toBe(canonicalRdata(type, printed))
  })

  // At the apex only, so one zone for each.
  it.each(spellings.filter(([type]) => type === 'SOA'))('%s %s', (type, rdata) => {
    const printed = compile([], rdata).get('@') ?? ''
    expect(canonicalRdata(type, rdata, 'example.com.')).toBe(canonicalRdata(type, printed))
  })
})

describe('what BIND refuses', () => {
  it.each(refused)('%s %s we refuse', (type, rdata) => {
    expect(() => canonicalRdata(type, rdata, 'example.com.')).toThrow(/\.$/)
  })

  it.skipIf(!installed)('is all of it (needs named-compilezone)', () => {
    // It names the line of every mistake, and goes on.
    const { said } = run(refused)
    const lines = new Set(Array.from(said.matchAll(/in:([0-9]+): (?!warning)/g), ([, line]) => Number(line) - 5))
    expect(refused.filter((_, index) => !lines.has(index))).toEqual([])
  })
})

describe('canonical text', () => {
  it.each(spellings)('of %s %s stays as it is, also by way of the wire', (type, rdata) => {
    const canonical = canonicalRdata(type, rdata, 'example.com.')
    expect(canonicalRdata(type, canonical)).toBe(canonical)
    const bytes = rdataBytes(type, canonical)
    expect(rdataText(type, bytes)).toBe(canonical)
    expect(canonicalRdata(type, `\\# ${bytes.length} ${bytesHex(bytes)}`)).toBe(canonical)
  })
})
