import { algorithmNumber, dnskeyFlags, dsDigest, imitateSignature, keyTag, type DnssecKey } from './dnssec-keys.ts'
import { nextStateText } from './dnssec-times.ts'
import { relativeTo } from './names.ts'
import { bytesToHex } from './numbers.ts'
import type { Rdata } from './rdata.ts'
import { RECORD_TYPES } from './record-types.ts'
import type { Nsec3 } from './signing.ts'

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

const FLAG_NAMES: Readonly<Record<number, string>> = {
  256: 'ZoneKey',
  257: 'SecureEntryPoint, ZoneKey',
  385: 'SecureEntryPoint, Revoke, ZoneKey',
}

export function dnskeyRdata(zone: string, key: DnssecKey): Rdata {
  const flags = dnskeyFlags(key)
  const number = algorithmNumber(key.algorithm)
  const publicKey = base64(key.publicKey)
  const by = nextStateText(key)
  const text = `${flags} 3 ${number} ${publicKey}`
  return {
    key: text,
    json: {
      flags: FLAG_NAMES[flags],
      protocol: 3,
      algorithm: key.algorithm,
      algorithmNumber: number,
      publicKey,
      computedKeyTag: keyTag(key),
      dnsKeyState: key.state,
      ...(by === null ? {} : { [key.type === 'KeySigningKey' ? 'dnsKeyStateReadyBy' : 'dnsKeyStateActiveBy']: by }),
      ...(key.type === 'KeySigningKey'
        ? {
            computedDigests: [
              { digestType: 'SHA256', digest: dsDigest(zone, key, 'sha256') },
              { digestType: 'SHA384', digest: dsDigest(zone, key, 'sha384') },
            ],
          }
        : {}),
    },
    print: () => text,
  }
}

interface Covered {
  /** Of the set that is signed. */
  name: string
  type: string
  ttl: number
  /** The data of the set, whose change changes the signature. */
  data: string
}

const INCEPTION_OFFSET = 3600

/** @param signedAt seconds; @param validity seconds */
export function rrsigRdata(zone: string, key: DnssecKey, covered: Covered, signedAt: number, validity: number): Rdata {
  const number = algorithmNumber(key.algorithm)
  const labels = covered.name === '' ? 0 : covered.name.split('.').filter((label) => label !== '*').length
  const expiration = signedAt + validity
  const inception = signedAt - INCEPTION_OFFSET
  const tag = keyTag(key)
  const type = RECORD_TYPES[covered.type] ?? Number(covered.type)
  const head = `${type} ${number} ${labels} ${covered.ttl} ${expiration} ${inception} ${tag}`
  const signature = base64(imitateSignature(key, `${covered.name} ${head} ${covered.data}`))
  return {
    key: `${head} ${signature}`,
    json: {
      typeCovered: covered.type,
      algorithm: key.algorithm,
      algorithmNumber: number,
      labels,
      originalTtl: covered.ttl,
      signatureExpiration: wholeSeconds(expiration),
      signatureInception: wholeSeconds(inception),
      keyTag: tag,
      signersName: zone,
      signature,
    },
    print: (origin) => `${head} ${relativeTo(origin, zone)} ${signature}`,
  }
}

function wholeSeconds(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}

export function nsecRdata(next: string, types: string[]): Rdata {
  return {
    key: `${next} ${types.join(' ')}`,
    json: { nextDomainName: next, types },
    print: (origin) => `${relativeTo(origin, next)} ${types.join(' ')}`,
  }
}

function nsec3Json({ iterations, salt }: Nsec3): Record<string, unknown> {
  return { hashAlgorithm: 'SHA1', flags: 'None', iterations, salt: bytesToHex(salt) }
}

function nsec3Text({ iterations, salt }: Nsec3): string {
  return `1 0 ${iterations} ${salt.length === 0 ? '-' : bytesToHex(salt)}`
}

export function nsec3Rdata(parameters: Nsec3, next: string, types: string[]): Rdata {
  const text = [nsec3Text(parameters), next, ...types].join(' ')
  return {
    key: text,
    json: { ...nsec3Json(parameters), nextHashedOwnerName: next, types },
    print: () => text,
  }
}

export function nsec3paramRdata(parameters: Nsec3): Rdata {
  const text = nsec3Text(parameters)
  return { key: text, json: nsec3Json(parameters), print: () => text }
}
