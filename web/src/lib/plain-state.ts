/**
 * Stands in for `devalue` in the browser's bundle, where SvelteKit needs it for two things: the state of a history entry,
 * which is plain JSON here, and data from a server's `load`, which a static app has none of. Saves 4 kB of every page.
 */
export const stringify = (value: unknown): string => JSON.stringify(value)

export const parse = (text: string): unknown => JSON.parse(text)

/** Only called for data of a server's `load`. */
export function unflatten(): never {
  throw new Error('This app has no server that loads data.')
}

/** Only called while rendering on a server. */
export const uneval = stringify
