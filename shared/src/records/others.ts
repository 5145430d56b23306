import { splitLabels } from '../names.ts'
import { defineType, type RdataModule } from './define.ts'
import { algorithmField, checkDigest, dsFields, keyFields, keyTagField } from './fields/dnssec.ts'
import { bytesFirstTypes } from './bytes-first.ts'
import { RdataError, type Field, type FieldKind } from './record-type.ts'
import { defineText } from './txt.ts'

/**
 * Types without a form of their own: edited as text, but known well enough that two spellings of one record are the same.
 */

const part = (label: string, kind: FieldKind, more: Partial<Field> = {}): Field => ({
  id: label.toLowerCase().replaceAll(' ', '-'),
  label,
  kind,
  ...more,
})

const plain = (type: string, ...fields: Field[]) => defineType({ type, label: type, help: '', fields })

const certificateTypes = [
  ['PKIX', 1],
  ['SPKI', 2],
  ['PGP', 3],
  ['IPKIX', 4],
  ['ISPKI', 5],
  ['IPGP', 6],
  ['ACPKIX', 7],
  ['IACPKIX', 8],
  ['URI', 253],
  ['OID', 254],
] as const

const signature = [
  part('Type covered', 'rrtype'),
  algorithmField,
  part('Labels', 'uint8'),
  part('Original TTL', 'uint32'),
  part('Expires', 'time'),
  part('Begins', 'time'),
  keyTagField,
  part('Signer', 'host'),
  part('Signature', 'base64'),
]

const nsec3 = [
  part('Hash', 'uint8', { options: [{ value: 1, label: 'SHA-1', mnemonic: 'SHA1' }] }),
  part('Flags', 'uint8'),
  part('Iterations', 'uint16'),
  part('Salt', 'salt'),
]

const modules: RdataModule[] = [
  ...bytesFirstTypes,
  ...['MB', 'MD', 'MF', 'MG', 'MR', 'NSAP-PTR'].map((type) => plain(type, part('Host', 'host'))),
  ...['AFSDB', 'KX', 'LP', 'RT'].map((type) => plain(type, part('Preference', 'uint16'), part('Host', 'host'))),
  plain('PX', part('Preference', 'uint16'), part('Map 822', 'host'), part('Map x400', 'host')),
  ...['MINFO', 'TALINK'].map((type) => plain(type, part('First', 'host'), part('Second', 'host'))),
  plain('HINFO', part('CPU', 'text'), part('System', 'text')),
  plain('GPOS', part('Longitude', 'text'), part('Latitude', 'text'), part('Altitude', 'text')),
  ...['AVC', 'NINFO', 'RESINFO', 'WALLET'].map((type) => defineText(type, type, '')),
  ...['CDS', 'DLV', 'TA'].map((type) =>
    defineType({ type, label: type, help: '', fields: dsFields, check: checkDigest }),
  ),
  plain('CDNSKEY', ...keyFields),
  defineType({
    type: 'KEY',
    label: 'KEY',
    help: '',
    fields: keyFields.map((field) => (field.kind === 'base64' ? { ...field, optional: true } : field)),
    check({ flags, publicKey }) {
      // RFC 2535 §3.1.2: both bits say that there is no key.
      if (Number(flags) >= 0xc000 !== (publicKey === '')) {
        throw new RdataError('A key stands behind all flags but those that say there is none.', 'publicKey')
      }
    },
  }),
  defineType({
    type: 'RKEY',
    label: 'RKEY',
    help: '',
    fields: keyFields,
    check({ flags }) {
      if (flags !== 0) throw new RdataError('The flags of RKEY are 0.', 'flags')
    },
  }),
  plain(
    'CERT',
    part('Type', 'uint16', {
      options: certificateTypes.map(([mnemonic, value]) => ({ value, label: mnemonic, mnemonic })),
    }),
    keyTagField,
    algorithmField,
    part('Certificate', 'base64'),
  ),
  plain('SIG', ...signature),
  defineType({
    type: 'RRSIG',
    label: 'RRSIG',
    help: '',
    fields: signature,
    check({ labels, signer }) {
      // RFC 4034 §3.1.7: the signer is the zone, whose name is part of the owner's.
      if (splitLabels(String(signer)).length > Number(labels)) {
        throw new RdataError('The signer has more labels than the signed name.', 'signer')
      }
    },
  }),
  plain('NSEC', part('Next', 'host'), part('Types', 'types')),
  defineType({
    type: 'NSEC3',
    label: 'NSEC3',
    help: '',
    fields: [...nsec3, part('Next', 'base32'), part('Types', 'types', { optional: true })],
    check({ hash, next }) {
      // RFC 5155 §11: SHA-1 has 20 bytes, 32 digits.
      if (hash === 1 && String(next).length !== 32) throw new RdataError('The next hash has 32 digits.', 'next')
    },
  }),
  plain('NSEC3PARAM', ...nsec3),
  plain('CSYNC', part('Serial', 'uint32'), part('Flags', 'uint16'), part('Types', 'types', { optional: true })),
  defineType({
    type: 'ZONEMD',
    label: 'ZONEMD',
    help: '',
    fields: [part('Serial', 'uint32'), part('Scheme', 'uint8'), part('Hash', 'uint8'), part('Digest', 'hex')],
    check({ hash, digest }) {
      // RFC 8976 §2.2.4: 12 bytes at least, and what the hash gives where it is known.
      const found = String(digest).length / 2
      const expected = hash === 1 ? 48 : hash === 2 ? 64 : Math.max(found, 12)
      if (found !== expected) throw new RdataError(`The digest has ${found} bytes; ${expected} are needed.`, 'digest')
    },
  }),
  ...['BRID', 'DHCID', 'HHIT'].map((type) => plain(type, part('Data', 'base64'))),
  ...['EID', 'NIMLOC'].map((type) => plain(type, part('Data', 'hex'))),
  plain(
    'SINK',
    part('Meaning', 'uint8'),
    part('Coding', 'uint8'),
    part('Subcoding', 'uint8'),
    part('Data', 'base64', { optional: true }),
  ),
  plain(
    'DSYNC',
    part('Type', 'rrtype'),
    part('Scheme', 'uint8', { words: { NOTIFY: 1 } }),
    part('Port', 'uint16'),
    part('Target', 'host'),
  ),
  plain('EUI48', part('Address', 'eui48')),
  plain('EUI64', part('Address', 'eui64')),
  plain('NID', part('Preference', 'uint16'), part('Node', 'locator')),
  plain('L64', part('Preference', 'uint16'), part('Locator', 'locator')),
  plain('L32', part('Preference', 'uint16'), part('Locator', 'ipv4')),
  plain('APL', part('Prefixes', 'prefixes', { optional: true })),
]

export const otherTypes: ReadonlyMap<string, RdataModule> = new Map(modules.map((module) => [module.type, module]))
