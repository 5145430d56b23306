import type { ConnectionInput, ProviderInfo } from '@zonedeck/shared/connection'
import { patternError } from '@zonedeck/shared/credential-pattern'
import { invalid, ProblemError } from '../../http/problem-error.ts'
import { pointerTo } from '../../http/validation.ts'
import { checkUpstreamUrl, UrlRefused, type UrlPolicy } from '../../providers/url-policy.ts'

type Errors = { pointer: string; detail: string }[]
type Header = NonNullable<ConnectionInput['headers']>[number]

/** What would change how the request is framed, routed or understood, or who the panel claims to be. */
const ours = [
  ...['host', 'cookie', 'content-length', 'content-type', 'content-encoding', 'accept', 'accept-encoding', 'expect'],
  ...['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'user-agent', 'origin'],
  ...['proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'x-http-method-override', 'x-forwarded-for'],
  ...['cf-connecting-ip', 'cf-worker', 'cf-ray', 'cf-ew-via', 'cf-visitor', 'cdn-loop', '__proto__'],
]

/** Checks the values of a provider's fields; `kept` are those that are set already and stay. */
export function credentialErrors(
  about: Pick<ProviderInfo, 'label' | 'fields'>,
  values: Readonly<Record<string, string>>,
  kept: ReadonlySet<string> = new Set(),
): Errors {
  const unknown = Object.keys(values).filter((id) => !about.fields.some((field) => field.id === id))
  return [
    ...unknown.map((id) => ({
      pointer: pointerTo(['credentials', id]),
      detail: `${about.label} has no such field.`,
    })),
    ...about.fields.flatMap((field) => {
      const value = Object.hasOwn(values, field.id) ? values[field.id] : undefined
      const stoodIn = field.unless !== undefined && (values[field.unless] ?? '') !== ''
      const error = fieldError(stoodIn ? { ...field, required: false } : field, value, kept.has(field.id))
      return error === null ? [] : [{ pointer: pointerTo(['credentials', field.id]), detail: error }]
    }),
  ]
}

function fieldError(field: ProviderInfo['fields'][number], value: string | undefined, kept: boolean): string | null {
  if (value === undefined) return field.required && !kept ? `Fill in “${field.label}”.` : null
  if (value === '') return field.required ? `Fill in “${field.label}”.` : null
  if (value.length > field.maxLength) return `“${field.label}” has at most ${field.maxLength} characters.`
  if (hasControl(value)) return `“${field.label}” has no line breaks or control characters.`
  if (field.options && !field.options.some((option) => option.value === value)) {
    return `“${field.label}” is one of ${field.options.map((option) => option.label).join(', ')}.`
  }
  return patternError(field, value)
}

/** `kept` are names in lower case whose value is set already: an empty value leaves it. */
export function headerErrors(headers: readonly Header[], kept: ReadonlySet<string> = new Set()): Errors {
  const names = headers.map(({ name }) => name.toLowerCase())
  return headers.flatMap(({ value }, i) => {
    const name = names[i] ?? ''
    const error = ours.includes(name)
      ? 'This header is set by the panel itself.'
      : names.indexOf(name) !== i
        ? 'This header is there twice.'
        : hasControl(value) || !isLatin1(value)
          ? 'A header value has letters, digits and signs of Latin-1, on one line.'
          : value.trim() === '' && !kept.has(name)
            ? 'Give the header a value.'
            : null
    return error === null ? [] : [{ pointer: `/headers/${i}`, detail: error }]
  })
}

function hasControl(text: string): boolean {
  return /[\p{Cc}]/u.test(text)
}

function isLatin1(text: string): boolean {
  return [...text].every((letter) => (letter.codePointAt(0) ?? 0) <= 0xff)
}

/** The address as it is stored: checked, and spelled in one way. Throws 422. */
export function acceptUrl(text: string, policy: UrlPolicy): string {
  try {
    return checkUpstreamUrl(text, policy).href.replace(/\/+$/, '')
  } catch (error) {
    if (!(error instanceof UrlRefused)) throw error
    throw new ProblemError(422, 'connection/url-refused', 'This address is not allowed', {
      detail: error.message,
      errors: [{ pointer: '/url', detail: error.message }],
    })
  }
}

export function refuse(errors: Errors): void {
  if (errors.length > 0) throw invalid(errors)
}
