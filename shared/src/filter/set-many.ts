import { parseTree, type Node } from 'jsonc-parser'
import { editConfig } from './edit.ts'
import type { Json } from './json.ts'
import type { Path } from './pointer.ts'
import { replaceNode, type TextEdit } from './text-edit.ts'

/** A place and what shall be there. */
export interface ConfigValue {
  path: Path
  value: Json
}

/**
 * `editConfig` for many values at once: what is there already is replaced in one pass, however many there are, and the
 * rest is set one by one. Throws EditError.
 */
export function setMany(text: string, values: readonly ConfigValue[]): string {
  if (values.length === 0) return text
  const root = parseTree(text)
  const slow: ConfigValue[] = []
  const edits: TextEdit[] = []
  for (const item of values) {
    const node = root === undefined ? undefined : nodeAt(root, item.path)
    if (node === undefined) slow.push(item)
    else edits.push(replaceNode(text, node, item.value))
  }
  edits.sort((a, b) => b.offset - a.offset)
  const replaced = inOne(text, edits)
  return editConfig(
    replaced,
    slow.map(({ path, value }) => ({ op: 'set', path, value })),
  )
}

/** Nothing when it is not there, or when a key on the way comes twice. */
function nodeAt(root: Node, path: Path): Node | undefined {
  let node: Node | undefined = root
  for (const part of path) {
    if (typeof part === 'number') node = node.type === 'array' ? node.children?.[part] : undefined
    else {
      const same: Node[] =
        node.type === 'object' ? (node.children ?? []).filter(({ children }) => children?.[0]?.value === part) : []
      node = same.length === 1 ? same[0]?.children?.[1] : undefined
    }
    if (node === undefined) return undefined
  }
  return node
}

/** @param edits from the last place to the first, none touching another */
function inOne(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = []
  let end = text.length
  for (const { offset, length, content } of edits) {
    parts.push(text.slice(offset + length, end), content)
    end = offset
  }
  parts.push(text.slice(0, end))
  return parts.reverse().join('')
}
