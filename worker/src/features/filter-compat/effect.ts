import type { ConfigEdit } from '@zonedeck/shared/filter/edit'
import { isObject, sameJson, type Json, type JsonObject } from '@zonedeck/shared/filter/json'
import type { Path } from '@zonedeck/shared/filter/pointer'
import { bad } from './bad.ts'

/** What a call does to a configuration. Nothing to edit: the configuration says it already. */
export interface Effect {
  edits: ConfigEdit[]
  /** What is done, as the history titles it. */
  note: string
  /** What stands at the position that the call names, where it names one. */
  at?: Json
  /** A consequence that the caller should know of, for the answer. */
  warning?: string
}

/** Throws ProblemError (400) for a body that cannot be meant. */
export type EffectOf = (config: JsonObject, body: JsonObject) => Effect

/** An own member; a name like `constructor` is one only when the text has it. */
export function member(holder: Json | undefined, key: string): Json | undefined {
  return isObject(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined
}

/**
 * Edits that make an object hold these members. `known` are the keys the app reads: of those, what was not sent goes.
 * Everything else stays as it is written: it belongs to another tool, or to a version to come.
 */
export function replaceMembers(
  path: Path,
  before: JsonObject,
  wanted: JsonObject,
  known: readonly string[],
): ConfigEdit[] {
  const gone = known.filter((key) => Object.hasOwn(before, key) && !Object.hasOwn(wanted, key))
  return [
    ...gone.map((key): ConfigEdit => ({ op: 'remove', path: [...path, key] })),
    ...setMembers(path, before, wanted),
  ]
}

/** Edits that give an object these members, and leave it every other. */
export function setMembers(path: Path, before: JsonObject, wanted: JsonObject): ConfigEdit[] {
  return Object.entries(wanted).flatMap(([key, value]): ConfigEdit[] =>
    sameJson(member(before, key), value) ? [] : [{ op: 'set', path: [...path, key], value }],
  )
}

/** Edits that put an item at the end of a list of the configuration, which may be missing or null. */
export function append(holder: JsonObject, path: Path, value: JsonObject): ConfigEdit[] {
  const list = member(holder, String(path.at(-1)))
  return Array.isArray(list)
    ? [{ op: 'insert', path: [...path, list.length], value }]
    : [{ op: 'set', path, value: [value] }]
}

/** A text that must be there and hold something. */
export function needText(body: JsonObject, key: string, what: string): string {
  const value = member(body, key)
  if (typeof value === 'string' && value.trim() !== '') return value
  throw bad(`“${key}” is missing: ${what}.`)
}

/** A list of texts that must be there. */
export function needTexts(body: JsonObject, key: string, what: string): string[] {
  const value = member(body, key)
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  throw bad(value === undefined ? `“${key}” is missing: ${what}.` : `“${key}” must be a list of texts: ${what}.`)
}

/** As the API writes domains: in lower case, without a dot at the end. */
export function normalDomain(text: string): string {
  return text.trim().toLowerCase().replace(/\.+$/, '')
}

/** A name as it stands in a note, which has room for 200 characters. */
export function named(name: string): string {
  return name.length > 70 ? `“${name.slice(0, 70)}…”` : `“${name}”`
}
