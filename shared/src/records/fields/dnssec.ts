import { RdataError, type Field, type FieldOption, type Fields } from '../record-type.ts'

/** IANA: DNS Security Algorithm Numbers, with the words of RFC 4034 appendix A.1 and its successors. */
const algorithms: readonly FieldOption[] = [
  { value: 1, label: 'RSA/MD5 (obsolete)', mnemonic: 'RSAMD5' },
  { value: 2, label: 'Diffie-Hellman', mnemonic: 'DH' },
  { value: 3, label: 'DSA/SHA-1 (obsolete)', mnemonic: 'DSA' },
  { value: 5, label: 'RSA/SHA-1', mnemonic: 'RSASHA1' },
  { value: 6, label: 'DSA/SHA-1 for NSEC3 (obsolete)', mnemonic: 'NSEC3DSA' },
  { value: 7, label: 'RSA/SHA-1 for NSEC3', mnemonic: 'NSEC3RSASHA1' },
  { value: 8, label: 'RSA/SHA-256', mnemonic: 'RSASHA256' },
  { value: 10, label: 'RSA/SHA-512', mnemonic: 'RSASHA512' },
  { value: 12, label: 'GOST R 34.10-2001 (obsolete)', mnemonic: 'ECCGOST' },
  { value: 13, label: 'ECDSA P-256/SHA-256', mnemonic: 'ECDSAP256SHA256' },
  { value: 14, label: 'ECDSA P-384/SHA-384', mnemonic: 'ECDSAP384SHA384' },
  { value: 15, label: 'Ed25519', mnemonic: 'ED25519' },
  { value: 16, label: 'Ed448', mnemonic: 'ED448' },
  { value: 252, label: 'Indirect', mnemonic: 'INDIRECT' },
  { value: 253, label: 'Private, by name', mnemonic: 'PRIVATEDNS' },
  { value: 254, label: 'Private, by OID', mnemonic: 'PRIVATEOID' },
]

const digestTypes: readonly FieldOption[] = [
  { value: 1, label: 'SHA-1 (20 bytes)', mnemonic: 'SHA-1' },
  { value: 2, label: 'SHA-256 (32 bytes)', mnemonic: 'SHA-256' },
  { value: 3, label: 'GOST R 34.11-94 (32 bytes)', mnemonic: 'GOST' },
  { value: 4, label: 'SHA-384 (48 bytes)', mnemonic: 'SHA-384' },
]

export const keyTagField: Field = { id: 'keyTag', label: 'Key tag', kind: 'uint16', placeholder: '12345' }

export const algorithmField: Field = {
  id: 'algorithm',
  label: 'Algorithm',
  kind: 'uint8',
  options: algorithms,
  words: { ECDSA256: 13, ECDSA384: 14 },
  initial: 13,
}

/** DS and its copies for the parent, CDS and DLV: the same four fields. */
export const dsFields: readonly Field[] = [
  { ...keyTagField, help: 'A checksum of the key, as the signing server shows it.' },
  algorithmField,
  { id: 'digestType', label: 'Digest type', kind: 'uint8', options: digestTypes, initial: 2 },
  { id: 'digest', label: 'Digest', kind: 'hex', help: 'In hexadecimal.' },
]

const digestBytes: Record<number, number> = { 1: 20, 2: 32, 4: 48 }

/** A digest has the length of its type. */
export function checkDigest({ digestType, digest }: Fields): void {
  const expected = digestBytes[Number(digestType)]
  const found = String(digest).length / 2
  if (expected !== undefined && found !== expected) {
    throw new RdataError(`A digest of type ${digestType} has ${expected} bytes; this one has ${found}.`, 'digest')
  }
}

/** RFC 2535 §3.1.3; all but 3 are history. */
const protocols = { NONE: 0, TLS: 1, EMAIL: 2, DNSSEC: 3, IPSEC: 4, ALL: 255 }

/** DNSKEY and its relatives CDNSKEY and KEY. */
export const keyFields: readonly Field[] = [
  {
    id: 'flags',
    label: 'Flags',
    kind: 'keyflags',
    options: [
      { value: 256, label: 'Zone-signing key (256)' },
      { value: 257, label: 'Key-signing key (257)' },
      { value: 385, label: 'Key-signing key, revoked (385)' },
    ],
    initial: 257,
  },
  { id: 'protocol', label: 'Protocol', kind: 'uint8', help: 'Always 3.', words: protocols, initial: 3 },
  algorithmField,
  { id: 'publicKey', label: 'Public key', kind: 'base64', help: 'In base64.' },
]
