import type { CredentialField } from './connection.ts'

// Apart from the schemas, so that a form which only checks does not load the schema library.

/** Why a value cannot be one of this field, as a sentence that does not repeat it, or null. Empty ones are not judged. */
export function patternError({ pattern }: Pick<CredentialField, 'pattern'>, value: string): string | null {
  if (pattern === undefined || value === '') return null
  return new RegExp(`^(?:${pattern.source})$`, 'u').test(value) ? null : pattern.help
}
