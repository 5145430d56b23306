/**
 * Cuts one entry out of a master file: what RFC 1035 §5.1 calls a line, which parentheses may stretch over many.
 * The rules are those of BIND's lexer. One pass, and no character is looked at twice.
 */
export interface Token {
  /** Of the raw text, quotes included. */
  start: number
  end: number
  quoted: boolean
  line: number
  column: number
}

export interface Entry {
  /** The line begins with a blank: the owner is the one before. */
  blankOwner: boolean
  tokens: Token[]
  /** What follows the `;` after the last token, outside of parentheses. */
  comment: string | null
  error: { line: number; column: number; message: string } | null
  /** Where the next entry begins. */
  next: number
  nextLine: number
}

const TAB = 9
const LINE_FEED = 10
const RETURN = 13
const SPACE = 32
const QUOTE = 34
const OPEN = 40
const CLOSE = 41
const SEMICOLON = 59
const BACKSLASH = 92

/** The end of the line that `pos` is in: its line break, or the end of the text. */
export function lineEnd(text: string, pos: number): number {
  let end = pos
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (code === LINE_FEED || code === RETURN) break
  }
  return end
}

/** Past the line break at `pos`: LF, CR LF, or a CR of its own. */
export function afterBreak(text: string, pos: number): number {
  if (text.charCodeAt(pos) === RETURN && text.charCodeAt(pos + 1) === LINE_FEED) return pos + 2
  return Math.min(pos + 1, text.length)
}

function endOfQuoted(text: string, pos: number): number {
  for (let i = pos + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) return i + 1
    // An escaped line break belongs to the string, as in BIND.
    if (code === BACKSLASH) i++
    else if (code === LINE_FEED || code === RETURN) return -1
  }
  return -1
}

function endOfBare(text: string, pos: number): number {
  let i = pos
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === LINE_FEED || code === RETURN) break
    if (code === BACKSLASH) {
      const next = text.charCodeAt(i + 1)
      if (next !== LINE_FEED && next !== RETURN) i++
      continue
    }
    if (code === SPACE || code === TAB || code === SEMICOLON || code === QUOTE || code === OPEN || code === CLOSE) break
  }
  return Math.min(i, text.length)
}

/** Reads the entry that begins at `start`, the first character of line `line`. */
export function readEntry(text: string, start: number, line: number): Entry {
  const first = text.charCodeAt(start)
  const entry: Entry = {
    blankOwner: first === SPACE || first === TAB,
    tokens: [],
    comment: null,
    error: null,
    next: text.length,
    nextLine: line,
  }
  let pos = start
  let lineStart = start
  const opened: { line: number; column: number }[] = []
  let depth = 0
  const fail = (at: number, message: string): Entry => {
    entry.error = { line: entry.nextLine, column: at - lineStart + 1, message }
    entry.next = afterBreak(text, lineEnd(text, pos))
    entry.nextLine++
    return entry
  }
  while (pos < text.length) {
    const code = text.charCodeAt(pos)
    if (code === SPACE || code === TAB) pos++
    else if (code === LINE_FEED || code === RETURN) {
      pos = afterBreak(text, pos)
      lineStart = pos
      entry.nextLine++
      if (depth === 0) {
        entry.next = pos
        return entry
      }
    } else if (code === SEMICOLON) {
      const end = lineEnd(text, pos)
      if (depth === 0) entry.comment = text.slice(pos + 1, end)
      pos = end
    } else if (code === OPEN) {
      // Only the outermost one is needed to say where an open parenthesis began.
      if (depth === 0) opened[0] = { line: entry.nextLine, column: pos - lineStart + 1 }
      depth++
      pos++
    } else if (code === CLOSE) {
      if (depth === 0) return fail(pos, 'A “)” closes nothing here.')
      depth--
      pos++
    } else {
      const quoted = code === QUOTE
      const end = quoted ? endOfQuoted(text, pos) : endOfBare(text, pos)
      if (end === -1) return fail(pos, 'The string that begins here is not closed on its line: a “"” is missing.')
      entry.tokens.push({ start: pos, end, quoted, line: entry.nextLine, column: pos - lineStart + 1 })
      if (quoted) {
        for (let i = pos; i < end; i++) {
          if (text.charCodeAt(i) === LINE_FEED) {
            entry.nextLine++
            lineStart = i + 1
          }
        }
      }
      pos = end
    }
  }
  if (depth > 0) {
    const { line: openLine, column } = opened[0]!
    entry.error = { line: openLine, column, message: 'The “(” that opens here is never closed.' }
  }
  return entry
}
