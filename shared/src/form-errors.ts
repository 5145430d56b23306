import type { FormField, FormValue, FormValues } from './form.ts'

// Apart from the schemas, so that a page which only checks does not load the schema library.

/** Is the field asked for, with these values of the others? */
export function isAsked(field: FormField, values: Readonly<FormValues>): boolean {
  const { when } = field
  return when === undefined || when.is.includes(String(values[when.field] ?? ''))
}

/** What the fields begin with. */
export function initialValues(fields: readonly FormField[]): FormValues {
  return Object.fromEntries(fields.flatMap(({ id, value }) => (value === undefined ? [] : [[id, value]])))
}

/** What is asked for of all that was typed: hidden, fixed and empty optional fields are left out. */
export function askedValues(fields: readonly FormField[], values: Readonly<FormValues>): FormValues {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = values[field.id]
      if (value === undefined || field.fixed !== undefined || !isAsked(field, values)) return []
      const tidy = field.kind === 'lines' && Array.isArray(value) ? lines(value) : value
      const empty = tidy === '' || (Array.isArray(tidy) && tidy.length === 0)
      return empty && field.value === undefined ? [] : [[field.id, tidy]]
    }),
  )
}

/** What differs from what the server holds: the only values that are sent. */
export function changedValues(fields: readonly FormField[], values: Readonly<FormValues>): FormValues {
  const held = initialValues(fields)
  const asked = askedValues(fields, values)
  return Object.fromEntries(Object.entries(asked).filter(([id, value]) => !sameValue(value, held[id])))
}

function sameValue(a: FormValue | undefined, b: FormValue | undefined): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}

const lines = (value: readonly string[]) => value.map((line) => line.trim()).filter((line) => line !== '')

/** What is wrong with one value, as a sentence that says what would be right, or null. */
export function fieldError(field: FormField, value: FormValue | undefined): string | null {
  const { label, kind, choices = [], required = false } = field
  const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  if (empty) return required ? `Fill in “${label}”.` : null
  switch (kind) {
    case 'switch':
      return typeof value === 'boolean' ? null : `“${label}” is on or off.`
    case 'number':
      return numberError(field, value)
    case 'choice':
      return choices.some((choice) => choice.value === value)
        ? null
        : `“${label}” is one of ${choices.map((choice) => choice.label).join(', ')}.`
    case 'choices':
      return Array.isArray(value) && value.every((each) => choices.some((choice) => choice.value === each))
        ? null
        : `“${label}” takes only ${choices.map((choice) => choice.label).join(', ')}.`
    case 'lines':
      if (!Array.isArray(value)) return `“${label}” is a list.`
      return value.map((each) => textError(field, each)).find((error) => error !== null) ?? null
    case 'secret':
      return value === true ? null : `“${label}” is sent apart from the other values.`
    case 'text':
      return typeof value === 'string' ? textError(field, value) : `“${label}” is text.`
  }
}

function numberError({ label, min, max }: FormField, value: FormValue): string | null {
  if (typeof value !== 'number') return `“${label}” is a whole number.`
  if (min !== undefined && value < min) return `“${label}” is at least ${min}.`
  return max !== undefined && value > max ? `“${label}” is at most ${max}.` : null
}

function textError({ label, maxLength = 1000 }: FormField, value: string): string | null {
  if (value.length > maxLength) return `“${label}” has at most ${maxLength} characters.`
  return /\p{Cc}/u.test(value) ? `“${label}” has no line breaks or control characters.` : null
}

/** Everything that is wrong with a form, each with the JSON Pointer of its value below `at`. */
export function formErrors(
  fields: readonly FormField[],
  values: Readonly<FormValues>,
  at: string,
): { pointer: string; detail: string }[] {
  const unknown = Object.keys(values)
    .filter((id) => !fields.some((field) => field.id === id))
    .map((id) => ({ pointer: `${at}/${id}`, detail: 'There is no such field.' }))
  const wrong = fields.flatMap((field) => {
    const value = Object.hasOwn(values, field.id) ? values[field.id] : undefined
    if (!isAsked(field, values)) return []
    if (field.fixed !== undefined && value !== undefined) return [{ pointer: `${at}/${field.id}`, detail: field.fixed }]
    const error = field.fixed === undefined ? fieldError(field, value) : null
    return error === null ? [] : [{ pointer: `${at}/${field.id}`, detail: error }]
  })
  return [...unknown, ...wrong]
}

/** Settings may name a few fields only: those that are absent stay as they are. */
export function patchErrors(
  fields: readonly FormField[],
  values: Readonly<FormValues>,
  at: string,
): { pointer: string; detail: string }[] {
  const whole = { ...initialValues(fields), ...values }
  const named = (pointer: string) => Object.hasOwn(values, pointer.slice(at.length + 1))
  return formErrors(
    fields.map((field) => (Object.hasOwn(values, field.id) ? field : { ...field, required: false })),
    Object.fromEntries(
      Object.entries(whole).filter(
        ([id]) => Object.hasOwn(values, id) || fields.find((field) => field.id === id)?.fixed === undefined,
      ),
    ),
    at,
  ).filter(({ pointer }) => named(pointer))
}
