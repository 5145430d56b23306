import type { ConfigChangeGroup } from '@zonedeck/shared/filter/describe'

const MOST = 2
const LONGEST = 200

/** What a save is called in the history: `Change profile “kids” and client “Tablet”, and 3 more`. */
export function changeNote(groups: readonly ConfigChangeGroup[]): string {
  const [first] = groups
  if (first === undefined) return 'Change the layout of the filter’s text'
  const verb = groups.every(({ change }) => change === 'added')
    ? 'Add'
    : groups.every(({ change }) => change === 'removed')
      ? 'Remove'
      : 'Change'
  const named = groups.slice(0, MOST).map(({ title }) => title.charAt(0).toLowerCase() + title.slice(1))
  const rest = groups.length - named.length
  const note = `${verb} ${named.join(' and ')}${rest > 0 ? `, and ${String(rest)} more` : ''}`
  return note.length > LONGEST ? `${note.slice(0, LONGEST - 1)}…` : note
}
