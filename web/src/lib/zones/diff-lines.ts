import type { Change } from '@zonedeck/shared/change'
import type { ChangeView, DiffLine } from '@zonedeck/shared/plan/describe'
import { diffParts, type Part } from './diff-parts.ts'
import { shownRdata } from './shown-rdata.ts'
import { exactTtl } from './ttl.ts'

/** A line of a diff row, its differing part marked. */
export interface ShownLine {
  sign: '-' | '+' | ' '
  parts: readonly Part[]
  note: string
}

/**
 * What is shown of a change: each removed value right above the one that takes its place, then what comes, what stays,
 * and the TTL, once for the set as DNS has it.
 */
export function diffLines(view: ChangeView, change: Change): ShownLine[] {
  const ttl = change.after?.ttl ?? change.before?.ttl ?? 0
  const ttlChanges = change.before !== null && change.after !== null && change.before.ttl !== change.after.ttl
  // With another TTL for the set every record goes and comes back; only what else differs is worth a pair of lines.
  const gone = view.lines.filter(({ sign }) => sign === '-')
  const come = view.lines.filter(({ sign }) => sign === '+')
  const stay = view.lines.filter(({ sign }) => sign === ' ')
  if (ttlChanges) {
    for (let index = gone.length - 1; index >= 0; index--) {
      const old = gone[index]
      const at = come.findIndex((line) => old !== undefined && sameButTtl(line, old))
      const moved = come[at]
      if (moved === undefined) continue
      gone.splice(index, 1)
      come.splice(at, 1)
      stay.unshift(moved)
    }
  }
  const lines: ShownLine[] = []
  while (gone.length > 0) {
    const old = gone.shift() as DiffLine
    const at = come.findIndex(({ rdata }) => rdata === old.rdata)
    const [next] = come.splice(Math.max(0, at), 1)
    const parts =
      next === undefined
        ? { before: [value(old)], after: [] }
        : diffParts(shownRdata(old.rdata), shownRdata(next.rdata))
    lines.push({ sign: '-', parts: parts.before, note: note(old, ttl, ttlChanges) })
    if (next !== undefined) lines.push({ sign: '+', parts: parts.after, note: note(next, ttl, ttlChanges) })
  }
  for (const line of come) lines.push({ sign: '+', parts: [value(line)], note: note(line, ttl, ttlChanges) })
  for (const line of stay) lines.push({ sign: ' ', parts: [value(line)], note: note(line, ttl, ttlChanges) })
  if (view.comments !== undefined) {
    for (const text of view.comments.before) lines.push({ sign: '-', parts: [whole(`“${text}”`)], note: 'comment' })
    for (const text of view.comments.after) lines.push({ sign: '+', parts: [whole(`“${text}”`)], note: 'comment' })
  }
  if (ttlChanges) {
    lines.push({ sign: '-', parts: [whole(`TTL ${exactTtl(change.before?.ttl ?? 0)}`)], note: '' })
    lines.push({ sign: '+', parts: [whole(`TTL ${exactTtl(ttl)}`)], note: '' })
  } else if (change.after !== null) {
    lines.push({ sign: ' ', parts: [whole(`TTL ${exactTtl(ttl)}`)], note: '' })
  }
  return lines
}

function sameButTtl(a: DiffLine, b: DiffLine): boolean {
  return a.rdata === b.rdata && a.disabled === b.disabled && a.comment === b.comment
}

function value(line: DiffLine): Part {
  return whole(shownRdata(line.rdata))
}

function whole(text: string): Part {
  return { text, differs: false }
}

function note(line: DiffLine, ttl: number, ttlChanges: boolean): string {
  const notes = [
    line.disabled ? 'disabled' : '',
    line.comment ? `“${line.comment}”` : '',
    line.ttl !== ttl && !ttlChanges ? `TTL ${exactTtl(line.ttl)}` : '',
  ]
  return notes.filter(Boolean).join(', ')
}
