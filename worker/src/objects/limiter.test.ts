import { reset, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { verifyPassword } from './password-hash.ts'

const minute = 60_000
const start = Date.UTC(2026, 10, 23)
beforeEach(() => reset())

test('[A5] of a thousand attempts at once, five are free', async () => {
  const limiter = env.LIMITER.getByName('a')
  const waits = await Promise.all(Array.from({ length: 1000 }, () => limiter.take(start)))
  expect(waits.filter((seconds) => seconds === 0)).toHaveLength(5)
  expect(new Set(waits)).toEqual(new Set([0, 60]))
})

test('[A5] each further failure doubles the wait, up to an hour', async () => {
  const limiter = env.LIMITER.getByName('a')
  let now = start
  for (let i = 0; i < 5; i++) expect(await limiter.take(now)).toBe(0)
  for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) {
    expect(await limiter.take(now)).toBe(minutes * 60)
    expect(await limiter.take(now + minutes * minute - 1)).toBe(1)
    now += minutes * minute
    expect(await limiter.take(now)).toBe(0)
  }
})

test('[A5] a right attempt is given back, and clears its account', async () => {
  const limiter = env.LIMITER.getByName('a')
  for (let i = 0; i < 20; i++) {
    expect(await limiter.take(start)).toBe(0)
    await limiter.giveBack()
  }
  for (let i = 0; i < 5; i++) await limiter.take(start)
  expect(await limiter.take(start)).toBe(60)
  await limiter.clear()
  expect(await limiter.take(start)).toBe(0)
  expect(await env.LIMITER.getByName('b').take(start)).toBe(0)
})

test('[A5] a right attempt in between forgets no failure before its time', async () => {
  const limiter = env.LIMITER.getByName('a')
  const ahead = Date.UTC(2031, 0, 8)
  for (let i = 0; i < 4; i++) {
    expect(await limiter.take(ahead + i)).toBe(0)
  }
  for (let i = 1; i <= 3; i++) {
    expect(await limiter.take(ahead + i * minute)).toBe(0)
    await limiter.giveBack()
  }
  const forgets = await runInDurableObject(limiter as never, (_, { storage }) => storage.getAlarm())
  expect(forgets).toBe(ahead + 3 + 24 * 60 * minute)
  expect(await limiter.take(ahead + 4 * minute)).toBe(0)
  expect(await limiter.take(ahead + 4 * minute)).toBe(60)
})

test('[A5] failures that an older version counted go on', async () => {
  const limiter = env.LIMITER.getByName('a')
  const ahead = Date.UTC(2031, 0, 8)
  await runInDurableObject(limiter as never, (_, { storage }) => storage.put('attempts', { fails: 3, until: 0 }))
  expect(await limiter.take(ahead)).toBe(0)
  await limiter.giveBack()
  for (const wait of [0, 0, 60]) expect(await limiter.take(ahead)).toBe(wait)
})

test('[C6] a hash is salted, peppered, and right for its own password alone', async () => {
  const limiter = env.LIMITER.getByName('a')
  const [one, two] = await Promise.all([limiter.hash('ein Käse', 'pepper'), limiter.hash('ein Käse', 'pepper')])
  expect(one).not.toBe(two)
  expect(await limiter.verify('ein Ka\u0308se', one, 'pepper')).toEqual({ ok: true })
  expect(await limiter.verify('ein Käse ', one, 'pepper')).toEqual({ ok: false })
  expect(await limiter.verify('ein Käse', one, 'salt')).toEqual({ ok: false })
  for (const broken of [null, '', '$scrypt$ln=14,r=8,p=5$$', '$argon2id$v=19$x$y']) {
    expect(await verifyPassword('ein Käse', broken, 'pepper')).toEqual({ ok: false })
  }
})
