import { trim } from './dotnet/text.ts'
import { NameSetBuilder, type NameSet } from './name-set.ts'

/** A block list as the app reads it. `lines`: what is neither blank nor a comment; `read`: those that gave a name. */
export type ParsedList =
  { type: 'domain'; names: NameSet; lines: number; read: number } | { type: 'regex'; patterns: readonly string[] }

/** A list's content by its type in the registry; every type but `regex` is a list of names. */
export function parseBlockList(text: string, type: string | null): ParsedList {
  return type === 'regex' ? { type, patterns: significantLines(text) } : parseNames(text)
}

/** What a list of this length comes to without its names being kept; given to it piece by piece, as it arrives. */
export class BlockListCounter {
  /** Lines that are neither blank nor a comment. */
  lines = 0
  /** Those the app makes something of: a name, or a pattern. */
  entries = 0
  readonly #isRegex: boolean
  readonly #keep: ((entry: string) => void) | undefined
  /** What came after the last end of a line. */
  #rest = ''

  /**
   * @param type as in the registry
   * @param keep is given what the app makes of each line: the name, or the pattern
   */
  constructor(type: string | null, keep?: (entry: string) => void) {
    this.#isRegex = type === 'regex'
    this.#keep = keep
  }

  add(piece: string): void {
    const end = Math.max(piece.lastIndexOf('\n'), piece.lastIndexOf('\r')) + 1
    if (end > 0) {
      this.#count(this.#rest + piece.slice(0, end))
      this.#rest = ''
    }
    // What goes on for longer is no name, and hostile: only its beginning is kept.
    if (this.#rest.length < longestLine) this.#rest += piece.slice(end, end + longestLine)
  }

  /** Counts the last line, which need not end. */
  end(): void {
    this.#count(this.#rest)
    this.#rest = ''
  }

  #count(text: string): void {
    forEachLine(text, (start, end) => {
      this.lines++
      const entry = this.#isRegex ? [start, end] : nameOf(text, start, end)
      if (entry === null) return
      this.entries++
      this.#keep?.(text.slice(entry[0], entry[1]))
    })
  }
}

/** Names have 253 letters; patterns may have some more. */
const longestLine = 65_536

/** About the length of a line. */
const LINE = 20

/** Lines that are neither blank nor a comment (`#`, `!`), trimmed. */
function significantLines(text: string): string[] {
  const lines: string[] = []
  forEachLine(text, (start, end) => lines.push(text.slice(start, end)))
  return lines
}

function parseNames(text: string): ParsedList {
  const names = new NameSetBuilder(text.length / LINE)
  let lines = 0
  let read = 0
  forEachLine(text, (start, end) => {
    lines++
    const name = nameOf(text, start, end)
    if (name === null) return
    read++
    names.add(text, name[0], name[1])
  })
  return { type: 'domain', names: names.build(), lines, read }
}

/** Where the name of a line is; null for one that gives none. */
function nameOf(text: string, start: number, end: number): [number, number] | null {
  const [from, to] = withoutLastDots(text, nameIn(text, start, end))
  // A name must hold a dot, and not as its first letter. Looked for in this line alone: `indexOf` would go on to the end
  // of a text without dots, once for each of its lines.
  for (let i = from; i < to; i++) if (text.charCodeAt(i) === 46) return i === from ? null : [from, to]
  return null
}

function forEachLine(text: string, visit: (start: number, end: number) => void): void {
  // A byte order mark is gone before the app sees the text.
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0
  while (start < text.length) {
    let end = start
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end)
      if (code === 10 || code === 13) break
    }
    const [from, to] = trimmed(text, start, end)
    const first = text.charCodeAt(from)
    if (from < to && first !== 35 && first !== 33) visit(from, to)
    start = end + 1
  }
}

/** The bounds of `text.slice(start, end)` without white space around it. */
function trimmed(text: string, start: number, end: number): [number, number] {
  let from = start
  let to = end
  while (from < to && isPlainSpace(text.charCodeAt(from))) from++
  while (to > from && isPlainSpace(text.charCodeAt(to - 1))) to--
  if (text.charCodeAt(from) <= 127 && text.charCodeAt(to - 1) <= 127) return [from, to]
  const inner = text.slice(from, to)
  const kept = trim(inner)
  const offset = kept === '' ? 0 : inner.indexOf(kept)
  return [from + offset, from + offset + kept.length]
}

function isPlainSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}

/** Where the name of a line is. It reads `||name^`, `0.0.0.0 name`, `127.0.0.1 name` and a bare name. */
function nameIn(text: string, start: number, end: number): [number, number] {
  const nothing: [number, number] = [start, start]
  if (text.startsWith('||', start) && text.charCodeAt(end - 1) === 94) return trimmed(text, start + 2, end - 1)
  const host = hostsName(text, start, end)
  if (host !== null) return host
  if (text.startsWith('@@', start)) return nothing
  for (let i = start; i < end; i++) if (text.charCodeAt(i) === 32) return nothing
  return [start, end]
}

/** The first name after the address of a hosts line; null when it is none, or one with another address. */
function hostsName(text: string, start: number, end: number): [number, number] | null {
  const address = text.startsWith('0.0.0.0', start) ? 7 : text.startsWith('127.0.0.1', start) ? 9 : 0
  if (address === 0 || start + address >= end || !isGap(text.charCodeAt(start + address))) return null
  let from = start + address
  while (from < end && isGap(text.charCodeAt(from))) from++
  let to = from
  while (to < end && !isGap(text.charCodeAt(to))) to++
  return trimmed(text, from, to)
}

function isGap(code: number): boolean {
  return code === 32 || code === 9
}

function withoutLastDots(text: string, [from, to]: [number, number]): [number, number] {
  let end = to
  while (end > from && text.charCodeAt(end - 1) === 46) end--
  return [from, end]
}
