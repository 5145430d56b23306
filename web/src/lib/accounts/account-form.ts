import type { FormField, FormValues } from '@zonedeck/shared/form'

/** Secrets that were typed. */
export function typedSecrets(
  fields: readonly FormField[],
  secrets: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ id, kind }) => {
      const secret = kind === 'secret' ? secrets[id] : undefined
      return secret ? [[id, secret]] : []
    }),
  )
}

/** What stands among the values for secrets that are sent beside them. */
export function secretMarks(secrets: Readonly<Record<string, string>>): FormValues {
  return Object.fromEntries(Object.keys(secrets).map((id) => [id, true]))
}
