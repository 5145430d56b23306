import type { FormField, FormValue } from '@zonedeck/shared/form'
import type { ZoneDetails } from './wire.ts'

/** What the server holds of a zone beside its records. */
export interface Held {
  zone: ZoneDetails
  kind: string
  /** Per-zone metadata by kind, in the server's order. */
  metadata: ReadonlyMap<string, readonly string[]>
  /** Names of the server's TSIG keys. */
  keys: readonly string[]
}

/** What one setting sends: a property of the zone object, or all values of one kind of metadata. */
export type Sent = { property: string; value: unknown } | { metadata: string; values: string[] }

export interface Setting {
  field: FormField
  /** What the server holds; undefined: nothing was ever set, and the server's own setting counts. */
  read: (held: Held) => FormValue | undefined
  /** Throws `refused` with the field. */
  send: (value: FormValue, held: Held) => Sent
  /** Left out where the server or the zone has no such thing. */
  has?: (held: Held) => boolean
  /** Why it cannot be changed, where it cannot. */
  fixed?: (held: Held) => string | undefined
  /** The kind of metadata that it shows. */
  shows?: string
}

/** Asked only of a copy, and only of an original. */
export const COPY = { field: 'kind', is: ['Secondary', 'Consumer'] }
export const ORIGINAL = { field: 'kind', is: ['Native', 'Primary', 'Producer'] }

export const textOf = (value: FormValue) => (typeof value === 'string' ? value : '')
export const listOf = (value: FormValue) => (Array.isArray(value) ? value : [])

/** Some of the server's TSIG keys, by name. */
export function keyChoice(
  field: Omit<FormField, 'kind'>,
  held: (held: Held) => readonly string[],
  send: (names: string[]) => Sent,
): Setting {
  return {
    field: { ...field, kind: 'choices', mono: true },
    read: (all) => held(all).map((name) => name.replace(/(.)\.$/, '$1')),
    send: (value) => send(listOf(value)),
    has: (all) => all.keys.length > 0 || held(all).length > 0,
  }
}

/** A field with what the server holds. That may be none of the choices offered here: it is shown, and may be kept. */
export function heldField({ field, read, fixed }: Setting, held: Held): FormField {
  const value = read(held)
  const why = fixed?.(held)
  const whole = { ...field, ...(value === undefined ? {} : { value }), ...(why === undefined ? {} : { fixed: why }) }
  if (field.kind !== 'choice' && field.kind !== 'choices') return whole
  const offered = field.choices ?? held.keys.map((name) => ({ value: name, label: name }))
  const values = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')
  const strange = values.filter((each) => !offered.some((choice) => choice.value === each))
  return {
    ...whole,
    choices: [...offered, ...strange.map((each) => ({ value: each, label: each, help: 'As the server holds it.' }))],
  }
}
