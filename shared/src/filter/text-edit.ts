import type { Node } from 'jsonc-parser'
import type { Json } from './json.ts'

/**
 * Changes to the text of a JSON document, each as it would have been typed there: an item goes on a line of its own where
 * its neighbours do, and is indented as the document is.
 */
export interface TextEdit {
  offset: number
  length: number
  content: string
}

interface Layout {
  /** One step of indentation. */
  unit: string
  /** How lines end; '' when the document is all on one. */
  eol: string
  /** After a colon or a comma within a line. */
  gap: string
}

const endOf = ({ offset, length }: Node) => offset + length

export function replaceNode(text: string, node: Node, value: Json): TextEdit {
  return {
    offset: node.offset,
    length: node.length,
    content: print(value, indentAt(text, node.offset), layoutOf(text)),
  }
}

/** Takes the child at a position out of an object or a list, with one of the commas beside it. */
export function removeChild(parent: Node, index: number): TextEdit {
  const children = parent.children ?? []
  const child = children[index]!
  const next = children[index + 1]
  const before = children[index - 1]
  if (next !== undefined) return { offset: child.offset, length: next.offset - child.offset, content: '' }
  if (before !== undefined) return { offset: endOf(before), length: endOf(child) - endOf(before), content: '' }
  return { offset: parent.offset + 1, length: parent.length - 2, content: '' }
}

/** Puts a value into an object (with its key) or a list before the child at a position, or after the last. */
export function insertChild(text: string, parent: Node, index: number, value: Json, key?: string): TextEdit {
  const children = parent.children ?? []
  const layout = layoutOf(text)
  const first = children[0]
  const isInline = first !== undefined && !text.slice(parent.offset, first.offset).includes('\n')
  const own = first === undefined ? indentAt(text, parent.offset) + layout.unit : indentAt(text, first.offset)
  const label = key === undefined ? '' : `${JSON.stringify(key)}:${layout.gap}`
  const content = label + print(value, own, isInline ? { ...layout, eol: '' } : layout)
  const apart = isInline ? layout.gap : layout.eol + (layout.eol === '' ? layout.gap : own)
  const at = children[index]
  if (at !== undefined) return { offset: at.offset, length: 0, content: `${content},${apart}` }
  const last = children.at(-1)
  if (last !== undefined) return { offset: endOf(last), length: 0, content: `,${apart}${content}` }
  const end = layout.eol === '' ? '' : layout.eol + indentAt(text, parent.offset)
  const begin = layout.eol === '' ? '' : layout.eol + own
  return { offset: parent.offset + 1, length: parent.length - 2, content: begin + content + end }
}

export function applyTextEdit(text: string, { offset, length, content }: TextEdit): string {
  return text.slice(0, offset) + content + text.slice(offset + length)
}

/** Edits of one text, in any order, none of which overlaps another. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = []
  let at = 0
  for (const { offset, length, content } of edits.toSorted((a, b) => a.offset - b.offset)) {
    pieces.push(text.slice(at, offset), content)
    at = offset + length
  }
  return pieces.join('') + text.slice(at)
}

function print(value: Json, indent: string, { unit, eol, gap }: Layout): string {
  if (eol !== '') return JSON.stringify(value, null, unit).replaceAll('\n', eol + indent)
  const compact = JSON.stringify(value)
  if (gap === '' || value === null || typeof value !== 'object') return compact
  // On one line, but with the spaces that the document has between its parts.
  return JSON.stringify(value, null, 1).replace(/\n */g, (_, at: number, all: string) =>
    all[at - 1] === ',' ? gap : '',
  )
}

/** The white space at the begin of the line that a place is on. */
function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? ''
}

function layoutOf(text: string): Layout {
  const eol = /\r?\n(?=[ \t]*\S)/.exec(text)?.[0] ?? ''
  const unit = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  '
  const isCompact = eol === '' && !/[:,] /.test(text)
  return { unit, eol, gap: isCompact ? '' : ' ' }
}
