import type { Pause } from '@zonedeck/shared/content-filter'
import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import { fold, isBlank } from '@zonedeck/shared/filter/dotnet/text'
import type { ConfigEdit } from '@zonedeck/shared/filter/edit'
import { objectOf, type JsonObject } from '@zonedeck/shared/filter/json'
import { ownProfile } from '../pauses/paused-findings.ts'

const LONGEST = 200

/** Why a profile cannot be called that, as a sentence; null when it can. `own`: its name now, when it has one. */
export function nameTrouble(config: AppConfig, name: string, own: string | null): string | null {
  if (isBlank(name)) return 'A profile needs a name: clients without one are not filtered.'
  if (name !== name.trim()) return 'A name has no spaces at its ends; clients would have to spell them, too.'
  if (name.length > LONGEST) return `A name may have ${LONGEST} characters.`
  if (name === '.' || name === '..') return 'A name of dots alone cannot be part of an address.'
  if (name === own) return null
  const other = [...config.profiles.keys()].find((each) => each !== own && fold(each) === fold(name))
  if (other === undefined) return null
  return other === name
    ? `There is a profile “${other}” already.`
    : `“${other}” differs by case alone, and the app takes both for one profile.`
}

/** The edits that give a profile another name, and with it its clients and its part as default or base. */
export function renameEdits(config: AppConfig, json: JsonObject, old: string, name: string): ConfigEdit[] {
  return [...copyEdits(json, old, name), ...handOver(config, old, name), { op: 'remove', path: ['profiles', old] }]
}

/** The edit that makes another profile with all that this one has. Nobody has it yet. */
export function copyEdits(json: JsonObject, old: string, name: string): ConfigEdit[] {
  return [{ op: 'set', path: ['profiles', name], value: objectOf(json['profiles'])[old] ?? {} }]
}

/** `kids 2`, or the next number that is free. */
export function nameOfCopy(config: AppConfig, name: string): string {
  const stem = name.replace(/ \d+$/, '')
  for (let number = 2; ; number++) {
    const copy = `${stem} ${number}`
    if (nameTrouble(config, copy, null) === null) return copy
  }
}

/**
 * The edits that delete a profile. Its clients get another one, or none: an empty name, with which the app does not filter
 * them at all. Where it was the default or the base profile, the other one takes its place, or none does.
 */
export function deleteEdits(config: AppConfig, name: string, heir: string | null): ConfigEdit[] {
  return [...handOver(config, name, heir), { op: 'remove', path: ['profiles', name] }]
}

function handOver(config: AppConfig, old: string, name: string | null): ConfigEdit[] {
  const clients = (config.clients ?? []).flatMap((client, index): ConfigEdit[] =>
    client?.profile === old ? [{ op: 'set', path: ['clients', index, 'profile'], value: name ?? '' }] : [],
  )
  const isDefault = config.defaultProfile === old
  // The app looks for the base profile in any case.
  const isBase = config.baseProfile !== null && fold(config.baseProfile) === fold(old)
  return [
    ...clients,
    ...(isDefault ? [{ op: 'set' as const, path: ['defaultProfile'], value: name }] : []),
    ...(isBase ? [{ op: 'set' as const, path: ['baseProfile'], value: name }] : []),
  ]
}

/** The names of the clients that have a profile. */
export function clientsOf(
  config: AppConfig,
  name: string,
  pauses: readonly Pause[] = [],
): { title: string; ids: readonly string[] }[] {
  return (config.clients ?? []).flatMap((client, index) =>
    client !== null && ownProfile(client, pauses) === name
      ? {
          title: client.name || client.ids?.find((id) => id !== null) || `client ${index + 1}`,
          ids: client.ids?.filter((id) => id !== null) ?? [],
        }
      : [],
  )
}
