import type { Pause } from '@zonedeck/shared/content-filter'
import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import { when } from '../when.ts'
import { clientCoverage, defaultCoverage, type Coverage } from './clients/coverage.ts'

/** Somebody nothing is filtered for, and why: without a capital and a full stop. */
export interface Unfiltered {
  who: string
  why: string
}

/** Who is not filtered although filtering is on: entries that lead nowhere first, then whoever has none. */
export function unfiltered(config: AppConfig, pauses: readonly Pause[] = []): Unfiltered[] {
  const clients = (config.clients ?? []).flatMap((client, index) => {
    const why = client === null ? null : whyOpen(clientCoverage(config, client, pauses))
    if (client === null || why === null) return []
    return [{ who: client.name || (client.ids?.[0] ?? `Client ${String(index + 1)}`), why }]
  })
  const why = whyOpen(defaultCoverage(config, pauses))
  if (why === null) return clients
  const none = config.defaultProfile === null ? 'there is no default profile and no base profile' : why
  return [...clients, { who: 'Every device without an entry', why: none }]
}

/** Null: it is filtered. */
function whyOpen(covered: Coverage): string | null {
  if (covered.state === 'paused') return `paused until ${when(covered.until)}`
  return covered.state === 'unfiltered' ? covered.why : null
}
