import type { ConfigFinding } from '@zonedeck/shared/filter/findings/finding'

/** What was found after edits and not before them. Positions move, what is said does not. */
export function newFindings(before: readonly ConfigFinding[], after: readonly ConfigFinding[]): ConfigFinding[] {
  const keyOf = ({ id, text }: ConfigFinding) => `${id} ${text}`
  const known = new Set(before.map(keyOf))
  return after.filter((finding) => !known.has(keyOf(finding)))
}
