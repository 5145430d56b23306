import type { Env } from '../../env.ts'
import { keyRing } from './key-ring.ts'
import { seal, unseal } from './seal.ts'
import { replaceSealed, sealedWithOthers } from './store.ts'

const atOnce = 100

/**
 * Seals values that an older key holds with the active one, a hundred a call: call it until `left` is 0, then the older
 * key may go. It can stop anywhere and be called again; a value that someone replaces meanwhile is left as they want it.
 * Throws 503 when an older key is missing.
 */
export async function resealAll(env: Env): Promise<{ resealed: number; left: number }> {
  const ring = keyRing(env)
  let resealed = 0
  for (const { connection, ...before } of await sealedWithOthers(env.DB, ring.active, atOnce)) {
    const place = { connection, field: before.field }
    const after = await seal(ring, place, await unseal(ring, place, before))
    if (await replaceSealed(env.DB, place, before.sealed, after)) resealed++
  }
  return { resealed, left: (await sealedWithOthers(env.DB, ring.active, 1000)).length }
}
