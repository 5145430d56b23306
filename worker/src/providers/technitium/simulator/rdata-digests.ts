import { ServerError } from './errors.ts'
import { enumNumber, parseHex, type Enumeration } from './numbers.ts'
import type { Rdata } from './rdata.ts'

export const DNSSEC_ALGORITHMS: Enumeration = {
  Unknown: 0,
  RSAMD5: 1,
  DSA: 3,
  RSASHA1: 5,
  DSA_NSEC3_SHA1: 6,
  RSASHA1_NSEC3_SHA1: 7,
  RSASHA256: 8,
  RSASHA512: 10,
  ECC_GOST: 12,
  ECDSAP256SHA256: 13,
  ECDSAP384SHA384: 14,
  ED25519: 15,
  ED448: 16,
  PRIVATEDNS: 253,
  PRIVATEOID: 254,
}
export const DIGEST_TYPES: Enumeration = { Unknown: 0, SHA1: 1, SHA256: 2, GOST_R_34_11_94: 3, SHA384: 4 }
export const SSHFP_ALGORITHMS: Enumeration = { Reserved: 0, RSA: 1, DSA: 2, ECDSA: 3, Ed25519: 4, Ed448: 6 }
export const FINGERPRINT_TYPES: Enumeration = { Reserved: 0, SHA1: 1, SHA256: 2 }
export const TLSA_USAGES: Enumeration = { PKIX_TA: 0, PKIX_EE: 1, DANE_TA: 2, DANE_EE: 3, PrivCert: 255 }
export const TLSA_SELECTORS: Enumeration = { Cert: 0, SPKI: 1, PrivSel: 255 }
export const TLSA_MATCHING_TYPES: Enumeration = { Full: 0, SHA2_256: 1, SHA2_512: 2, PrivMatch: 255 }

const DIGEST_BYTES: Readonly<Record<string, number>> = { SHA1: 20, SHA256: 32, GOST_R_34_11_94: 32, SHA384: 48 }

/** @param digest upper-case hexadecimal, as everywhere here */
export function dsRdata(keyTag: number, algorithm: string, digestType: string, digest: string): Rdata {
  const bytes = DIGEST_BYTES[digestType]
  if (bytes === undefined) throw new ServerError(`Digest Type is not supported: ${digestType}`)
  if (digest.length !== bytes * 2) throw new ServerError('Invalid Digest value for the Digest Type.')
  const algorithmNumber = enumNumber(DNSSEC_ALGORITHMS, algorithm)
  const digestTypeNumber = enumNumber(DIGEST_TYPES, digestType)
  const text = `${keyTag} ${algorithmNumber} ${digestTypeNumber} ${digest}`
  return {
    key: text,
    json: { keyTag, algorithm, algorithmNumber, digestType, digestTypeNumber, digest },
    print: () => text,
  }
}

export function sshfpRdata(algorithm: string, fingerprintType: string, fingerprint: string): Rdata {
  if (fingerprintType !== 'SHA1' && fingerprintType !== 'SHA256') {
    throw new ServerError(`Fingerprint Type is not supported: ${fingerprintType}`)
  }
  if (fingerprint.length !== (fingerprintType === 'SHA1' ? 40 : 64)) {
    throw new ServerError('Invalid Fingerprint value for the Fingerprint Type.')
  }
  const numbers = `${enumNumber(SSHFP_ALGORITHMS, algorithm)} ${enumNumber(FINGERPRINT_TYPES, fingerprintType)}`
  return {
    key: `${numbers} ${fingerprint}`,
    json: { algorithm, fingerprintType, fingerprint },
    print: () => `${numbers} ${fingerprint}`,
  }
}

/** The length is checked before the text is read as hexadecimal. */
export function tlsaRdata(usage: string, selector: string, matchingType: string, text: string): Rdata {
  if (text.startsWith('-')) {
    throw new ServerError('The simulator reads no certificates in a TLSA record: send the association data.')
  }
  const digits = { Full: text.length, SHA2_256: 64, SHA2_512: 128 }[matchingType]
  if (digits === undefined) throw new ServerError(`Matching Type is not supported: ${matchingType}`)
  if (text === '' || text.length !== digits) {
    throw new ServerError('Invalid Certificate Association Data value for the Matching Type.')
  }
  const data = parseHex(text)
  const numbers = [
    enumNumber(TLSA_USAGES, usage),
    enumNumber(TLSA_SELECTORS, selector),
    enumNumber(TLSA_MATCHING_TYPES, matchingType),
  ].join(' ')
  return {
    key: `${numbers} ${data}`,
    json: {
      certificateUsage: usage.replaceAll('_', '-'),
      selector,
      matchingType: matchingType.replaceAll('_', '-'),
      certificateAssociationData: data,
    },
    print: () => `${numbers} ${data}`,
  }
}
