import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser'
import { isBlank } from './dotnet/text.ts'
import type { Json } from './json.ts'
import { pointer, type Path } from './pointer.ts'
import { applyTextEdit, applyTextEdits, insertChild, removeChild, replaceNode, type TextEdit } from './text-edit.ts'

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
 *
 * Edits that have nothing to do with each other share one reading of the text, which is what takes the time.
 */
export function editConfig(text: string, edits: readonly ConfigEdit[]): string {
  if (edits.length === 0) return text
  let edited = isBlank(text) ? '{\n}\n' : text
  for (let done = 0; done < edits.length;) {
    const root = treeOf(edited)
    const touched = new Touched()
    const changes: TextEdit[] = []
    const begin = done
    for (let edit = edits[done]; edit !== undefined; edit = edits[++done]) {
      if (touched.leadsTo(edit.path)) break
      const way = followed(root, edit.path)
      if (way === null || !touched.add(regionOf(edit, way))) break
      const change = textEditOf(edited, way, edit)
      if (change !== null) changes.push(change)
    }
    edited = done === begin ? withoutShadowed(edited, edits[done]!.path) : applyTextEdits(edited, changes)
  }
  return edited
}

/** What of the document an edit has to do with: the value it replaces, or the whole list or object it adds to or takes from. */
function regionOf({ op, path }: ConfigEdit, way: readonly Node[]): Path {
  if (op === 'set' && way.length === path.length + 1) return path
  return path.slice(0, Math.min(way.length, path.length) - 1)
}

/** Places that edits of one reading have to do with; none of them lies within another. */
class Touched {
  #regions = new Set<string>()
  #around = new Set<string>()

  /** Does the way to a place go through one that is here? Then the document does not show any more what is there. */
  leadsTo(path: Path): boolean {
    return this.#regions.size > 0 && waysTo(path).some((each) => this.#regions.has(each))
  }

  /** False, and nothing noted, when it lies around one that is here. */
  add(region: Path): boolean {
    const key = pointer(region)
    if (this.#around.has(key)) return false
    this.#regions.add(key)
    for (const each of waysTo(region)) this.#around.add(each)
    return true
  }
}

/** The document, and each place on the way to this one, which is the last. */
const waysTo = (path: Path) => [...path, ''].map((_, length) => pointer(path.slice(0, length)))

/** Null: there is nothing to do. Throws EditError. */
function textEditOf(text: string, way: readonly Node[], edit: ConfigEdit): TextEdit | null {
  const { path } = edit
  const last = path.at(-1)
  if (last === undefined) throw new EditError('A configuration is edited in parts, not as a whole.')
  if (edit.op === 'remove') {
    const index = way.length === path.length + 1 ? childIndex(way.at(-2)!, last) : -1
    return index < 0 ? null : removeChild(way.at(-2)!, index)
  }
  if (edit.op === 'insert') {
    const items = way.length >= path.length ? (way[path.length - 1]?.children ?? []) : []
    if (typeof last !== 'number' || last < 0 || last > items.length) {
      throw new EditError(`There is no position ${pointer(path)}.`)
    }
    if (way.length >= path.length) return insertChild(text, way[path.length - 1]!, last, edit.value)
    return add(text, way, path, [edit.value], path.length - 1)
  }
  if (way.length === path.length + 1) return replaceNode(text, way.at(-1)!, edit.value)
  return add(text, way, path, edit.value, path.length)
}

/** Adds the key at which the way ends, with the objects that are missing from there to the place. */
function add(text: string, way: readonly Node[], path: Path, value: Json, length: number): TextEdit {
  const key = path[way.length - 1]
  let content = value
  for (let index = length - 1; index >= way.length; index--) {
    const inner = path[index]
    if (typeof inner === 'number') throw new EditError(`There is no position ${pointer(path.slice(0, index + 1))}.`)
    content = { [String(inner)]: content }
  }
  if (typeof key === 'number') throw new EditError(`There is no position ${pointer(path.slice(0, way.length))}.`)
  const parent = way.at(-1)!
  return insertChild(text, parent, parent.children?.length ?? 0, content, key)
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

/**
 * The nodes from the root on, as far as there are any; null when a key on the way comes more than once. A key must lead
 * into an object, a position into a list.
 */
function followed(root: Node, path: Path): Node[] | null {
  const nodes = [root]
  for (const [length, part] of path.entries()) {
    const node = nodes.at(-1)!
    if (node.type === 'object' && sameKeys(node, part).length > 1) return null
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

const sameKeys = ({ children = [] }: Node, part: string | number) =>
  children.filter((child) => child.children?.[0]?.value === part)

/** Of a key that comes twice the app reads the last, so the others on the way are dropped before the last is edited. */
function withoutShadowed(text: string, path: Path): string {
  let single = text
  for (const [length, part] of path.entries()) {
    for (;;) {
      const parent = findNodeAtLocation(treeOf(single), path.slice(0, length))
      if (parent?.type !== 'object' || sameKeys(parent, part).length < 2) break
      single = applyTextEdit(single, removeChild(parent, childIndex(parent, part)))
    }
  }
  return single
}
