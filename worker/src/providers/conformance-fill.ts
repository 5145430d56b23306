import type { FormField, FormValue, FormValues } from '@zonedeck/shared/form'
import { askedValues, formErrors, initialValues, isAsked } from '@zonedeck/shared/form-errors'
import { ProviderError } from './provider-error.ts'

/**
 * What a person who changes nothing would send; required fields that begin empty get the first choice, the least number
 * or the placeholder, which is an example that the server would take. Null when that is not enough.
 */
export function filled(fields: readonly FormField[]): FormValues | null {
  const guesses = Object.fromEntries(
    fields.flatMap((field) => {
      const guess = field.required && field.value === undefined ? others(field)[0] : undefined
      return guess === undefined ? [] : [[field.id, guess] as const]
    }),
  )
  const values = askedValues(fields, { ...guesses, ...initialValues(fields) })
  return formErrors(fields, values, '').length === 0 ? values : null
}

/** The same, and then with another value in one field after the other. */
export function variants(fields: readonly FormField[]): FormValues[] {
  const plain = filled(fields)
  if (plain === null) return []
  const changed = fields
    .filter((field) => field.fixed === undefined && isAsked(fields, field, plain))
    .flatMap((field) => others(field).map((value) => ({ ...plain, [field.id]: value })))
  return [plain, ...changed.map((values) => complete(fields, values))]
}

/** What another value makes the form ask for comes along as it begins. */
function complete(fields: readonly FormField[], values: FormValues): FormValues {
  return askedValues(fields, { ...initialValues(fields), ...values })
}

/** The first of some values that the server takes; null when it refuses them all, one by one. */
export async function firstTaken(
  candidates: readonly FormValues[],
  send: (values: FormValues) => Promise<void>,
): Promise<FormValues | null> {
  for (const values of candidates) {
    try {
      await send(values)
      return values
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind !== 'refused') throw error
    }
  }
  return null
}

/** Other values the field would take, likely ones first; none where nothing tells what would be right. */
export function others({ kind, value, choices = [], min, max, placeholder }: FormField): FormValue[] {
  const example = placeholder === undefined || placeholder === value ? [] : [placeholder]
  switch (kind) {
    case 'switch':
      return [value !== true]
    case 'choice':
      return choices.map((choice) => choice.value).filter((each) => each !== value)
    case 'choices': {
      const chosen = Array.isArray(value) ? value : []
      return choices.map((choice) =>
        chosen.includes(choice.value)
          ? chosen.filter((each) => each !== choice.value)
          : choices.map((each) => each.value).filter((each) => chosen.includes(each) || each === choice.value),
      )
    }
    case 'number': {
      const now = typeof value === 'number' ? value : (min ?? 0) - 1
      return [now + 1, now - 1].filter((each) => each >= (min ?? 0) && each <= (max ?? Number.MAX_SAFE_INTEGER))
    }
    case 'lines':
      return example.filter((each) => !Array.isArray(value) || value.join() !== each).map((each) => [each])
    case 'text':
      return example
    case 'secret':
      return []
  }
}
