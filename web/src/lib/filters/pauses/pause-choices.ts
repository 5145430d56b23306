import type { PauseTarget, ServerBlocking } from '@zonedeck/shared/content-filter'
import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import { readConfig } from '@zonedeck/shared/filter/read-config'
import { ownBlocking } from '../own-blocking.ts'

export type Kind = 'everything' | 'profile' | 'client' | 'server'

interface Choice {
  value: Kind
  label: string
  help: string
}

/** What of a filter can be paused now. The app's switch and the server's are two. */
export function kinds(config: AppConfig | null, blocking: ServerBlocking | null): Choice[] {
  const clients = config === null ? [] : clientTargets(config)
  return [
    { value: 'everything', label: 'All of this filter', help: 'The Content Filter app: nobody is filtered.' },
    ...(config !== null && config.profiles.size > 0
      ? [{ value: 'profile' as const, label: 'One profile', help: 'Everybody who has it, by name or by default.' }]
      : []),
    ...(clients.length > 0
      ? [{ value: 'client' as const, label: 'One client', help: 'Others with the same profile stay filtered.' }]
      : []),
    ...(blocking !== null && blocking.enabled !== null
      ? [
          {
            value: 'server' as const,
            label: 'The server’s own blocking',
            help: `${ownBlocking}, not this filter. The server itself ends it.`,
          },
        ]
      : []),
  ]
}

/** Entries that are filtered, as the targets of a pause. */
export function clientTargets({ clients, profiles, baseProfile }: AppConfig) {
  return (clients ?? []).flatMap((client) => {
    const profile = client?.profile ?? baseProfile
    if (client === null || profile === null || !profiles.has(profile)) return []
    const ids = (client.ids ?? []).filter((id) => id !== null)
    const name = client.name ?? ''
    const target: PauseTarget = { kind: 'client', client: { name, ids } }
    return { label: name || (ids[0] ?? 'A client'), detail: profile, target }
  })
}

/** Profiles that the server holds: one that is only in the draft cannot be paused. */
export function heldProfiles(text: string): string[] {
  return [...(readConfig(text).config?.profiles.keys() ?? [])]
}
