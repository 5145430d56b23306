import type { Pause } from '@zonedeck/shared/content-filter'
import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import { when } from '../when.ts'
import { coverage } from './clients/coverage.ts'
import { clientPause } from './pauses/paused-findings.ts'

/** Somebody nothing is filtered for, and why: without a capital and a full stop. */
export interface Unfiltered {
  who: string
  why: string
}

/** Who is not filtered although filtering is on: entries that lead nowhere first, then whoever has none. */
export function unfiltered(config: AppConfig, pauses: readonly Pause[] = []): Unfiltered[] {
  const clients = (config.clients ?? []).flatMap((client, index) => {
    if (client === null) return []
    const covered = coverage(config, client.profile)
    if (covered.state !== 'unfiltered') return []
    const pause = clientPause(client, pauses)
    const why = pause === undefined ? covered.why : `paused until ${when(pause.until)}`
    return [{ who: client.name || (client.ids?.[0] ?? `Client ${String(index + 1)}`), why }]
  })
  const others = coverage(config, config.defaultProfile)
  if (others.state !== 'unfiltered') return clients
  const why = config.defaultProfile === null ? 'there is no default profile and no base profile' : others.why
  return [...clients, { who: 'Every device without an entry', why }]
}
