import type { Pause } from '@zonedeck/shared/content-filter'
import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import type { ConfigFinding } from '@zonedeck/shared/filter/findings/finding'
import { pointer } from '@zonedeck/shared/filter/pointer'

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

/** The pause that leaves an entry of the configuration without a filter, and the profile it has otherwise. */
export function clientPause(
  client: { name: string | null; ids: readonly (string | null)[] | null; profile: string | null },
  pauses: readonly Pause[],
): { pause: Pause; profile: string | null } | undefined {
  // With a profile of its own it was given one meanwhile.
  if (client.profile !== '') return undefined
  for (const pause of holding(pauses)) {
    const held = pause.clients.find(
      ({ name, ids }) => name === (client.name ?? '') && ids.join(' ') === (client.ids ?? []).join(' '),
    )
    if (held !== undefined) return { pause, profile: held.profile }
  }
  return undefined
}

/** The profile of an entry, also while a pause takes it away. */
export function ownProfile(client: Parameters<typeof clientPause>[0], pauses: readonly Pause[]): string | null {
  const held = clientPause(client, pauses)
  return held === undefined ? client.profile : held.profile
}

/** Does everyone without an entry have this profile, also while a pause takes it away? */
export function isDefault(profile: string, config: AppConfig, pauses: readonly Pause[]): boolean {
  const { target } = defaultPause(config, pauses) ?? {}
  return config.defaultProfile === profile || (target?.kind === 'profile' && target.profile === profile)
}

/** The pause that leaves everyone without an entry without a filter. */
export function defaultPause({ defaultProfile }: AppConfig, pauses: readonly Pause[]): Pause | undefined {
  return defaultProfile === '' ? holding(pauses).find(({ everyoneElse }) => everyoneElse) : undefined
}

/**
 * Findings without those that only a pause makes: a paused filter is switched off, a paused client has the empty profile,
 * and a paused profile has nobody. Their fixes would go on after the pause.
 */
export function withoutPaused(
  findings: readonly ConfigFinding[],
  config: AppConfig,
  pauses: readonly Pause[],
): readonly ConfigFinding[] {
  const now = holding(pauses)
  if (now.length === 0) return findings
  const paused = new Set(
    now.flatMap(({ target }) => (target.kind === 'profile' ? pointer(['profiles', target.profile]) : [])),
  )
  return findings.filter(({ id, pointer: at }) => {
    if (id === 'filter-off') return wholePause(now) === undefined
    if (id === 'unused-profile') return !paused.has(at)
    if (at === '/defaultProfile') return defaultPause(config, now) === undefined
    if (id !== 'client-without-profile') return true
    const client = config.clients?.[Number(at.split('/')[2])] ?? null
    return client === null || clientPause(client, now) === undefined
  })
}
