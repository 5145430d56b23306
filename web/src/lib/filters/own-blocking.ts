import type { ServerBlocking } from '@zonedeck/shared/content-filter'

/** What Technitium's own switch is about; this filter is not. */
export const ownBlocking = 'Technitium’s own block lists and blocked zones'

/** Both in a sentence or two, wherever the switch is shown. */
export function ownBlockingWords({ enabled }: Pick<ServerBlocking, 'enabled'>): string {
  if (enabled === false)
    return `${ownBlocking} are switched off. This filter is asked all the same: it has a switch of its own.`
  if (enabled === null) return `${ownBlocking}. The account of this connection may not see their switch.`
  return `${ownBlocking}. While the Content Filter app is installed, even switched off, they block nothing that it lets pass.`
}
