import type { PauseTarget } from '../../content-filter.ts'

const clientName = ({ name, ids }: { name: string; ids: readonly string[] }) => name || ids[0] || 'a client'

/** What is paused, as a title: "Everything", "youtube.com for Tablet". */
export function pauseTitle(target: PauseTarget): string {
  switch (target.kind) {
    case 'everything':
      return 'All filtering'
    case 'server':
      return 'The server’s own blocking'
    case 'profile':
      return `Profile ${target.profile}`
    case 'client':
      return clientName(target.client)
    case 'domain':
      return `${target.domain} for ${target.for.kind === 'profile' ? target.for.profile : clientName(target.for.client)}`
  }
}

/** What is done, as the note of a write: "Pause Tablet", "Let through youtube.com for Tablet". */
export function pauseNote(target: PauseTarget): string {
  if (target.kind === 'domain') return `Let through ${pauseTitle(target)}`
  return `Pause ${target.kind === 'client' ? pauseTitle(target) : lower(pauseTitle(target))}`
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
