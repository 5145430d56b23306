import type { ServerBlocking } from '@zonedeck/shared/content-filter'
import type { Finding } from '@zonedeck/shared/job'

/**
 * What is lost between the two kinds of blocking. With its own off the server asks the app alone, and neither stands in
 * the way of the other (see `serverBlockingSchema`).
 */
export function blockingWarnings(blocking: ServerBlocking): Finding[] {
  if (blocking.enabled === false) return []
  return [...idle(blocking), ...passing(blocking)]
}

/** The app answers "allowed" for every question it does not block or rewrite itself, even when it is switched off. */
function idle({ blockLists, blockedZones }: ServerBlocking): Finding[] {
  const held = [
    ...(blockLists !== null && blockLists.length > 0
      ? [blockLists.length === 1 ? 'block list' : `${blockLists.length} block lists`]
      : []),
    ...(blockedZones === true ? ['blocked zones'] : []),
  ]
  if (held.length === 0) return []
  return [
    {
      id: 'server-blocking-idle',
      severity: 'warning',
      title: `The server’s own ${held.join(' and ')} ${held.length === 1 && blockLists?.length === 1 ? 'blocks' : 'block'} nothing more`,
      reason:
        'While the Content Filter app is installed, even switched off, everything passes that it does not block itself. What it rewrites and the server’s own blocking holds too is blocked, not rewritten. Put these lists and names into the app, into its base profile for instance.',
    },
  ]
}

/** The app is never asked for what these let pass. */
function passing({ allowedZones, bypass }: ServerBlocking): Finding[] {
  const held = [
    ...(allowedZones === true ? ['the names in the server’s allowed zones'] : []),
    ...(bypass !== null && bypass.length > 0
      ? [`the questions of ${listed(bypass)}, which its blocking bypass list names`]
      : []),
  ]
  if (held.length === 0) return []
  return [
    {
      id: 'server-passes-first',
      severity: 'warning',
      title: 'The server lets some things pass before it asks this filter',
      reason: `While its own blocking is on, these are neither blocked nor rewritten: ${held.join(', and ')}.`,
    },
  ]
}

/** Networks that are told one by one. */
const most = 3

function listed(networks: readonly string[]): string {
  const rest = networks.length - most
  return rest > 0 ? `${networks.slice(0, most).join(', ')} and ${rest} more` : networks.join(', ')
}
