/** Enough for the border: SimpleWebAuthn checks the rest of what an authenticator sends, and says what is wrong. */
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
