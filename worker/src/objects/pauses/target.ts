import type { PauseTarget } from '@zonedeck/shared/content-filter'
import { compileConfig } from '@zonedeck/shared/filter/compile'
import { explainProfile } from '@zonedeck/shared/filter/explain'
import type { Held } from '@zonedeck/shared/filter/pause/hold'
import { readConfig } from '@zonedeck/shared/filter/read-config'
import { parseName } from '@zonedeck/shared/names'
import { NameError } from '@zonedeck/shared/names-error'
import { refused } from '../writes/refused.ts'

type Grant = Extract<PauseTarget, { kind: 'domain' }>

/** A target with its domain as queries spell it. Throws 422. */
export function cleanTarget(target: PauseTarget): PauseTarget {
  if (target.kind !== 'domain') return target
  const at = '/target/domain'
  const text = target.domain.trim()
  if (text.includes('*')) {
    const detail = 'A name is let through with everything below it: leave the * out.'
    throw refused(detail, [{ pointer: at, detail }])
  }
  try {
    const domain = parseName(text).slice(0, -1)
    if (domain === '') throw new NameError('A name is missing.')
    return { ...target, domain }
  } catch (error) {
    if (!(error instanceof NameError)) throw error
    throw refused(error.message, [{ pointer: at, detail: error.message }])
  }
}

/** Rewrites come before allow lists: what is answered by one stays so. Throws 422 for a name that would not be let through. */
export function checkGrant(id: string, target: Grant, { text, claims }: Held, time: number): void {
  const { domain } = target
  const { config } = readConfig(text)
  const made = claims.flatMap((claim) => (claim.kind === 'profile' && claim.by.includes(id) ? claim.name : []))
  const profile = target.for.kind === 'profile' ? target.for.profile : made[0]
  if (config === null || profile === undefined) return
  const compiled = compileConfig(config, new Map())
  const { verdict, steps } = explainProfile(compiled, profile, { name: domain, type: 'A', time })
  if (verdict !== 'rewrite') return
  throw refused(`${steps.at(-1)?.text ?? 'A rewrite answers for it.'} Letting it through does not change that.`, [
    { pointer: '/target/domain', detail: 'A rewrite answers for this name.' },
  ])
}
