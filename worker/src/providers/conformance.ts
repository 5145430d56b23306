import { isRefusal, typeRefusal } from '@zonedeck/shared/refusals'
import type { Change } from '@zonedeck/shared/change'
import type { ProviderInfo } from '@zonedeck/shared/connection'
import type { DnsRecord, RecordSet } from '@zonedeck/shared/record-set'
import { setKey } from '@zonedeck/shared/plan/keys'
import { textToTxt } from '@zonedeck/shared/records/txt'
import { afterEach, describe, expect, it } from 'vitest'
import { dnssecStories } from './conformance-dnssec.ts'
import { edit, plain, save, sets, values, type Opened, type Story } from './conformance-edits.ts'
import { stateStories } from './conformance-state.ts'
import { statsStories } from './conformance-stats.ts'
import type { DnsProvider } from './provider.ts'
import { ProviderError } from './provider-error.ts'

export type { Opened } from './conformance-edits.ts'

/** A sample of each type, in any spelling; the suite writes the canonical one. */
const SAMPLES: Record<string, string[]> = {
  A: ['192.0.2.1', '198.51.100.7'],
  AAAA: ['2001:db8::1', '2001:db8:0:0:1::1'],
  ALIAS: ['target.example.net.'],
  ANAME: ['target.example.net.'],
  CAA: ['0 issue "ca.example.net"', '128 iodef "mailto:security@example.net"'],
  CNAME: ['target.example.net.'],
  DNAME: ['other.example.net.'],
  DS: ['12345 13 2 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  HTTPS: ['1 . alpn=h2,h3 ipv4hint=192.0.2.1 ipv6hint=2001:db8::1'],
  LOC: ['51 30 12.748 N 0 7 39.612 W 0.00m 1.00m 10000.00m 10.00m'],
  MX: ['10 mail.example.net.', '20 mail2.example.net.'],
  NAPTR: ['100 50 "u" "E2U+sip" "!^.*$!sip:info@example.net!" .'],
  NS: ['ns1.example.net.', 'ns2.example.net.'],
  OPENPGPKEY: ['mDMEXEcE6RYJKwYBBAHaRw8BAQdArjWwk3FAqyiFbFBKT4TzXcVBqPTB3gmzlC/Ub7O1u120'],
  PTR: ['host.example.net.'],
  RP: ['admin.example.net. about.example.net.'],
  SMIMEA: ['3 1 1 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  SPF: ['"v=spf1 -all"'],
  SRV: ['10 20 5060 sip.example.net.', '20 20 5060 sip2.example.net.'],
  SSHFP: ['4 2 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  SVCB: ['1 svc.example.net. alpn=h2 port=8443'],
  TLSA: ['3 1 1 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  TXT: ['"v=spf1 include:example.net -all"', '"second value"'],
  URI: ['10 1 "https://www.example.net/a?b=c"'],
}

/**
 * What every DNS provider does, told as the things people do with it. Cases that need a capability are left out where
 * `about` says that there is none. `open` is called once a test, and gives it a zone of its own.
 */
export function conformance({
  name,
  about,
  open,
}: {
  name: string
  about: ProviderInfo
  open: () => Promise<Opened>
}): void {
  const { capabilities } = about
  const can = (type: string) => typeRefusal(capabilities, type) === null
  const ttl = (seconds: number) => Math.min(Math.max(seconds, capabilities.ttl.min), capabilities.ttl.max)
  const closing: (() => Promise<void>)[] = []

  const story: Story = (title, tell, able = true) => {
    if (!able) return
    it(title, async () => {
      const opened = await open()
      if (opened.close) closing.push(opened.close)
      await tell(opened)
    })
  }

  describe(`${name}: what every provider does`, () => {
    afterEach(async () => {
      for (const close of closing.splice(0)) await close()
    })

    story('says who it is without writing anything', async ({ provider }) => {
      const test = await provider.test()
      expect(test.missing).toEqual([])
    })

    story('lists the zone and reads it', async ({ provider, zone }) => {
      const zones = await provider.listZones()
      const listed = zones.find(({ name: each }) => each === zone)
      expect(listed).toMatchObject({ name: zone })
      expect(listed?.readOnly).toBeUndefined()
      const content = await provider.readZone(zone)
      expect(content.zone.name).toBe(zone)
      expect(new Set(content.recordSets.map(setKey)).size).toBe(content.recordSets.length)
    })

    for (const [type, texts] of Object.entries(SAMPLES)) {
      story(
        `keeps ${type} records as they were written`,
        async ({ provider, zone }) => {
          const after = { name: 'sample', type, ttl: ttl(3600), records: values(type, texts) }
          expect(plain(await edit(provider, zone, after))).toEqual(plain(after))
        },
        can(type),
      )
    }

    story(
      'keeps a type that nobody knows',
      async ({ provider, zone }) => {
        const after = { name: 'unknown', type: 'TYPE731', ttl: ttl(3600), records: [{ rdata: '\\# 2 abcd' }] }
        expect(plain(await edit(provider, zone, after))).toEqual(after)
      },
      capabilities.unknownTypes === true,
    )

    const texts: [string, string, boolean][] = [
      ['quotes', 'say "hello"', true],
      ['semicolons', 'v=DKIM1; k=rsa; p=abc', true],
      ['backslashes', 'a\\b\\\\c', true],
      ['spaces at both ends', '  indented  ', true],
      ['300 characters', 'k'.repeat(300), capabilities.txt.maxBytes >= 300],
      ['1,000 characters', 'v=DKIM1; p='.padEnd(1000, 'Ab9+/'), capabilities.txt.maxBytes >= 1000],
      ['letters outside of ASCII', 'Grüße, 世界 🎉', capabilities.txt.nonAscii === true],
    ]
    for (const [what, text, able] of texts) {
      story(
        `keeps a TXT with ${what}`,
        async ({ provider, zone }) => {
          const after = { name: 'text', type: 'TXT', ttl: ttl(3600), records: [{ rdata: textToTxt(text) }] }
          expect(plain(await edit(provider, zone, after))).toEqual(after)
        },
        able && can('TXT'),
      )
    }

    const names = ['@', '*', '*.deep', '_dmarc', 'a.b.c', 'xn--bcher-kva', 'with-hyphen', '1']
    for (const each of names) {
      story(`writes at the name ${each}`, async ({ provider, zone }) => {
        const after = { name: each, type: 'TXT', ttl: ttl(600), records: values('TXT', ['"here"']) }
        expect(plain(await edit(provider, zone, after))).toEqual(after)
      })
    }

    story('changes a priority alone', async ({ provider, zone }) => {
      await edit(provider, zone, { name: 'mx', type: 'MX', ttl: ttl(3600), records: values('MX', SAMPLES.MX ?? []) })
      const records = values('MX', ['5 mail.example.net.', '20 mail2.example.net.'])
      const after = await edit(provider, zone, { name: 'mx', type: 'MX', records })
      expect(plain(after)?.records).toEqual(plain({ name: 'mx', type: 'MX', ttl: 1, records })?.records)
    })

    story('changes a TTL alone', async ({ provider, zone }) => {
      const records = values('A', ['192.0.2.1', '192.0.2.2'])
      await edit(provider, zone, { name: 'ttl', type: 'A', ttl: ttl(3600), records })
      const after = await edit(provider, zone, { name: 'ttl', type: 'A', ttl: ttl(900), records })
      expect(plain(after)).toEqual({ name: 'ttl', type: 'A', ttl: ttl(900), records })
    })

    story('adds a second value and deletes one of two', async ({ provider, zone }) => {
      const [one, two] = values('A', ['192.0.2.1', '192.0.2.2']) as [DnsRecord, DnsRecord]
      await edit(provider, zone, { name: 'www', type: 'A', ttl: ttl(3600), records: [one] })
      const both = await edit(provider, zone, { name: 'www', type: 'A', records: [one, two] })
      expect(plain(both)?.records).toEqual([one, two])
      const other = await edit(provider, zone, { name: 'www', type: 'A', records: [two] })
      expect(plain(other)?.records).toEqual([two])
    })

    story('swaps an address for a CNAME in one save', async ({ provider, zone }) => {
      const before = await edit(provider, zone, {
        name: 'swap',
        type: 'A',
        ttl: ttl(3600),
        records: values('A', ['192.0.2.1']),
      })
      const cname = { name: 'swap', type: 'CNAME', ttl: ttl(3600), records: values('CNAME', ['target.example.net.']) }
      const results = await save(provider, zone, [
        { name: 'swap', type: 'A', before: before ?? null, after: null },
        { name: 'swap', type: 'CNAME', before: null, after: cname },
      ])
      expect(results.map(({ status }) => status)).toEqual(['done', 'done'])
      const held = await sets(provider, zone)
      expect(held.has('swap A')).toBe(false)
      expect(plain(held.get('swap CNAME'))).toEqual(cname)
    })

    story('refuses an address beside a CNAME and says so', async ({ provider, zone }) => {
      const records = values('CNAME', ['target.example.net.'])
      await edit(provider, zone, { name: 'alone', type: 'CNAME', ttl: ttl(3600), records })
      const after = { name: 'alone', type: 'A', ttl: ttl(3600), records: values('A', ['192.0.2.1']) }
      const outcome = await refusalOf(provider, zone, { name: 'alone', type: 'A', before: null, after })
      expect(outcome).toMatch(/\w+ \w+/)
      const held = await sets(provider, zone)
      expect(held.has('alone A')).toBe(false)
      expect(plain(held.get('alone CNAME'))?.records).toEqual(records)
    })

    story('deletes a whole set', async ({ provider, zone }) => {
      await edit(provider, zone, { name: 'gone', type: 'A', ttl: ttl(60), records: values('A', SAMPLES.A ?? []) })
      expect(await edit(provider, zone, { name: 'gone', type: 'A', records: [] })).toBeUndefined()
    })

    story('does not let the SOA be deleted', async ({ provider, zone }) => {
      const soa = (await sets(provider, zone)).get('@ SOA')
      if (!soa) return
      expect(await refusalOf(provider, zone, { name: '@', type: 'SOA', before: soa, after: null })).toMatch(/\w+ \w+/)
      expect((await sets(provider, zone)).has('@ SOA')).toBe(true)
    })

    story(
      'keeps a disabled record while its sibling changes',
      async ({ provider, zone }) => {
        const disabled = { rdata: '192.0.2.1', disabled: true }
        const records = [disabled, { rdata: '192.0.2.2' }]
        await edit(provider, zone, { name: 'half', type: 'A', ttl: ttl(3600), records })
        const held = (await sets(provider, zone)).get('half A')
        const kept = held?.records.filter((record) => record.disabled) ?? []
        const after = await edit(provider, zone, {
          name: 'half',
          type: 'A',
          records: [...kept, { rdata: '192.0.2.3' }],
        })
        expect(plain(after)?.records).toEqual([disabled, { rdata: '192.0.2.3' }])
      },
      capabilities.disableRecord === true,
    )

    story(
      'keeps comments while the records change, and removes them when told to',
      async ({ provider, zone }) => {
        const perSet = capabilities.comments === 'set'
        const comments = perSet ? { comments: [{ content: 'call Ada first' }] } : {}
        const record = perSet ? {} : { comment: 'call Ada first' }
        const records = [{ rdata: '192.0.2.1', ...record }]
        await edit(provider, zone, { name: 'noted', type: 'A', ttl: ttl(3600), records, ...comments })
        const held = (await sets(provider, zone)).get('noted A')
        const more = [...(held?.records ?? []), { rdata: '192.0.2.2' }]
        const after = plain(await edit(provider, zone, { name: 'noted', type: 'A', records: more }))
        expect(after?.comments ?? after?.records.flatMap((each) => each.comment ?? [])).toEqual(['call Ada first'])
        const bare = {
          name: 'noted',
          type: 'A',
          records: [{ rdata: '192.0.2.1' }],
          ...(perSet ? { comments: [] } : {}),
        }
        const last = plain(await edit(provider, zone, bare))
        expect(last).toEqual({ name: 'noted', type: 'A', ttl: ttl(3600), records: [{ rdata: '192.0.2.1' }] })
      },
      !isRefusal(capabilities.comments),
    )

    story('needs no id of a record to find it again', async ({ provider, zone }) => {
      const before = await edit(provider, zone, {
        name: 'ids',
        type: 'A',
        ttl: ttl(3600),
        records: values('A', ['192.0.2.1']),
      })
      const stale = before && { ...before, records: before.records.map((record) => ({ ...record, ref: 'stale' })) }
      const after = { name: 'ids', type: 'A', ttl: ttl(3600), records: [{ rdata: '192.0.2.9', ref: 'staler' }] }
      const results = await save(provider, zone, [{ name: 'ids', type: 'A', before: stale ?? null, after }])
      expect(results).toMatchObject([{ status: 'done' }])
      expect(plain((await sets(provider, zone)).get('ids A'))?.records).toEqual([{ rdata: '192.0.2.9' }])
    })

    story('[D5] undoing a save brings back what was there', async ({ provider, zone }) => {
      const a = (key: string, ...addresses: string[]) => ({
        name: key,
        type: 'A',
        ttl: ttl(3600),
        records: values('A', addresses),
      })
      for (const set of [a('keep', '192.0.2.1'), a('edit', '192.0.2.1', '192.0.2.2'), a('drop', '192.0.2.3')]) {
        await edit(provider, zone, set)
      }
      const before = await sets(provider, zone)
      const changes: Change[] = [
        { name: 'drop', type: 'A', before: before.get('drop A') ?? null, after: null },
        { name: 'edit', type: 'A', before: before.get('edit A') ?? null, after: a('edit', '192.0.2.2', '192.0.2.4') },
        { name: 'new', type: 'A', before: null, after: a('new', '192.0.2.5') },
      ]
      expect((await save(provider, zone, changes)).map(({ status }) => status)).toEqual(['done', 'done', 'done'])
      const between = await sets(provider, zone)
      const back = changes.map(({ name: key, type, before: was }) => {
        const now = between.get(setKey({ name: key, type })) ?? null
        return { name: key, type, before: now, after: was }
      })
      expect((await save(provider, zone, back)).map(({ status }) => status)).toEqual(['done', 'done', 'done'])
      expect(withoutSoa(await sets(provider, zone))).toEqual(withoutSoa(before))
    })

    story('answers reads that come at once', async ({ provider, zone }) => {
      const all = await Promise.all([provider.listZones(), provider.readZone(zone), provider.readZone(zone)])
      expect(all).toHaveLength(3)
    })

    story('says that a zone is missing', async ({ provider }) => {
      await expect(provider.readZone('nowhere.example')).rejects.toMatchObject({ kind: 'missing' })
    })

    story('says that a credential is not accepted', async ({ stranger }) => {
      await expect(stranger.test()).rejects.toMatchObject({ name: 'ProviderError', kind: 'auth' })
      await expect(stranger.listZones()).rejects.toMatchObject({ name: 'ProviderError', kind: 'auth' })
    })

    const createZone = capabilities.createZone
    story(
      'creates a zone and deletes it',
      async ({ provider, zone }) => {
        const [kind] = isRefusal(createZone) ? [] : createZone.kinds
        const wanted = `made-${zone}`
        const made = await provider.createZone?.(wanted, { operation: 'create', kind: kind?.id ?? '' })
        expect(made).toEqual({ name: wanted })
        expect((await provider.listZones()).some(({ name: each }) => each === wanted)).toBe(true)
        const again = provider.createZone?.(wanted, { operation: 'create', kind: kind?.id ?? '' })
        await expect(again).rejects.toMatchObject({ kind: 'conflict' })
        await provider.deleteZone?.(wanted)
        expect((await provider.listZones()).some(({ name: each }) => each === wanted)).toBe(false)
        await expect(provider.deleteZone?.(wanted)).rejects.toMatchObject({ kind: 'missing' })
      },
      !isRefusal(createZone) && capabilities.deleteZone === true,
    )

    story(
      'switches a zone off and on',
      async ({ provider, zone }) => {
        await provider.setZoneEnabled?.(zone, false)
        expect((await provider.readZone(zone)).zone.disabled).toBe(true)
        await provider.setZoneEnabled?.(zone, true)
        expect((await provider.readZone(zone)).zone.disabled ?? false).toBe(false)
      },
      capabilities.enableZone === true,
    )

    stateStories(story, capabilities)
    statsStories(story, capabilities)
    dnssecStories(story, capabilities)

    story('has a method for each capability, and none for those it says it lacks', ({ provider, stats }) => {
      const has = {
        createZone: provider.createZone !== undefined,
        deleteZone: provider.deleteZone !== undefined,
        enableZone: provider.setZoneEnabled !== undefined,
        settings: provider.settings !== undefined,
        permissions: provider.permissions !== undefined,
        dnssec: provider.dnssec !== undefined,
        nativeImport: provider.nativeImport !== undefined,
        nativeExport: provider.exportZone !== undefined,
        search: provider.search !== undefined,
        statistics: stats !== undefined,
        queryLog: stats?.log !== undefined,
        actions: provider.actions !== undefined,
      }
      expect(has).toEqual({
        createZone: !isRefusal(capabilities.createZone),
        deleteZone: capabilities.deleteZone === true,
        enableZone: capabilities.enableZone === true,
        settings: capabilities.settings === true,
        permissions: capabilities.permissions === true,
        dnssec: capabilities.dnssec === true,
        nativeImport: !isRefusal(capabilities.nativeImport),
        nativeExport: capabilities.nativeExport === true,
        search: capabilities.search === true,
        statistics: capabilities.statistics === true,
        queryLog: capabilities.queryLog === true,
        actions: capabilities.actions.length > 0,
      })
      return Promise.resolve()
    })

    story(
      '[C8] its credential is in no address, no log and no error',
      async ({ provider, stranger, zone, secret, log }) => {
        await edit(provider, zone, { name: 'secret', type: 'A', ttl: ttl(60), records: values('A', ['192.0.2.1']) })
        const errors = await Promise.all(
          [provider.readZone('nowhere.example'), stranger.listZones()].map((call) =>
            call.then(
              () => 'no error',
              (error: unknown) => (error instanceof Error ? `${error.message} ${error.stack}` : ''),
            ),
          ),
        )
        expect(log().length).toBeGreaterThan(0)
        const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]
        for (const text of [...log(), ...errors]) for (const form of forms) expect(text).not.toContain(form)
      },
    )
  })
}

/** The server's words, whether the adapter threw or answered `failed`; fails when it was done after all. */
async function refusalOf(provider: DnsProvider, zone: string, change: Change): Promise<string> {
  try {
    const [result] = await save(provider, zone, [change])
    expect(result?.status).toMatch(/^(failed|rolled-back)$/)
    return result?.detail ?? ''
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    expect(error.kind).toMatch(/^(refused|conflict)$/)
    return error.message
  }
}

/** The serial counts up with every save. */
function withoutSoa(held: Map<string, RecordSet>) {
  return [...held.values()]
    .filter(({ type }) => type !== 'SOA')
    .map(plain)
    .sort((a, b) => (setKey(a!) < setKey(b!) ? -1 : 1))
}
