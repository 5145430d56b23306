/**
 * The identity of a set inside its zone, as `setKey` of `record-set.ts`; repeated here so that a page which shows a
 * difference does not load the schema library with it.
 */
export function keyOf(set: { name: string; type: string }): string {
  return `${set.name} ${set.type}`
}

/**
 * A text whose plain order keeps a name together with the names below it, the apex first (RFC 4034 §6.1 in spirit; exact
 * for names without escapes). Made once a name, so that sorting 100,000 sets compares strings and nothing else.
 */
export function orderKey(name: string): string {
  if (name === '@') return ''
  if (!name.includes('.')) return name
  return name.split('.').reverse().join('\u0000')
}

/** Plain code-unit order: the same on every machine, unlike the locale's. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
