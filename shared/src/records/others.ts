import { defineType, type TypeModule } from './define.ts'
import { algorithmField, checkDigest, dsFields, keyFields, keyTagField } from './fields/dnssec.ts'
import { checkGateway, decodeGateway, encodeGateway } from './fields/networks.ts'
import { kinds } from './fields/kinds.ts'
import type { Field, FieldKind, Fields } from './record-type.ts'
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

const gatewayWire = (before: Field[], after: Field[]) => ({
  encode(values: Fields, out: number[]) {
    for (const field of before) kinds[field.kind].encode(values[field.id]!, out)
    encodeGateway(values['gateway-type']!, values['gateway']!, out)
    for (const field of after) kinds[field.kind].encode(values[field.id]!, out)
  },
  decode(reader: { bytes: ArrayLike<number>; at: number; end: number }): Fields {
    const values: Fields = {}
    for (const field of before) values[field.id] = kinds[field.kind].decode(reader)
    values['gateway'] = decodeGateway(Number(values['gateway-type']), reader)
    for (const field of after) values[field.id] = kinds[field.kind].decode(reader)
    return values
  },
})

const ipseckeyStart = [part('Precedence', 'uint8'), part('Gateway type', 'uint8'), part('Algorithm', 'uint8')]
const ipseckeyEnd = [part('Public key', 'base64', { optional: true })]

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

const modules: TypeModule[] = [
  ...['MB', 'MD', 'MF', 'MG', 'MR', 'NSAP-PTR'].map((type) => plain(type, part('Host', 'host'))),
  ...['AFSDB', 'KX', 'LP', 'RT'].map((type) => plain(type, part('Preference', 'uint16'), part('Host', 'host'))),
  plain('PX', part('Preference', 'uint16'), part('Map 822', 'host'), part('Map x400', 'host')),
  ...['MINFO', 'TALINK'].map((type) => plain(type, part('First', 'host'), part('Second', 'host'))),
  plain('HINFO', part('CPU', 'text'), part('System', 'text')),
  plain('X25', part('Address', 'text')),
  plain('GPOS', part('Longitude', 'text'), part('Latitude', 'text'), part('Altitude', 'text')),
  ...['AVC', 'NINFO', 'RESINFO', 'WALLET'].map((type) => defineText(type, type, '')),
  ...['CDS', 'DLV', 'TA'].map((type) =>
    defineType({ type, label: type, help: '', fields: dsFields, ...(type !== 'CDS' && { check: checkDigest }) }),
  ),
  ...['CDNSKEY', 'KEY', 'RKEY'].map((type) => plain(type, ...keyFields)),
  plain(
    'CERT',
    part('Type', 'uint16', {
      options: certificateTypes.map(([mnemonic, value]) => ({ value, label: mnemonic, mnemonic })),
    }),
    keyTagField,
    algorithmField,
    part('Certificate', 'base64'),
  ),
  ...['RRSIG', 'SIG'].map((type) => plain(type, ...signature)),
  plain('NSEC', part('Next', 'host'), part('Types', 'types', { optional: true })),
  plain('NSEC3', ...nsec3, part('Next', 'base32'), part('Types', 'types', { optional: true })),
  plain('NSEC3PARAM', ...nsec3),
  plain('CSYNC', part('Serial', 'uint32'), part('Flags', 'uint16'), part('Types', 'types', { optional: true })),
  plain('ZONEMD', part('Serial', 'uint32'), part('Scheme', 'uint8'), part('Hash', 'uint8'), part('Digest', 'hex')),
  plain('DHCID', part('Digest', 'base64')),
  plain('EUI48', part('Address', 'eui48')),
  plain('EUI64', part('Address', 'eui64')),
  plain('NID', part('Preference', 'uint16'), part('Node', 'locator')),
  plain('L64', part('Preference', 'uint16'), part('Locator', 'locator')),
  plain('L32', part('Preference', 'uint16'), part('Locator', 'ipv4')),
  plain('APL', part('Prefixes', 'prefixes', { optional: true })),
  defineType({
    type: 'IPSECKEY',
    label: 'IPSECKEY',
    help: '',
    fields: [...ipseckeyStart, part('Gateway', 'gateway'), ...ipseckeyEnd],
    check: (values) => checkGateway(values['gateway-type']!, values['gateway']!),
    wire: gatewayWire(ipseckeyStart, ipseckeyEnd),
  }),
]

export const otherTypes: ReadonlyMap<string, TypeModule> = new Map(modules.map((module) => [module.type, module]))
