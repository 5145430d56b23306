import type { Pause } from '@zonedeck/shared/content-filter'
import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import type { ConfigFinding } from '@zonedeck/shared/filter/findings/finding'

/** Pauses that the configuration shows at this moment. */
function holding(pauses: readonly Pause[]): Pause[] {
  return pauses.filter(({ state }) => state === 'running' || state === 'ending')
}

/** The pause of the whole filter, if there is one. */
export function wholePause(pauses: readonly Pause[]): Pause | undefined {
  return holding(pauses).find(({ target }) => target.kind === 'everything')
}

/** The pause of a profile, if there is one. */
export function profilePause(profile: string, pauses: readonly Pause[]): Pause | undefined {
  return holding(pauses).find(({ target }) => target.kind === 'profile' && target.profile === profile)
}

/** The pause of an entry of the configuration by itself, if there is one. */
export function clientPause(
  client: { name: string | null; ids: readonly (string | null)[] | null },
  pauses: readonly Pause[],
): Pause | undefined {
  return holding(pauses).find(
    ({ target }) =>
      target.kind === 'client' &&
      target.client.name === (client.name ?? '') &&
      target.client.ids.join(' ') === (client.ids ?? []).join(' '),
  )
}

/**
 * Findings without those that only a pause makes: a paused filter is switched off, a paused client has the empty profile.
 * A paused profile leaves the empty one to its clients, and which ones those are does not show: they keep their finding,
 * but not its fix, which would go on after the pause.
 */
export function withoutPaused(
  findings: readonly ConfigFinding[],
  config: AppConfig,
  pauses: readonly Pause[],
): readonly ConfigFinding[] {
  const now = holding(pauses)
  if (now.length === 0) return findings
  const profilePaused = now.some(({ target }) => target.kind === 'profile')
  return findings.flatMap((finding): ConfigFinding[] => {
    if (finding.id === 'filter-off') return wholePause(now) === undefined ? [finding] : []
    if (finding.id !== 'client-without-profile') return [finding]
    const client = config.clients?.[Number(finding.pointer.split('/')[2])] ?? null
    if (client !== null && clientPause(client, now) !== undefined) return []
    const { fix, ...rest } = finding
    return [profilePaused || fix === undefined ? rest : finding]
  })
}
