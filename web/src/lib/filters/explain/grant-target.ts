import type { PauseTarget } from '@zonedeck/shared/content-filter'
import type { Explanation } from '@zonedeck/shared/filter/explain'

/**
 * What letting the name through for a while would be for: the one client that asked, or everyone with the profile when no
 * entry names it. Null where that changes nothing: what is rewritten is so before any allowing is looked at.
 */
export function grantTarget(
  domain: string,
  { verdict, client, profile }: Pick<Explanation, 'verdict' | 'client' | 'profile'>,
): Extract<PauseTarget, { kind: 'domain' }> | null {
  if (verdict !== 'block') return null
  if (client !== null) {
    const ids = (client.client.ids ?? []).filter((id) => id !== null)
    return { kind: 'domain', domain, for: { kind: 'client', client: { name: client.client.name ?? '', ids } } }
  }
  return profile === null || profile === '' ? null : { kind: 'domain', domain, for: { kind: 'profile', profile } }
}
