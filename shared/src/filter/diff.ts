import type { ConfigEdit } from './edit.ts'
import { isObject, sameJson, type Json } from './json.ts'
import type { Path } from './pointer.ts'

/** The edits that turn one configuration into another; none when they say the same. Both are objects. */
export function diffConfigs(before: Json, after: Json): ConfigEdit[] {
  return diffAt([], before, after)
}

function diffAt(path: Path, before: Json, after: Json): ConfigEdit[] {
  if (sameJson(before, after)) return []
  if (isObject(before) && isObject(after)) {
    const removed = Object.keys(before).filter((key) => !Object.hasOwn(after, key))
    return [
      ...removed.map((key): ConfigEdit => ({ op: 'remove', path: [...path, key] })),
      ...Object.entries(after).flatMap(([key, value]): ConfigEdit[] => {
        const old = Object.hasOwn(before, key) ? before[key] : undefined
        return old === undefined ? [{ op: 'set', path: [...path, key], value }] : diffAt([...path, key], old, value)
      }),
    ]
  }
  if (Array.isArray(before) && Array.isArray(after)) return diffLists(path, before, after)
  return [{ op: 'set', path, value: after }]
}

/**
 * Keeps the longest run of equal items and works on the gaps between them from the end to the start, so that positions
 * stay true while the edits are made. Items of a gap are paired in order and edited in place.
 */
function diffLists(path: Path, before: readonly Json[], after: readonly Json[]): ConfigEdit[] {
  const edits: ConfigEdit[] = []
  let [oldEnd, newEnd] = [before.length, after.length]
  for (const [oldAt, newAt] of [...commonItems(before, after), [-1, -1] as const].sort(([a], [b]) => b - a)) {
    const gone = before.slice(oldAt + 1, oldEnd)
    const come = after.slice(newAt + 1, newEnd)
    const paired = Math.min(gone.length, come.length)
    for (let index = gone.length - 1; index >= paired; index--) {
      edits.push({ op: 'remove', path: [...path, oldAt + 1 + index] })
    }
    for (let index = come.length - 1; index >= paired; index--) {
      edits.push({ op: 'insert', path: [...path, oldAt + 1 + paired], value: come[index]! })
    }
    for (let index = paired - 1; index >= 0; index--) {
      edits.push(...diffAt([...path, oldAt + 1 + index], gone[index]!, come[index]!))
    }
    oldEnd = oldAt
    newEnd = newAt
  }
  return edits
}

/** Positions of the longest common subsequence. */
function commonItems(before: readonly Json[], after: readonly Json[]): [number, number][] {
  let start = 0
  while (start < before.length && start < after.length && sameJson(before[start], after[start])) start++
  let [oldEnd, newEnd] = [before.length, after.length]
  while (oldEnd > start && newEnd > start && sameJson(before[oldEnd - 1], after[newEnd - 1])) {
    oldEnd--
    newEnd--
  }
  const pairs: [number, number][] = Array.from({ length: start }, (_, index) => [index, index])
  pairs.push(...longest(before.slice(start, oldEnd), after.slice(start, newEnd), start))
  for (let index = 0; oldEnd + index < before.length; index++) pairs.push([oldEnd + index, newEnd + index])
  return pairs
}

/** Beyond this many comparisons, what lies between the equal ends counts as all changed. */
const MAX_CELLS = 1_000_000

function longest(before: readonly Json[], after: readonly Json[], offset: number): [number, number][] {
  if (before.length * after.length > MAX_CELLS) return []
  const old = before.map((item) => JSON.stringify(item))
  const fresh = after.map((item) => JSON.stringify(item))
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint32Array(fresh.length + 1))
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      lengths[i]![j] =
        old[i] === fresh[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < old.length && j < fresh.length;) {
    if (old[i] === fresh[j]) pairs.push([offset + i++, offset + j++])
    else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i++
    else j++
  }
  return pairs
}
