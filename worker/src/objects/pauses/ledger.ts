import type { Claim } from '@zonedeck/shared/filter/pause/claim'
import { releaseClaims, type Released } from '@zonedeck/shared/filter/pause/release'
import { digest } from '../../http/ids.ts'

/** What the pauses made of a configuration. */
export interface Holding {
  /** The configuration as it is without them. */
  base: string
  /** Hash of what the server holds with them. */
  written: string
  claims: readonly Claim[]
}

/** `pending` is what was sent and not confirmed: after an interruption either may be on the server. */
export interface Ledger {
  held: Holding | null
  pending: Holding | null
}

/**
 * What pauses hold in the configuration that is on the server now. Nobody else having written, the one without them is
 * the very text from before; otherwise what they hold is taken out of the new one. `lost` is what is somebody else's.
 */
export function holdingIn(current: string, { held, pending }: Ledger): Holding & { lost: Released['lost'] } {
  const written = digest(current)
  for (const known of [held, pending]) if (known?.written === written) return { ...known, lost: [] }
  const either = pending === null ? [held?.claims ?? []] : [held?.claims ?? [], pending.claims]
  const [found] = either
    .map((claims) => ({ claims, ...releaseClaims(current, claims) }))
    // Which of the two was there shows in what can be taken out; where both can, the longer one has it all.
    .toSorted((a, b) => a.lost.length - b.lost.length || b.claims.length - a.claims.length)
  if (found === undefined) return { base: current, written, claims: [], lost: [] }
  const lost = new Set(found.lost.map(({ claim }) => claim))
  return { base: found.text, written, claims: found.claims.filter((claim) => !lost.has(claim)), lost: found.lost }
}

/** Nothing held is nothing to keep. */
export const ledgerOf = (held: Holding, pending: Holding | null = null): Ledger => ({
  held: held.claims.length === 0 ? null : { base: held.base, written: held.written, claims: held.claims },
  pending,
})
