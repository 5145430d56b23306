/** `Monday, Tuesday and Friday` */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
}

/** The first of many names, and `12 more` for the others; one more than `most` is told like the others. */
export function firstOf(names: readonly string[], most: number, others = 'more'): readonly string[] {
  const rest = names.length - most
  return rest > 1 ? [...names.slice(0, most), `${String(rest)} ${others}`] : names
}
