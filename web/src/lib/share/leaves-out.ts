import type { SharedList, SharedView } from '@zonedeck/shared/share'

/** What the page does not show, as sentences, so that nobody takes it for all there is. */
export function leavesOut({ policy, tiles, servers }: Pick<SharedView, 'policy' | 'tiles' | 'servers'>): string[] {
  const lists = (tile: 'domains' | 'blocked-domains') => servers.map((server) => server[tile] ?? null)
  const domains = tiles.some((tile) => tile === 'domains' || tile === 'blocked-domains')
  const all = [...lists('domains'), ...lists('blocked-domains')]
  return [
    'Addresses and names of devices.',
    ...(tiles.includes('clients') && policy.clients === 'pseudonyms'
      ? ['A device has a made-up name that stands for it on this page alone.']
      : []),
    ...(domains ? domainSentences(policy, all) : []),
    'It can only be read: nothing can be changed from here.',
  ]
}

function domainSentences(policy: SharedView['policy'], lists: readonly SharedList[]): string[] {
  if (policy.domains === 'hidden') return ['The names that were asked for.']
  if (policy.domains === 'full') return ['Names that would tell something of a device.']
  if (lists.some((list) => list?.hidden?.why === 'cannot-tell'))
    return ['Names that were asked for: the server cannot tell by how many devices.']
  return [`Names that fewer than ${String(policy.atLeast)} devices asked for.`]
}

/** Below a list: how many entries are not in it. null: it is whole. */
export function hiddenWords(list: NonNullable<SharedList>): string | null {
  if (list.hidden === null || list.hidden.count === 0) return null
  const { count, why } = list.hidden
  const many = `${String(count)} ${list.entries.length === 0 ? '' : 'more '}`
  switch (why) {
    case 'policy':
      return `${many}hidden.`
    case 'too-few-askers':
      return `${many}hidden: too few devices asked for them.`
    case 'cannot-tell':
      return `${many}hidden: the server cannot tell how many devices asked for them.`
    case 'names-a-client':
      return `${many}hidden: ${count === 1 ? 'it' : 'they'} would tell something of a device.`
  }
}
