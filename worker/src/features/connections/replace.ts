import type { ConnectionPatch, ProviderInfo } from '@zonedeck/shared/connection'
import { ProblemError } from '../../http/problem-error.ts'
import { pointerTo } from '../../http/validation.ts'
import { credentialErrors, headerErrors, refuse } from './input.ts'
import type { KeyRing } from './key-ring.ts'
import { headerField } from './open.ts'
import { seal } from './seal.ts'
import type { StoredCredential } from './store.ts'

type Values = (readonly [field: string, value: string])[]

/**
 * Which sealed values a patch writes and removes. Credentials that are absent stay, empty ones go; headers, when given,
 * are all there are, and an empty value leaves the one that is set.
 *
 * With a new address every secret must be typed again: whoever may edit a connection could otherwise have its token sent
 * to a server of their own.
 */
export function changeOf(
  about: Pick<ProviderInfo, 'label' | 'fields'>,
  stored: readonly { field: string }[],
  patch: ConnectionPatch,
  moved: boolean,
): { put: Values; remove: string[] } {
  const set = new Set(stored.map(({ field }) => field))
  const setHeaders = new Set([...set].filter((field) => field.startsWith(headerField)))
  const credentials = patch.credentials ?? {}
  const headers = patch.headers?.map(({ name, value }) => ({ name: name.toLowerCase(), value }))
  refuse([
    ...credentialErrors(about, credentials, set),
    ...headerErrors(headers ?? [], new Set([...setHeaders].map((field) => field.slice(headerField.length)))),
  ])
  if (moved) askAgain(about, set, setHeaders, credentials, headers)
  const named = new Set((headers ?? []).map(({ name }) => headerField + name))
  return {
    put: [
      ...Object.entries(credentials).filter(([, value]) => value !== ''),
      ...(headers ?? [])
        .filter(({ value }) => value.trim() !== '')
        .map(({ name, value }) => [headerField + name, value] as const),
    ],
    remove: [
      ...Object.keys(credentials).filter((field) => credentials[field] === '' && set.has(field)),
      ...(headers === undefined ? [] : [...setHeaders].filter((field) => !named.has(field))),
    ],
  }
}

function askAgain(
  about: Pick<ProviderInfo, 'fields'>,
  set: ReadonlySet<string>,
  setHeaders: ReadonlySet<string>,
  credentials: Readonly<Record<string, string>>,
  headers: readonly { name: string; value: string }[] | undefined,
): void {
  const fields = about.fields.filter(({ id, secret }) => secret && set.has(id) && !Object.hasOwn(credentials, id))
  const empty = (headers ?? []).flatMap(({ value }, i) => (value.trim() === '' ? [`/headers/${i}`] : []))
  const errors = [
    ...fields.map(({ id }) => pointerTo(['credentials', id])),
    ...(headers === undefined && setHeaders.size > 0 ? ['/headers'] : empty),
  ].map((pointer) => ({ pointer, detail: 'Enter it again: the address is a new one.' }))
  if (errors.length === 0) return
  throw new ProblemError(422, 'connection/credentials-needed', 'A new address needs every secret again', {
    detail: 'What is sealed was entered for the old address, and is not sent to another one.',
    errors,
  })
}

export function sealAll(ring: KeyRing, connection: string, values: Values): Promise<StoredCredential[]> {
  return Promise.all(
    values.map(async ([field, value]) => ({
      field,
      hint: hintOf(value),
      ...(await seal(ring, { connection, field }, value)),
    })),
  )
}

/** The last four characters of a long secret, to tell two apart; of a short one they would give too much away. */
function hintOf(value: string): string | null {
  return value.length < 16 ? null : value.slice(-4)
}
