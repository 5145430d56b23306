/** Where the queries are shown that a server has logged. */
export function queryLogPath(connection: string): string {
  return `/statistics/${encodeURIComponent(connection)}/log`
}
