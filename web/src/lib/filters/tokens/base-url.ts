/** What a script has in place of the Web UI's address. Its calls begin with `/api/`, as they do there. */
export function baseUrlOf(origin: string, connection: string): string {
  return `${origin}/api/compat/content-filter/${encodeURIComponent(connection)}`
}
