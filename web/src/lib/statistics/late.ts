/** Was a server that is asked every minute not heard of for longer? Both in milliseconds since 1970. */
export function isLate(readAt: number, now: number): boolean {
  return now - readAt > 3 * 60_000
}
