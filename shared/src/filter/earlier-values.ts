import { parseTree, type Node } from 'jsonc-parser'

/** By object, what its keys held before they came once more: `{"a":1,"a":2}` held 1. `JSON.parse` forgets it. */
export type EarlierValues = ReadonlyMap<object, readonly (readonly [key: string, value: unknown])[]>

/**
 * @param value what `JSON.parse` made of the text
 * @param keys how many keys are in the text
 */
export function earlierValues(text: string, value: unknown, keys: number): EarlierValues {
  const found = new Map<object, [string, unknown][]>()
  if (keys === countKeys(value)) return found
  const walk = (node: Node, read: unknown) => {
    if (read === null || typeof read !== 'object') return
    if (Array.isArray(read)) {
      for (const [index, item] of (node.children ?? []).entries()) walk(item, read[index])
      return
    }
    const last = new Map<string, Node>()
    for (const { children: [key, item] = [] } of node.children ?? []) {
      if (item === undefined) continue
      const name = String(key?.value)
      const before = last.get(name)
      if (before !== undefined) {
        const earlier: unknown = JSON.parse(text.slice(before.offset, before.offset + before.length))
        found.set(read, [...(found.get(read) ?? []), [name, earlier]])
        walk(before, earlier)
      }
      last.set(name, item)
    }
    for (const [name, item] of last) walk(item, (read as Record<string, unknown>)[name])
  }
  const tree = parseTree(text)
  if (tree !== undefined) walk(tree, value)
  return found
}

function countKeys(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0
  const own = Array.isArray(value) ? 0 : Object.keys(value).length
  return Object.values(value).reduce((sum: number, item) => sum + countKeys(item), own)
}
