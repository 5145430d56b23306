import type { Pause } from '@zonedeck/shared/content-filter'
import type { AppClient, AppConfig } from '@zonedeck/shared/filter/app-config'
import { fold, isBlank } from '@zonedeck/shared/filter/dotnet/text'
import { clientPause, defaultPause } from '../pauses/paused-findings.ts'

/**
 * Whether a profile, as a client entry or the default names it, filters at all.
 *
 * - `filtered`: by this profile, and by the base profile with it.
 * - `base`: by the base profile alone.
 * - `paused`: by nothing until then (RFC 3339), and then by this profile again; null: by the base profile alone.
 * - `unfiltered`: by nothing; `why` says it, without a capital and a full stop.
 */
export type Coverage =
  | { state: 'filtered'; profile: string }
  | { state: 'base'; profile: string }
  | { state: 'paused'; until: string; profile: string | null }
  | { state: 'unfiltered'; why: string }

/** @param profile null: an entry without one, or no default profile */
export function coverage({ profiles, baseProfile }: AppConfig, profile: string | null): Coverage {
  if (profile === null) {
    if (isBlank(baseProfile) || baseProfile === null)
      return unfiltered('no profile is named, and there is no base profile')
    if (profiles.has(baseProfile)) return { state: 'base', profile: baseProfile }
    return unfiltered(`no profile is named, and the base profile “${baseProfile}” is not there`)
  }
  if (profiles.has(profile)) return { state: 'filtered', profile }
  if (profile === '') return unfiltered('its profile is empty; not even the base profile counts')
  const meant = [...profiles.keys()].find((known) => fold(known) === fold(profile))
  return unfiltered(
    meant === undefined
      ? `there is no profile “${profile}”`
      : `there is no profile “${profile}”: it is spelled “${meant}”`,
  )
}

/** By what an entry is filtered, or until when it is not. */
export function clientCoverage(config: AppConfig, client: AppClient, pauses: readonly Pause[]): Coverage {
  const held = clientPause(client, pauses)
  if (held === undefined) return coverage(config, client.profile)
  return { state: 'paused', until: held.pause.until, profile: held.profile }
}

/** The same for everyone whom no entry names. */
export function defaultCoverage(config: AppConfig, pauses: readonly Pause[]): Coverage {
  const pause = defaultPause(config, pauses)
  if (pause === undefined) return coverage(config, config.defaultProfile)
  return { state: 'paused', until: pause.until, profile: pause.target.kind === 'profile' ? pause.target.profile : null }
}

function unfiltered(why: string): Coverage {
  return { state: 'unfiltered', why }
}
