import { createHash, randomBytes } from 'node:crypto'
import { Answer, booleanOf, empty, json, object, only, stringOf, type Json } from './simulator-answer.ts'
import type { SimulatedKey, SimulatedZone } from './simulator-zone.ts'

interface Algorithm {
  name: string
  /** Bytes of the public key, and the size of a key in bits; RSA has any size. */
  bytes?: number
  bits?: number
}

const ALGORITHMS: Record<number, Algorithm> = {
  5: { name: 'RSASHA1' },
  7: { name: 'RSASHA1-NSEC3-SHA1' },
  8: { name: 'RSASHA256' },
  10: { name: 'RSASHA512' },
  13: { name: 'ECDSAP256SHA256', bytes: 64, bits: 256 },
  14: { name: 'ECDSAP384SHA384', bytes: 96, bits: 384 },
  15: { name: 'ED25519', bytes: 32, bits: 256 },
  16: { name: 'ED448', bytes: 57, bits: 456 },
}
const SHORT_NAMES: Record<string, number> = {
  rsasha1: 5,
  'rsasha1-nsec3-sha1': 7,
  rsasha256: 8,
  rsasha512: 10,
  ecdsa256: 13,
  ecdsap256sha256: 13,
  ecdsa384: 14,
  ecdsap384sha384: 14,
  ed25519: 15,
  ed448: 16,
}
const DEFAULT_ALGORITHM = 13
const DIGESTS: [type: number, hash: string][] = [
  [1, 'sha1'],
  [2, 'sha256'],
  [4, 'sha384'],
]

/** `/zones/{id}/cryptokeys[/{key}]`. `nextId` is over all zones: the server's ids are those of its database rows. */
export function keysAnswer(
  zone: SimulatedZone,
  method: string,
  key: string | undefined,
  body: string,
  nextId: () => number,
): Response {
  if (key === undefined) {
    if (method === 'GET') return json(zone.keys.map((each) => publicPart(zone, each)))
    if (method !== 'POST') throw new Answer(method === 'PUT' || method === 'DELETE' ? 400 : 405)
    const made = newKey(object(body), nextId())
    zone.keys.push(made)
    return json({ ...publicPart(zone, made), privatekey: made.privateKey }, 201)
  }
  if (!/^\d+$/.test(key)) throw new Answer(500)
  const held = zone.keys.find(({ id }) => String(id) === key)
  if (held === undefined) throw new Answer(404)
  if (method === 'GET') return json({ ...publicPart(zone, held), privatekey: held.privateKey })
  if (method === 'DELETE') {
    zone.keys = zone.keys.filter((each) => each !== held)
    return empty()
  }
  only(method, 'PUT')
  const input = object(body)
  const active = booleanOf(input, 'active')
  held.published = booleanOf(input, 'published', true)
  held.active = active
  return empty()
}

/** What `dnssec: true` makes of a zone without active keys. */
export function defaultKey(id: number): SimulatedKey {
  return makeKey(id, 257, DEFAULT_ALGORITHM, 256, { active: true, published: true })
}

function newKey(input: Json, id: number): SimulatedKey {
  const active = booleanOf(input, 'active', false)
  const published = booleanOf(input, 'published', true)
  const keytype = stringOf(input, 'keytype')
  if (!['ksk', 'csk', 'zsk'].includes(keytype)) throw new Answer(422, `Invalid keytype ${keytype}`)
  const { bits = 0, algorithm: given = DEFAULT_ALGORITHM } = input
  if (typeof bits !== 'number' || !Number.isInteger(bits) || bits < 0) {
    throw new Answer(422, "'bits' must be a positive integer value")
  }
  const number = typeof given === 'string' ? (SHORT_NAMES[given.toLowerCase()] ?? -1) : given
  if (typeof number !== 'number' || number === -1) throw new Answer(422, `Unknown algorithm: ${String(given)}`)
  const algorithm = ALGORITHMS[number]
  if (number <= 10 && bits === 0) {
    throw new Answer(
      422,
      `Creating an algorithm ${number} (${algorithm?.name ?? 'Unallocated/Reserved'}) key requires the size (in bits) to be passed.`,
    )
  }
  if (algorithm === undefined) {
    throw new Answer(
      422,
      bits === 0
        ? `Can not guess key size for algorithm ${number}`
        : `Request to create key object for unknown algorithm number ${number}`,
    )
  }
  const fits = algorithm.bits === undefined ? bits >= 512 && bits <= 4096 : bits === 0 || bits === algorithm.bits
  if (!fits) throw new Answer(422, 'The algorithm does not support the given bit size.')
  return makeKey(id, keytype === 'zsk' ? 256 : 257, number, algorithm.bits ?? bits, { active, published })
}

function makeKey(
  id: number,
  flags: number,
  algorithm: number,
  bits: number,
  state: Pick<SimulatedKey, 'active' | 'published'>,
): SimulatedKey {
  const bytes = ALGORITHMS[algorithm]?.bytes
  const publicKey =
    bytes === undefined ? Buffer.concat([Buffer.from([3, 1, 0, 1]), randomBytes(bits / 8)]) : randomBytes(bytes)
  return {
    id,
    flags,
    algorithm,
    bits,
    ...state,
    publicKey: publicKey.toString('base64'),
    privateKey: `Private-key-format: v1.2\nAlgorithm: ${algorithm} (${ALGORITHMS[algorithm]?.name})\nPrivateKey: ${randomBytes(32).toString('base64')}\n`,
  }
}

function publicPart(zone: SimulatedZone, key: SimulatedKey): Json {
  const { id, flags, algorithm, bits, active, published, publicKey } = key
  const keytype = keyType(zone.keys, key)
  const ds = DIGESTS.map(([type, hash]) => ({ type, rdata: dsOf(zone.name, key, type, hash) }))
  const published_cds = (zone.metadata.get('PUBLISH-CDS')?.[0] ?? '').split(/[, ]+/)
  const cds = ds.filter(({ type }) => published_cds.includes(String(type)))
  return {
    active,
    algorithm: ALGORITHMS[algorithm]?.name,
    bits,
    ...(keytype !== 'zsk' && cds.length > 0 ? { cds: cds.map(({ rdata }) => rdata) } : {}),
    dnskey: `${flags} 3 ${algorithm} ${publicKey}`,
    ...(keytype === 'zsk' ? {} : { ds: ds.map(({ rdata }) => rdata) }),
    flags,
    id,
    keytype,
    published,
    type: 'Cryptokey',
  }
}

/** Keys of an algorithm are split in two roles only while it has an active one of each. */
function keyType(keys: readonly SimulatedKey[], { algorithm, flags }: SimulatedKey): string {
  const has = (wanted: number) => keys.some((key) => key.active && key.algorithm === algorithm && key.flags === wanted)
  if (!has(256) || !has(257)) return 'csk'
  return flags === 257 ? 'ksk' : 'zsk'
}

function dsOf(zone: string, { flags, algorithm, publicKey }: SimulatedKey, type: number, hash: string): string {
  const rdata = Buffer.concat([Buffer.from([flags >> 8, flags & 255, 3, algorithm]), Buffer.from(publicKey, 'base64')])
  const owner = zone.split('.').filter((label) => label !== '')
  const name = Buffer.concat([
    ...owner.map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`)),
    Buffer.from([0]),
  ])
  const tag = rdata.reduce((sum, byte, index) => sum + (index % 2 === 0 ? byte << 8 : byte), 0)
  const digest = createHash(hash).update(name).update(rdata).digest('hex')
  return `${(tag + (tag >> 16)) & 0xffff} ${algorithm} ${type} ${digest}`
}
