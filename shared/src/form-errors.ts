import type { FormField, FormValue, FormValues } from './form.ts'

// Apart from the schemas, so that a page which only checks does not load the schema library.

/** One thing that is wrong: the JSON Pointer (RFC 6901) of the value, and a sentence that says what would be right. */
interface FormError {
  pointer: string
  detail: string
}

/**
 * Is the field of these asked for, with these values of the others? A field that is not asked itself counts as empty, a
 * switch that nobody touched as off, and a fixed field as what it is.
 */
export function isAsked(fields: readonly FormField[], field: FormField, values: Readonly<FormValues>): boolean {
  const { when } = field
  if (when === undefined) return true
  const other = fields.find(({ id }) => id === when.field)
  if (other === undefined || other === field) return false
  const rest = fields.filter((each) => each !== field)
  const given = other.fixed === undefined ? values[when.field] : other.value
  const value = isAsked(rest, other, values) ? given : undefined
  return when.is.includes(String(value ?? (other.kind === 'switch' ? false : '')))
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
      if (value === undefined || field.fixed !== undefined || !isAsked(fields, field, values)) return []
      const tidy = field.kind === 'lines' && Array.isArray(value) ? lines(value) : value
      return isEmpty(tidy) && field.value === undefined ? [] : [[field.id, tidy]]
    }),
  )
}

/** What differs from what the server holds: the only values that are sent. */
export function changedValues(fields: readonly FormField[], values: Readonly<FormValues>): FormValues {
  const held = initialValues(fields)
  const asked = askedValues(fields, values)
  const unordered = new Set(fields.flatMap(({ id, kind }) => (kind === 'choices' ? [id] : [])))
  return Object.fromEntries(
    Object.entries(asked).filter(([id, value]) => !sameValue(value, held[id], unordered.has(id))),
  )
}

function sameValue(a: FormValue | undefined, b: FormValue | undefined, unordered: boolean): boolean {
  const text = (value: FormValue | undefined) =>
    JSON.stringify(unordered && Array.isArray(value) ? value.toSorted() : (value ?? null))
  return text(a) === text(b)
}

const lines = (value: readonly string[]) => value.map((line) => line.trim()).filter((line) => line !== '')

function isEmpty(value: FormValue | undefined): boolean {
  return (
    value === undefined ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0)
  )
}

/** What is wrong with one value, as a sentence that says what would be right, or null. */
export function fieldError(field: FormField, value: FormValue | undefined): string | null {
  if (value === undefined) return field.required ? `Fill in “${field.label}”.` : null
  const error = kindError(field, value)
  return error === null && field.required && isEmpty(value) ? `Fill in “${field.label}”.` : error
}

/** Of any value, an empty one included: `''` is no number, and no answer where there is a choice. */
function kindError(field: FormField, value: FormValue): string | null {
  const { label, choices = [], required } = field
  const named = () => choices.map((choice) => choice.label).join(', ')
  switch (field.kind) {
    case 'switch':
      return typeof value === 'boolean' ? null : `“${label}” is on or off.`
    case 'number':
      return value === '' && !required ? null : numberError(field, value)
    case 'choice':
      if (value === '') return null
      return choices.some((choice) => choice.value === value) ? null : `“${label}” is one of ${named()}.`
    case 'choices':
      if (!Array.isArray(value)) return `“${label}” is a list.`
      if (new Set(value).size < value.length) return `“${label}” takes each only once.`
      return value.every((each) => choices.some((choice) => choice.value === each))
        ? null
        : `“${label}” takes only ${named()}.`
    case 'lines':
      if (!Array.isArray(value)) return `“${label}” is a list.`
      if (value.some((line) => line.trim() === '')) return `“${label}” has an empty line.`
      return value.map((each) => textError(field, each)).find((error) => error !== null) ?? null
    case 'secret':
      return value === true ? null : `“${label}” is sent apart from the other values.`
    case 'text':
      return typeof value === 'string' ? textError(field, value) : `“${label}” is text.`
  }
}

function numberError({ label, min, max }: FormField, value: FormValue): string | null {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return `“${label}” is a whole number.`
  if (min !== undefined && value < min) return `“${label}” is at least ${min}.`
  return max !== undefined && value > max ? `“${label}” is at most ${max}.` : null
}

function textError({ label, maxLength = 1000 }: FormField, value: string): string | null {
  if (value.length > maxLength) return `“${label}” has at most ${maxLength} characters.`
  return /\p{Cc}/u.test(value) ? `“${label}” has no line breaks or control characters.` : null
}

/** Everything that is wrong with a whole form. Pointers begin with `at`. */
export function formErrors(fields: readonly FormField[], values: Readonly<FormValues>, at: string): FormError[] {
  return [
    ...unknownFields(fields, values, at),
    ...fields.flatMap((field) => errorsOf(fields, field, values, at, own(values, field.id))),
  ]
}

/**
 * Everything that is wrong with some settings: those that are absent stay as they are. Where a change makes the form ask
 * for more, that has to be there too.
 */
export function patchErrors(fields: readonly FormField[], values: Readonly<FormValues>, at: string): FormError[] {
  const held = initialValues(fields)
  const whole = { ...held, ...values }
  const wrong = fields.flatMap((field) => {
    const value = own(values, field.id)
    if (value !== undefined) return errorsOf(fields, field, whole, at, value)
    const newlyAsked = isAsked(fields, field, whole) && !isAsked(fields, field, held)
    return newlyAsked && field.fixed === undefined ? errorsOf(fields, field, whole, at, own(held, field.id)) : []
  })
  return [...unknownFields(fields, values, at), ...wrong]
}

function own(values: Readonly<FormValues>, id: string): FormValue | undefined {
  return Object.hasOwn(values, id) ? values[id] : undefined
}

function unknownFields(fields: readonly FormField[], values: Readonly<FormValues>, at: string): FormError[] {
  return Object.keys(values)
    .filter((id) => !fields.some((field) => field.id === id))
    .map((id) => ({ pointer: `${at}/${escaped(id)}`, detail: 'There is no such field.' }))
}

const escaped = (token: string) => token.replaceAll('~', '~0').replaceAll('/', '~1')

function errorsOf(
  fields: readonly FormField[],
  field: FormField,
  values: Readonly<FormValues>,
  at: string,
  value: FormValue | undefined,
): FormError[] {
  const error = (detail: string | null) => (detail === null ? [] : [{ pointer: `${at}/${field.id}`, detail }])
  if (field.fixed !== undefined) return error(value === undefined ? null : field.fixed)
  if (!isAsked(fields, field, values)) {
    return error(value === undefined ? null : `“${field.label}” is not asked for with the other values.`)
  }
  return error(fieldError(field, value))
}
