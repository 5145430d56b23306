import type { Explanation } from '@zonedeck/shared/filter/explain'
import type { Source } from '@zonedeck/shared/filter/source'
import { profilePath } from '../filter-path.ts'

/** Where the entry that decides stands among the pages; null when nothing of a profile decides. */
export function decidingPlace(
  connection: string,
  { sources, profile, steps }: Pick<Explanation, 'sources' | 'profile' | 'steps'>,
): { href: string; label: string } | null {
  const [source] = sources
  if (source !== undefined) {
    return { href: profilePath(connection, source.profile, partOf(source)), label: `Open in ${source.profile}` }
  }
  return steps.at(-1)?.id === 'schedule' && profile !== null
    ? { href: profilePath(connection, profile, '/hours'), label: `Hours of ${profile}` }
    : null
}

function partOf({ kind, list }: Source): string {
  if (list !== undefined) return '/lists'
  switch (kind) {
    case 'service':
      return '/services'
    case 'rewrite':
      return '/rewrites'
    case 'allow':
      return '/allowed'
    case 'regex':
      return '/patterns'
    case 'rule':
    case 'list':
      return '/rules'
  }
}
