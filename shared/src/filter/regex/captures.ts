import { Cursor, type Options } from './cursor.ts'

/** The capturing groups of a pattern: their numbers, and the number of each name. */
export interface Captures {
  numbers: ReadonlySet<number>
  names: ReadonlyMap<string, number>
}

/**
 * The first pass over a pattern. Unnamed groups are counted first, then names get the numbers that are left, so a number
 * is known only at the end. Throws PatternError.
 */
export function findCaptures(pattern: string, options: Options): Captures {
  const cursor = new Cursor(pattern, options)
  const numbers = new Set([0])
  const names: string[] = []
  const stack: Options[] = []
  let next = 1
  let ignoreNext = false
  while (!cursor.isAtEnd) {
    const character = cursor.next
    if (character === '#' && cursor.options.extended) {
      cursor.skipBlank()
      continue
    }
    if (cursor.looksAt('(?#')) {
      cursor.skipBlank()
      ignoreNext = false
      continue
    }
    cursor.at++
    // What follows \c may be a bracket or a backslash.
    if (character === '\\') cursor.at += cursor.next === 'c' ? 2 : 1
    else if (character === '[') cursor.bracketed()
    else if (character === ')') cursor.options = stack.pop() ?? cursor.options
    else if (character === '(') {
      stack.push(cursor.options)
      const ignored = ignoreNext
      ignoreNext = false
      if (!cursor.take('?')) {
        if (!cursor.options.explicitCapture && !ignored) numbers.add(next++)
      } else if (/^[<']./s.test(pattern.slice(cursor.at, cursor.at + 2))) {
        cursor.at++
        if (/^[1-9]$/.test(cursor.next)) numbers.add(cursor.number())
        else if (cursor.next !== '0') {
          const name = cursor.name()
          if (name !== '' && !names.includes(name)) names.push(name)
        }
      } else {
        cursor.inlineOptions()
        if (cursor.take(')')) stack.pop()
        else ignoreNext = cursor.next === '('
      }
    }
  }
  const byName = new Map<string, number>()
  for (const name of names) {
    while (numbers.has(next)) next++
    byName.set(name, next)
    numbers.add(next++)
  }
  return { numbers, names: byName }
}
