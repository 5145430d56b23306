import { canonicalType, typeNumber } from '../records/type-numbers.ts'

/** OPT, and the types of questions and of the server's own (RFC 6895 §3.1): nothing that a zone holds. */
function isMeta(number: number | null): boolean {
  return number === null || number === 0 || number === 41 || (number >= 128 && number <= 255)
}

/** What became MX in 1986 (RFC 973); BIND refuses to load them. */
const OBSOLETE = new Set(['MD', 'MF'])

// A file names few types, many times.
const seen = new Map<string, string | undefined>()

/** `mx` → `MX`, `TYPE15` → `MX`, `TYPE65400` → `TYPE65400` (RFC 3597); undefined when a zone holds no such type. */
export function knownType(token: string): string | undefined {
  if (seen.has(token)) return seen.get(token)
  const type = findType(token)
  if (seen.size < 1000) seen.set(token, type)
  return type
}

function findType(token: string): string | undefined {
  try {
    const type = canonicalType(token)
    return isMeta(typeNumber(type)) || OBSOLETE.has(type) ? undefined : type
  } catch {
    return undefined
  }
}
