import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import { coverage } from './clients/coverage.ts'

/** Somebody nothing is filtered for, and why: without a capital and a full stop. */
export interface Unfiltered {
  who: string
  why: string
}

/** Who is not filtered although filtering is on: entries that lead nowhere first, then whoever has none. */
export function unfiltered(config: AppConfig): Unfiltered[] {
  const clients = (config.clients ?? []).flatMap((client, index) => {
    if (client === null) return []
    const covered = coverage(config, client.profile)
    return covered.state === 'unfiltered'
      ? [{ who: client.name || (client.ids?.[0] ?? `Client ${String(index + 1)}`), why: covered.why }]
      : []
  })
  const others = coverage(config, config.defaultProfile)
  if (others.state !== 'unfiltered') return clients
  const why = config.defaultProfile === null ? 'there is no default profile and no base profile' : others.why
  return [...clients, { who: 'Every device without an entry', why }]
}
