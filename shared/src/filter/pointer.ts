/** A place in a configuration: keys and positions, from the outside in. */
export type Path = readonly (string | number)[]

/** The place as a JSON pointer (RFC 6901). */
export function pointer(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
