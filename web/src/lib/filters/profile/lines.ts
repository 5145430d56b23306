import type { ConfigEdit } from '@zonedeck/shared/filter/edit'
import type { Path } from '@zonedeck/shared/filter/pointer'

/** Above this many single edits the list is written as a whole: each edit reads the whole configuration. */
const MOST_EDITS = 12

/** Entries as the lines of a text. */
export function textOfLines(lines: readonly string[]): string {
  return lines.join('\n')
}

/**
 * A text as entries, each line as it stands. Empty lines at the end are what a last press of the return key leaves; no more
 * of them are kept than there were.
 */
export function linesOfText(text: string, before: readonly string[] = []): string[] {
  if (text === '') return []
  const lines = text.split(/\r\n|[\r\n]/)
  while (lines.at(-1) === '' && emptyEnds(lines) > emptyEnds(before)) lines.pop()
  return lines
}

function emptyEnds(lines: readonly string[]): number {
  const last = lines.findLastIndex((line) => line !== '')
  return lines.length - 1 - last
}

/**
 * The edits that turn a list's entries into other ones. Where few differ, only those are touched. An entry that holds a
 * line break stays one as long as its lines do.
 */
export function lineEdits(path: Path, before: readonly string[], after: readonly string[]): ConfigEdit[] {
  const { start, newStart, oldEnd, newEnd } = differing(before, after)
  const removed = oldEnd - start
  const added = after.slice(newStart, newEnd)
  if (removed === 0 && added.length === 0) return []
  if (Math.max(removed, added.length) > MOST_EDITS || before.length === 0) {
    return [{ op: 'set', path, value: [...before.slice(0, start), ...added, ...before.slice(oldEnd)] }]
  }
  const both = Math.min(removed, added.length)
  return [
    ...added.slice(0, both).map((value, index): ConfigEdit => ({ op: 'set', path: [...path, start + index], value })),
    // From the end, so that positions stay true.
    ...Array.from({ length: removed - both }, (_, index): ConfigEdit => ({
      op: 'remove',
      path: [...path, oldEnd - 1 - index],
    })),
    ...added
      .slice(both)
      .map((value, index): ConfigEdit => ({ op: 'insert', path: [...path, start + both + index], value })),
  ]
}

/** The part between what is the same at the beginning and at the end, as positions in each. */
function differing(before: readonly string[], after: readonly string[]) {
  let start = 0
  let newStart = 0
  for (; start < before.length; start++) {
    const lines = linesOfEntry(before[start])
    if (!lines.every((line, index) => after[newStart + index] === line)) break
    newStart += lines.length
  }
  let oldEnd = before.length
  let newEnd = after.length
  for (; oldEnd > start; oldEnd--) {
    const lines = linesOfEntry(before[oldEnd - 1])
    const from = newEnd - lines.length
    if (from < newStart || !lines.every((line, index) => after[from + index] === line)) break
    newEnd = from
  }
  return { start, newStart, oldEnd, newEnd }
}

function linesOfEntry(entry: string | undefined): string[] {
  return (entry ?? '').split(/\r\n|[\r\n]/)
}
