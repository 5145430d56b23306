import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser'
import { isBlank } from './dotnet/text.ts'
import type { Json } from './json.ts'
import { pointer, type Path } from './pointer.ts'
import { applyTextEdit, insertChild, removeChild, replaceNode } from './text-edit.ts'

/**
 * A change to one place of a configuration.
 *
 * - `set`: the value there, replaced or added; objects on the way are made.
 * - `insert`: a new item of a list before the position, or at its end.
 * - `remove`: the key or the item; nothing happens when there is none.
 */
export type ConfigEdit = { op: 'set' | 'insert'; path: Path; value: Json } | { op: 'remove'; path: Path }

/** A text that is no JSON, or a place that cannot be in it. */
export class EditError extends Error {
  override name = 'EditError'
}

/**
 * Edits a configuration's text, one edit after the other. What is not touched stays as it is written, to the letter:
 * unknown keys, the order of keys, the spelling of numbers, white space. Throws EditError, and then nothing is done.
 */
export function editConfig(text: string, edits: readonly ConfigEdit[]): string {
  if (edits.length === 0) return text
  let edited = isBlank(text) ? '{\n}\n' : text
  for (const edit of edits) edited = applyOne(edited, edit)
  return edited
}

function applyOne(text: string, edit: ConfigEdit): string {
  const { path } = edit
  const last = path.at(-1)
  if (last === undefined) throw new EditError('A configuration is edited in parts, not as a whole.')
  const single = withoutShadowed(text, path)
  const root = treeOf(single)
  const way = followed(root, path)
  if (edit.op === 'remove') {
    const index = way.length === path.length + 1 ? childIndex(way.at(-2)!, last) : -1
    return index < 0 ? single : applyTextEdit(single, removeChild(way.at(-2)!, index))
  }
  if (edit.op === 'insert') {
    const items = way.length >= path.length ? (way[path.length - 1]?.children ?? []) : []
    if (typeof last !== 'number' || last < 0 || last > items.length) {
      throw new EditError(`There is no position ${pointer(path)}.`)
    }
    if (way.length >= path.length)
      return applyTextEdit(single, insertChild(single, way[path.length - 1]!, last, edit.value))
    return add(single, way, path, [edit.value], path.length - 1)
  }
  if (way.length === path.length + 1) return applyTextEdit(single, replaceNode(single, way.at(-1)!, edit.value))
  return add(single, way, path, edit.value, path.length)
}

/** Adds the key at which the way ends, with the objects that are missing from there to the place. */
function add(text: string, way: readonly Node[], path: Path, value: Json, length: number): string {
  const key = path[way.length - 1]
  let content = value
  for (let index = length - 1; index >= way.length; index--) {
    const inner = path[index]
    if (typeof inner === 'number') throw new EditError(`There is no position ${pointer(path.slice(0, index + 1))}.`)
    content = { [String(inner)]: content }
  }
  if (typeof key === 'number') throw new EditError(`There is no position ${pointer(path.slice(0, way.length))}.`)
  const parent = way.at(-1)!
  return applyTextEdit(text, insertChild(text, parent, parent.children?.length ?? 0, content, key))
}

function treeOf(text: string): Node {
  let tree: Node | undefined
  try {
    JSON.parse(text)
    tree = parseTree(text)
  } catch {
    tree = undefined
  }
  if (tree?.type !== 'object') throw new EditError('The configuration is no JSON object.')
  return tree
}

/** The nodes from the root on, as far as there are any. A key must lead into an object, a position into a list. */
function followed(root: Node, path: Path): Node[] {
  const nodes = [root]
  for (const [length, part] of path.entries()) {
    const node = nodes.at(-1)!
    const wanted = typeof part === 'number' ? 'array' : 'object'
    if (node.type !== wanted) {
      const where = pointer(path.slice(0, length)) || 'The configuration'
      throw new EditError(`${where} is no ${wanted === 'array' ? 'list' : 'object'}.`)
    }
    const next = findNodeAtLocation(root, path.slice(0, length + 1))
    if (next === undefined) break
    nodes.push(next)
  }
  return nodes
}

function childIndex(parent: Node, part: string | number): number {
  if (typeof part === 'number') return part
  return (parent.children ?? []).findIndex(({ children }) => children?.[0]?.value === part)
}

/** Of a key that comes twice the app reads the last, so the others on the way are dropped before the last is edited. */
function withoutShadowed(text: string, path: Path): string {
  let single = text
  for (const [length, part] of path.entries()) {
    for (;;) {
      const parent = findNodeAtLocation(treeOf(single), path.slice(0, length))
      const same =
        parent?.type === 'object' ? (parent.children ?? []).filter(({ children }) => children?.[0]?.value === part) : []
      if (parent === undefined || same.length < 2) break
      single = applyTextEdit(single, removeChild(parent, childIndex(parent, part)))
    }
  }
  return single
}
