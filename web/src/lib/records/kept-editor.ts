import type { EditorState } from './editor-state.ts'
import { isObject } from '../is-object.ts'

const KEY = 'zonedeck.editor.1'

/** Keeps what is typed in an open editor over a reload. A storage that is full or spoilt never stops the typing. */
export function keepEditor(storage: Pick<Storage, 'setItem' | 'removeItem'>, editor: EditorState | null): void {
  try {
    if (editor === null) storage.removeItem(KEY)
    else storage.setItem(KEY, JSON.stringify(editor))
  } catch {
    // Full, or switched off.
  }
}

/** The editor that was open in a zone when the page went away, or null. */
export function keptEditor(
  storage: Pick<Storage, 'getItem'>,
  place: { connection: string; zone: string },
): EditorState | null {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? 'null')
    return isEditor(kept) && kept.connection === place.connection && kept.zone === place.zone ? kept : null
  } catch {
    return null
  }
}

function isEditor(value: unknown): value is EditorState {
  return (
    isObject(value) &&
    ['connection', 'zone', 'type', 'name', 'ttl', 'comment'].every((field) => typeof value[field] === 'string') &&
    (value.before === null || (isObject(value.before) && Array.isArray(value.before.records))) &&
    Array.isArray(value.values) &&
    value.values.every(isValue)
  )
}

function isValue(value: unknown): boolean {
  return (
    isObject(value) &&
    ['key', 'text', 'comment'].every((field) => typeof value[field] === 'string') &&
    typeof value.asText === 'boolean' &&
    typeof value.disabled === 'boolean' &&
    (value.values === null ? value.asText : isTexts(value.values)) &&
    (value.source === null || (isObject(value.source) && typeof value.source.rdata === 'string'))
  )
}

function isTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string')
}
