/** A piece of a compared text; `differs` marks what is not in the other. */
export interface Part {
  text: string
  differs: boolean
}

/** Equal stretches longer than this are folded to their length, except near a difference. */
const FOLD = 48
const NEAR = 20

/**
 * The old and new value with the part that differs marked: what lies between the common beginning and the common end,
 * widened to whole words and numbers so that nobody has to read half an address.
 */
export function diffParts(before: string, after: string): { before: Part[]; after: Part[] } {
  if (before === after) {
    const same = before === '' ? [] : [{ text: before, differs: false }]
    return { before: same, after: same }
  }
  let start = 0
  const most = Math.min(before.length, after.length)
  while (start < most && before[start] === after[start]) start++
  let end = 0
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  while (start > 0 && !/[\s"]/.test(before[start - 1] ?? '') && most <= 120) start--
  while (end > 0 && !/[\s"]/.test(before[before.length - end] ?? '') && most <= 120) end--
  // Never part a surrogate pair.
  if (isLow(before.charCodeAt(start)) || isLow(after.charCodeAt(start))) start = Math.max(0, start - 1)
  if (isLow(before.charCodeAt(before.length - end)) || isLow(after.charCodeAt(after.length - end)))
    end = Math.max(0, end - 1)
  return { before: pieces(before, start, end), after: pieces(after, start, end) }
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}

function pieces(text: string, start: number, end: number): Part[] {
  const parts = [
    { text: text.slice(0, start), differs: false },
    { text: text.slice(start, text.length - end), differs: true },
    { text: text.slice(text.length - end), differs: false },
  ]
  return parts.filter((part) => part.text !== '')
}

/** A long equal stretch as its beginning, how much is left out, and its end; null when it is short enough to show. */
export function fold(part: Part, long: boolean): { head: string; hidden: number; tail: string } | null {
  if (part.differs || !long || part.text.length <= FOLD + 2 * NEAR) return null
  return { head: part.text.slice(0, NEAR), hidden: part.text.length - 2 * NEAR, tail: part.text.slice(-NEAR) }
}
