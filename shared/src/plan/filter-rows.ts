import { diffConfigs } from '../filter/diff.ts'
import { isObject, parseJson, sameJson, type Json } from '../filter/json.ts'
import type { Path } from '../filter/pointer.ts'
import type { StateRow } from './state-row.ts'

/** What differs between two texts of a filter's configuration, place by place; nothing where one of them is not known. */
export function filterRows(before: string | undefined, after: string | undefined): StateRow[] {
  if (before === undefined || after === undefined || before === after) return []
  const [was, is] = [read(before), read(after)]
  if (!isObject(was) || !isObject(is)) return [{ label: 'Configuration', before: shown(was), after: shown(is) }]
  const count = new Map<string, number>()
  return diffConfigs(was, is).map((edit) => {
    const label = labelOf(was, edit.path)
    const nth = (count.get(label) ?? 0) + 1
    count.set(label, nth)
    return {
      label: nth === 1 ? label : `${label} (${nth})`,
      before: edit.op === 'insert' ? null : valueAt(was, edit.path),
      after: edit.op === 'remove' ? null : shown(edit.value),
    }
  })
}

/**
 * Do two texts say the same? Layout and the order of keys do not count, no text is an empty configuration, and without a
 * registry of lists it is empty: the Web UI adds it whenever it reads.
 */
export function sameFilter(expected: string | undefined, found: string | undefined): boolean {
  if (expected === undefined || found === undefined) return false
  return expected === found || sameJson(withRegistry(read(expected)), withRegistry(read(found)))
}

function withRegistry(config: Json): Json {
  return isObject(config) && config['blockLists'] === undefined ? { ...config, blockLists: [] } : config
}

/** Text that is no JSON stands for itself. */
function read(text: string): Json {
  if (text.trim() === '') return {}
  try {
    return parseJson(text)
  } catch {
    return text
  }
}

const longest = 200

function shown(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

function step(value: Json | undefined, part: string | number): Json | undefined {
  if (Array.isArray(value)) return typeof part === 'number' ? value[part] : undefined
  return isObject(value) && Object.hasOwn(value, String(part)) ? value[String(part)] : undefined
}

function valueAt(root: Json, path: Path): string | null {
  let value: Json | undefined = root
  for (const part of path) value = step(value, part)
  return value === undefined ? null : shown(value)
}

/** `profiles › kids › customRules`: items of lists by their name where they have one, and values without a position. */
function labelOf(root: Json, path: Path): string {
  const words: string[] = []
  let value: Json | undefined = root
  for (const part of path) {
    value = step(value, part)
    if (typeof part === 'string') words.push(part)
    else if (isObject(value)) words.push(nameOf(value) ?? String(part + 1))
  }
  return words.join(' › ')
}

function nameOf(item: Record<string, Json>): string | undefined {
  return [item['name'], item['domain'], item['url']].find((each) => typeof each === 'string' && each !== '') as
    string | undefined
}
