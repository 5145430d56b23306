const INTEGER = /^[\t-\r ]*([+-]?\d+)[\t-\r ]*\0*$/
const MAX = 2_147_483_647

/** `int.TryParse`: spaces around it, a sign and leading zeros are fine; null for anything else. */
export function parseInteger(text: string): number | null {
  const digits = INTEGER.exec(text)?.[1]
  if (digits === undefined) return null
  const value = Number(digits)
  return value > MAX || value < -MAX - 1 ? null : value
}
