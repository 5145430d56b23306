/**
 * A host name as a person types it, made absolute: with a final dot it stands as it is; `@` and a single label belong to
 * the zone; a name that holds a dot is whole and only lacks the final one. The form shows what came out.
 *
 * @param origin absolute name of the zone
 */
export function completeHost(typed: string, origin: string): string {
  const text = typed.trim()
  if (text === '' || text.endsWith('.')) return text
  if (text === '@') return origin
  if (text.includes('.') || text.includes(':')) return isAddress(text) ? text : `${text}.`
  return origin === '.' ? `${text}.` : `${text}.${origin}`
}

// An address is left as it is, so that the message can say what is wrong with it.
function isAddress(text: string): boolean {
  return text.includes(':') || /^[\d.]+$/.test(text)
}
