import type { ServerBlocking } from '@zonedeck/shared/content-filter'
import type { Finding } from '@zonedeck/shared/job'

/**
 * What is lost between the two kinds of blocking. The app answers "allowed" for every question it does not block or
 * rewrite itself, even when it is switched off, and by the server's rules that passes by all other blocking.
 */
export function blockingWarnings({ enabled, blockLists, blockedZones }: ServerBlocking): Finding[] {
  const idle = [
    ...(blockLists !== null && blockLists.length > 0
      ? [`${blockLists.length} block ${blockLists.length === 1 ? 'list' : 'lists'}`]
      : []),
    ...(blockedZones === true ? ['blocked zones'] : []),
  ]
  if (enabled === false || idle.length === 0) return []
  return [
    {
      id: 'server-blocking-idle',
      severity: 'warning',
      title: `The server’s own ${idle.join(' and ')} ${idle.length === 1 && blockLists?.length === 1 ? 'does' : 'do'} nothing`,
      reason:
        'While the Content Filter app is installed, even switched off, it lets everything through that it does not block itself, and the server’s own blocking is not asked any more. Put these lists and names into the app, into its base profile for instance.',
    },
  ]
}
