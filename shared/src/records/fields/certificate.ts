import type { Field } from '../record-type.ts'

/** TLSA and SMIMEA have one form (RFC 6698 §2.1, RFC 8162 §2), with the words of RFC 7218. */
export const certificateFields: readonly Field[] = [
  {
    id: 'usage',
    label: 'Usage',
    kind: 'uint8',
    options: [
      { value: 0, label: 'PKIX-TA: this authority, and the usual checks', mnemonic: 'PKIX-TA' },
      { value: 1, label: 'PKIX-EE: this certificate, and the usual checks', mnemonic: 'PKIX-EE' },
      { value: 2, label: 'DANE-TA: this authority alone', mnemonic: 'DANE-TA' },
      { value: 3, label: 'DANE-EE: this certificate alone', mnemonic: 'DANE-EE' },
      { value: 255, label: 'PrivCert: by private agreement', mnemonic: 'PRIVCERT' },
    ],
    initial: 3,
  },
  {
    id: 'selector',
    label: 'Selector',
    kind: 'uint8',
    options: [
      { value: 0, label: 'Cert: the whole certificate', mnemonic: 'CERT' },
      { value: 1, label: 'SPKI: its public key', mnemonic: 'SPKI' },
      { value: 255, label: 'PrivSel: by private agreement', mnemonic: 'PRIVSEL' },
    ],
    initial: 1,
  },
  {
    id: 'matching',
    label: 'Matching',
    kind: 'uint8',
    options: [
      { value: 0, label: 'Full: the data itself', mnemonic: 'FULL' },
      { value: 1, label: 'SHA2-256: its SHA-256 hash', mnemonic: 'SHA2-256' },
      { value: 2, label: 'SHA2-512: its SHA-512 hash', mnemonic: 'SHA2-512' },
      { value: 255, label: 'PrivMatch: by private agreement', mnemonic: 'PRIVMATCH' },
    ],
    initial: 1,
  },
  { id: 'data', label: 'Certificate data', kind: 'hex', help: 'In hexadecimal.' },
]
