import { isObject, type Json } from '@zonedeck/shared/filter/json'

/** A line of a version; `own`: the other side does not have it. */
export interface VersionLine {
  text: string
  own: boolean
}

/** A value as lines to compare: an item, or a key with its value, on each. */
export function conflictVersions(value: Json | undefined, other: Json | undefined): VersionLine[] {
  const theirs = new Set(linesOf(other))
  return linesOf(value).map((text) => ({ text, own: !theirs.has(text) }))
}

function linesOf(value: Json | undefined): string[] {
  if (value === undefined) return []
  if (Array.isArray(value)) return value.length === 0 ? ['nothing'] : value.map(inline)
  if (!isObject(value)) return [inline(value)]
  return Object.entries(value).flatMap(([key, part]) =>
    Array.isArray(part) && part.length > 0 ? part.map((item) => `${key}: ${inline(item)}`) : `${key}: ${inline(part)}`,
  )
}

function inline(value: Json): string {
  if (value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return value === '' ? 'empty' : value
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(inline).join(', ')
  if (!isObject(value)) return String(value)
  return Object.entries(value)
    .map(([key, part]) => `${key} ${inline(part)}`)
    .join(', ')
}
