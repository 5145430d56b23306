import { quote, type Word } from './words.ts'

/** How one field of rdata is said by the server and how it is told to it. `data` is a whole `rData`. */
export interface FieldKind {
  /** Canonical text of a value that was read. */
  read: (value: unknown, data: Record<string, unknown>) => string
  /** What is sent for a field of canonical rdata. */
  write: (word: Word) => string
}

const asIs = (word: Word) => word.text

export const plain: FieldKind = { read: String, write: asIs }

/** Names come without the last dot; the root comes as `.` or empty and goes as `.`. */
export const host: FieldKind = {
  read: (value) => (value === '' || value === '.' ? '.' : `${String(value)}.`),
  write: ({ text }) => (text === '.' ? text : text.replace(/\.$/, '')),
}

export const text: FieldKind = { read: (value) => quote(String(value)), write: asIs }

export const hex: FieldKind = { read: (value) => String(value).toLowerCase(), write: ({ text }) => text.toUpperCase() }

/** `jo.e@example.org` for what a zone file writes as `jo\.e.example.org.`. */
export const mailbox: FieldKind = {
  read: (value) => {
    const address = String(value)
    const at = address.lastIndexOf('@')
    if (at < 0) return host.read(address, {})
    return `${address.slice(0, at).replace(/[.\\]/g, '\\$&')}.${address.slice(at + 1)}.`
  },
  // The first dot without a backslash before it is the @ (RFC 1035 §8). Where no dot is escaped, the name says the same.
  write: (word) => {
    const parts = /^((?:[^.\\]|\\.)*)\.(.+?)\.?$/.exec(word.raw)
    if (!parts?.[1]?.includes('\\') || !parts[2]) return host.write(word)
    return `${parts[1].replace(/\\(.)/g, '$1')}@${parts[2]}`
  },
}

/** Numbers that the server says by name. `numberField` is where it also gives the number. */
export function named(names: Readonly<Record<number, string>>, numberField?: string): FieldKind {
  const numbers = new Map(Object.entries(names).map(([number, name]) => [name.toUpperCase(), number]))
  return {
    read: (value, data) => {
      if (numberField !== undefined) return String(data[numberField])
      const name = String(value).replaceAll('_', '-').toUpperCase()
      return numbers.get(name) ?? String(value)
    },
    write: ({ text }) => names[Number(text)] ?? text,
  }
}

export const DNSSEC_ALGORITHMS = {
  1: 'RSAMD5',
  3: 'DSA',
  5: 'RSASHA1',
  6: 'DSA-NSEC3-SHA1',
  7: 'RSASHA1-NSEC3-SHA1',
  8: 'RSASHA256',
  10: 'RSASHA512',
  12: 'ECC-GOST',
  13: 'ECDSAP256SHA256',
  14: 'ECDSAP384SHA384',
  15: 'ED25519',
  16: 'ED448',
}
export const DIGEST_TYPES = { 1: 'SHA1', 2: 'SHA256', 3: 'GOST-R-34-11-94', 4: 'SHA384' }
export const SSHFP_ALGORITHMS = { 1: 'RSA', 2: 'DSA', 3: 'ECDSA', 4: 'Ed25519', 6: 'Ed448' }
export const SSHFP_FINGERPRINTS = { 1: 'SHA1', 2: 'SHA256' }
export const TLSA_USAGES = { 0: 'PKIX-TA', 1: 'PKIX-EE', 2: 'DANE-TA', 3: 'DANE-EE' }
export const TLSA_SELECTORS = { 0: 'Cert', 1: 'SPKI' }
export const TLSA_MATCHINGS = { 0: 'Full', 1: 'SHA2-256', 2: 'SHA2-512' }
