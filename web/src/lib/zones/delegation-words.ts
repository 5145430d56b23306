import type { Delegation } from '@zonedeck/shared/delegation'
import type { NameServer } from '@zonedeck/shared/name-servers'
import { privateName } from '@zonedeck/shared/private-names'

type State = Delegation['nameServers']['state']
type Badge = { tone: 'ok' | 'warn' | 'active' | 'unknown' | 'neutral'; label: string }

/** What the badge says of a delegation, and in which tone. */
export const DELEGATION_BADGES: Record<State, Badge> = {
  delegated: { tone: 'ok', label: 'Delegated' },
  partly: { tone: 'warn', label: 'Not the same servers' },
  elsewhere: { tone: 'warn', label: 'Delegated elsewhere' },
  'not-delegated': { tone: 'active', label: 'Not delegated yet' },
  unknown: { tone: 'unknown', label: 'Not known' },
  private: { tone: 'neutral', label: 'Private' },
}

/** What is to be done with the name servers of a zone, and by whom. */
export function whatToSet(
  zone: string,
  servers: readonly NameServer[],
  found: Delegation | null,
): { title: string; text: string } {
  if (found?.nameServers.state === 'delegated') {
    return { title: 'This zone is delegated', text: `Whoever asks for names in ${zone} is led to these servers.` }
  }
  if (servers.length === 0) {
    return {
      title: 'This zone needs name servers',
      text: 'It has no NS records at its apex: nothing can be delegated to it yet.',
    }
  }
  if (servers.every(({ name }) => isInternal(name))) {
    return {
      title: 'Name servers',
      text: 'They have private names: in your own network they work, but no registrar takes them.',
    }
  }
  return whereToSet(zone, found?.parent ?? null)
}

/** Found inside of one network alone. */
export function isInternal(host: string): boolean {
  return privateName(host)?.kind === 'local'
}

function whereToSet(zone: string, parent: string | null): { title: string; text: string } {
  if (/(^|\.)(in-addr|ip6)\.arpa$/.test(zone)) {
    return {
      title: 'Have these name servers set for your addresses',
      text: 'Reverse zones are delegated by whoever gave you the addresses: your provider or an internet registry.',
    }
  }
  // The zone above a registered domain has one label, or belongs to a registry all the same (co.uk).
  if (parent?.includes('.') === true) {
    return {
      title: `Set these name servers in ${parent}`,
      text: `${parent} is the zone above. If it is yours, add NS records for ${zone} there; if it is a registry’s, your registrar does it.`,
    }
  }
  return {
    title: 'Set these name servers at your registrar',
    text: `Enter them where ${zone} is registered, instead of those that are set there now.`,
  }
}

/** What is known of one of the zone's own name servers at the parent. */
export function serverBadge(name: string, found: Delegation['nameServers'] | null): Badge {
  if (found === null) return { tone: 'neutral', label: 'Asking the parent…' }
  if (found.atParent?.includes(name) === true) return { tone: 'ok', label: 'At the parent' }
  if (found.atParent !== null) return { tone: 'warn', label: 'Not at the parent' }
  return found.state === 'unknown'
    ? { tone: 'unknown', label: 'Not known' }
    : { tone: 'neutral', label: 'Not at the parent yet' }
}
