import type { DnssecKey, Ds } from '@zonedeck/shared/dnssec'
import { ProviderError } from '../provider-error.ts'
import type { WireKey } from './wire.ts'

const SECURE_ENTRY = 1
/** Digests that a parent should hold, the usual one first; SHA-1 and GOST are not to be used any more (RFC 8624 §3.3). */
const DIGESTS = [2, 4]

export interface ZoneKey extends DnssecKey {
  published: boolean
  dnskey: NonNullable<DnssecKey['dnskey']>
  keyTag: number
  ds: Ds[]
}

export function toKey({ id, keytype, active, published, bits, dnskey: rdata, ds }: WireKey): ZoneKey {
  const dnskey = readDnskey(rdata)
  return {
    id: String(id),
    role: keytype === 'ksk' || keytype === 'zsk' ? keytype : 'csk',
    keyTag: keyTag(dnskey),
    algorithm: dnskey.algorithm,
    ...(bits === undefined ? {} : { bits }),
    state: active ? (published ? 'Active' : 'Active, not published') : published ? 'Published' : 'Inactive',
    active,
    published,
    dnskey,
    ds: ds.map(readDs),
  }
}

/**
 * What the parent should hold: the DS of the keys that are active and published. A lone zone-signing key signs all for
 * want of another; its DS counts only where there is no key made for that.
 */
export function parentDs(keys: readonly ZoneKey[]): Ds[] {
  const entries = keys.filter(({ active, published, ds }) => active && published && ds.length > 0)
  const meant = entries.filter(({ dnskey }) => (dnskey.flags & SECURE_ENTRY) !== 0)
  return (meant.length > 0 ? meant : entries).flatMap(({ ds }) =>
    DIGESTS.flatMap((digestType) => ds.filter((each) => each.digestType === digestType)),
  )
}

function readDnskey(rdata: string): ZoneKey['dnskey'] {
  const [, flags, protocol, algorithm, publicKey = ''] =
    /^(\d{1,5}) (\d{1,3}) (\d{1,3}) ([A-Za-z0-9+/=\s]+)$/.exec(rdata) ?? []
  if (publicKey === '') throw new ProviderError('protocol', 'The server lists a key that is no DNSKEY record.')
  return {
    flags: Number(flags),
    protocol: Number(protocol),
    algorithm: Number(algorithm),
    publicKey: publicKey.replaceAll(/\s/g, ''),
  }
}

function readDs(rdata: string): Ds {
  const [, tag, algorithm, digestType, digest = ''] = /^(\d{1,5}) (\d{1,3}) (\d{1,3}) ([0-9a-f\s]+)$/i.exec(rdata) ?? []
  if (digest === '') throw new ProviderError('protocol', 'The server lists a DS that is no DS record.')
  return {
    keyTag: Number(tag),
    algorithm: Number(algorithm),
    digestType: Number(digestType),
    digest: digest.replaceAll(/\s/g, '').toLowerCase(),
  }
}

/** RFC 4034 appendix B: the server tells the tag only as part of a DS, and zone-signing keys have none. */
function keyTag({ flags, protocol, algorithm, publicKey }: ZoneKey['dnskey']): number {
  const bytes = [flags >> 8, flags & 255, protocol, algorithm, ...Buffer.from(publicKey, 'base64')]
  let sum = 0
  for (const [index, byte] of bytes.entries()) sum += index % 2 === 0 ? byte << 8 : byte
  return (sum + (sum >> 16)) & 0xffff
}
