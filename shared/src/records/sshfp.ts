import { defineType } from './define.ts'
import { RdataError } from './record-type.ts'

const hashBytes: Record<number, number> = { 1: 20, 2: 32 }

export const sshfp = defineType({
  type: 'SSHFP',
  label: 'SSH fingerprint',
  help: 'The fingerprint of a server’s SSH key, as “ssh-keygen -r” prints it (RFC 4255).',
  fields: [
    {
      id: 'algorithm',
      label: 'Algorithm',
      kind: 'uint8',
      options: [
        { value: 1, label: 'RSA', mnemonic: 'RSA' },
        { value: 2, label: 'DSA (obsolete)', mnemonic: 'DSA' },
        { value: 3, label: 'ECDSA', mnemonic: 'ECDSA' },
        { value: 4, label: 'Ed25519', mnemonic: 'ED25519' },
        { value: 6, label: 'Ed448', mnemonic: 'ED448' },
      ],
      initial: 4,
    },
    {
      id: 'hash',
      label: 'Hash',
      kind: 'uint8',
      options: [
        { value: 1, label: 'SHA-1', mnemonic: 'SHA1' },
        { value: 2, label: 'SHA-256', mnemonic: 'SHA256' },
      ],
      initial: 2,
    },
    { id: 'fingerprint', label: 'Fingerprint', kind: 'hex', help: 'In hexadecimal.' },
  ],
  check({ hash, fingerprint }) {
    const expected = hashBytes[Number(hash)]
    const found = String(fingerprint).length / 2
    if (expected !== undefined && found !== expected) {
      throw new RdataError(`A fingerprint of type ${hash} has ${expected} bytes; this one has ${found}.`, 'fingerprint')
    }
  },
})
