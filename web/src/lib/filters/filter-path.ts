/** A page of a connection's filter, or the first of them. */
export function filterPath(connection: string, below = ''): string {
  return `/filters/${encodeURIComponent(connection)}${below}`
}

export function profilePath(connection: string, profile: string, below = ''): string {
  return filterPath(connection, `/profiles/${encodeURIComponent(profile)}${below}`)
}

/** Where an entry of the history is taken back. */
export function undoPath(connection: string, entry: string): string {
  return filterPath(connection, `/undo/${encodeURIComponent(entry)}`)
}
