import { createHash } from 'node:crypto'
import type { Capabilities } from '@zonedeck/shared/capabilities'
import type { DnssecAction, DnssecState } from '@zonedeck/shared/dnssec'
import { labelBytes, splitLabels } from '@zonedeck/shared/names'
import { expect } from 'vitest'
import type { Story } from './conformance-edits.ts'
import { filled, firstTaken, variants } from './conformance-fill.ts'

const DIGESTS: Record<number, string> = { 1: 'sha1', 2: 'sha256', 4: 'sha384' }
const SECURE_ENTRY = 1

type PublicKey = NonNullable<DnssecState['keys'][number]['dnskey']>

/** What the suite asks of signing: on, every step that is offered and breaks nothing, off. */
export function dnssecStories(story: Story, capabilities: Capabilities): void {
  story(
    'signs a zone, takes every harmless step that it offers, and ends signing',
    async ({ provider: { dnssec }, zone, settle }) => {
      if (dnssec === undefined) throw new Error('There is no DNSSEC.')
      const read = async () => {
        await settle?.()
        return dnssec.read(zone)
      }
      const act = ({ id, key, fields }: DnssecAction) =>
        firstTaken(variants(fields), (values) =>
          dnssec.act(zone, { action: id, values, ...(key === undefined ? {} : { key }) }),
        )

      let state = await read()
      expect(state).toMatchObject({ state: 'off', ds: [] })
      const [enable] = state.actions.filter(({ kind, refusal }) => kind === 'enable' && refusal === undefined)
      if (enable === undefined) throw new Error('Nothing is offered to sign the zone.')
      expect(await act(enable)).toEqual(filled(enable.fields))
      state = await read()
      consistent(zone, state)
      expect(state.actions.filter(({ kind }) => kind === 'enable')).toEqual([])

      const taken = new Set<string>()
      for (let step = harmless(state, taken); step !== undefined; step = harmless(state, taken)) {
        taken.add(`${step.id} ${step.key ?? ''}`)
        expect(await act(step), step.label).not.toBeNull()
        state = await read()
        consistent(zone, state)
      }

      const disable = state.actions.find(({ kind }) => kind === 'disable')
      // Whoever ends signing while the parent holds the DS takes the zone away from everyone who validates.
      expect(disable?.danger).toMatch(/\w+ \w+/)
      expect(await act(disable!)).not.toBeNull()
      expect(await read()).toMatchObject({ state: 'off', ds: [] })
    },
    capabilities.dnssec === true,
  )

  story(
    'refuses a step of DNSSEC that it does not offer',
    async ({ provider: { dnssec }, zone }) => {
      const step = dnssec?.act(zone, { action: 'no-such-step', values: {} })
      await expect(step).rejects.toMatchObject({ name: 'ProviderError' })
      expect(await dnssec?.read(zone)).toMatchObject({ state: 'off' })
    },
    capabilities.dnssec === true,
  )
}

/** An offered step that was not taken yet, can be taken now and is no danger; at most twenty in all. */
function harmless({ actions }: DnssecState, taken: ReadonlySet<string>): DnssecAction | undefined {
  if (taken.size >= 20) return undefined
  return actions.find(
    ({ id, key, kind, danger, refusal, fields }) =>
      (kind === 'key' || kind === 'change') &&
      danger === undefined &&
      refusal === undefined &&
      filled(fields) !== null &&
      !taken.has(`${id} ${key ?? ''}`),
  )
}

/** The zone is signed, every DS is of one of its keys, and tags and digests are what the RFCs make of the keys. */
function consistent(zone: string, { state, keys, ds, actions }: DnssecState): void {
  expect(state).toMatch(/^(pending|signed)$/)
  expect(keys.some(({ active }) => active)).toBe(true)
  expect(new Set(keys.map(({ id }) => id)).size).toBe(keys.length)
  // SHA-256 is what every parent takes (RFC 8624 §3.3); SHA-1 is not to be used any more.
  expect(ds[0]).toMatchObject({ digestType: 2 })
  expect(ds.filter(({ digestType }) => digestType === 1)).toEqual([])
  for (const { dnskey, keyTag, algorithm } of keys) {
    if (dnskey === undefined) continue
    expect(dnskey.algorithm).toBe(algorithm)
    if (keyTag !== undefined) expect(keyTagOf(dnskey)).toBe(keyTag)
  }
  for (const { keyTag, algorithm, digestType, digest } of ds) {
    const key = keys.find((each) => each.keyTag === keyTag && each.algorithm === algorithm && each.role !== 'zsk')
    expect(key, `the key of DS ${keyTag}`).toBeDefined()
    if (key?.dnskey === undefined) continue
    expect(key.dnskey.flags & SECURE_ENTRY).toBe(SECURE_ENTRY)
    const hash = DIGESTS[digestType]
    if (hash !== undefined) expect(digest).toBe(digestOf(zone, key.dnskey, hash))
  }
  for (const { key } of actions) if (key !== undefined) expect(keys.map(({ id }) => id)).toContain(key)
}

/** The rdata of a DNSKEY on the wire (RFC 4034 §2.1). */
function keyBytes({ flags, protocol, algorithm, publicKey }: PublicKey): Buffer {
  return Buffer.concat([Buffer.from([flags >> 8, flags & 255, protocol, algorithm]), Buffer.from(publicKey, 'base64')])
}

/** RFC 4034 appendix B. */
function keyTagOf(key: PublicKey): number {
  const sum = keyBytes(key).reduce((total, byte, index) => total + (index % 2 === 0 ? byte << 8 : byte), 0)
  return (sum + (sum >> 16)) & 0xffff
}

/** RFC 4034 §5.1.4, with the digests of RFC 4509 and RFC 6605. */
function digestOf(zone: string, key: PublicKey, hash: string): string {
  const owner = splitLabels(zone).flatMap((label) => {
    const bytes = labelBytes(label)
    return [bytes.length, ...bytes]
  })
  return createHash(hash)
    .update(Buffer.from([...owner, 0]))
    .update(keyBytes(key))
    .digest('hex')
}
