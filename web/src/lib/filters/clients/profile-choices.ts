import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import { isBlank } from '@zonedeck/shared/filter/dotnet/text'

/** A profile that a client, or everyone else, can be given. `key` stands for it in a form. */
export interface ProfileChoice {
  key: string
  profile: string | null
  label: string
}

/** What a client can be given. What it has now is among them, also where that is no good; `paused`: for a time. */
export function clientChoices(config: AppConfig, now: string | null, paused = false): ProfileChoice[] {
  return [...profiles(config), choice('', paused ? 'Paused' : 'Not filtered'), ...odd(config, now)]
}

/** What everyone whom no entry names can be given. */
export function defaultChoices(config: AppConfig, now: string | null, paused = false): ProfileChoice[] {
  const none = choice(null, isBlank(config.baseProfile) ? 'Not filtered' : `${config.baseProfile} alone`)
  const empty = now === '' ? [choice('', paused ? 'Paused' : 'Not filtered (empty)')] : []
  return [...profiles(config), none, ...empty, ...odd(config, now).filter(({ profile }) => profile !== null)]
}

export function keyOf(profile: string | null): string {
  return profile === null ? 'null' : `=${profile}`
}

function choice(profile: string | null, label: string): ProfileChoice {
  return { key: keyOf(profile), profile, label }
}

function profiles(config: AppConfig): ProfileChoice[] {
  return [...config.profiles.keys()].map((name) => choice(name, name))
}

function odd(config: AppConfig, now: string | null): ProfileChoice[] {
  if (now === null) return [choice(null, isBlank(config.baseProfile) ? 'None (null)' : `${config.baseProfile} alone`)]
  return now === '' || config.profiles.has(now) ? [] : [choice(now, `${now} (not there)`)]
}
