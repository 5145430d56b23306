import { readRule } from '@zonedeck/shared/filter/compile'
import { trim } from '@zonedeck/shared/filter/dotnet/text'
import type { LinesKey } from './profile-findings.ts'

/** What the app makes of a line. */
export type LineKind = 'blocks' | 'allows' | 'comment' | 'blank'

export function lineKind(key: LinesKey, line: string): LineKind {
  const text = trim(line)
  if (text === '') return 'blank'
  if (key === 'customRules') {
    const rule = readRule(line)
    return rule === null ? 'comment' : rule.allows ? 'allows' : 'blocks'
  }
  // The allow list knows no comments: a line with # is an entry that never matches.
  if (text.startsWith('#') && key !== 'allowList') return 'comment'
  return key === 'regexBlockRules' ? 'blocks' : 'allows'
}

/** Lines that were typed or pasted to be added: without the empty ones. */
export function pastedLines(text: string): string[] {
  return text.split(/\r\n|[\r\n]/).flatMap((line) => (trim(line) === '' ? [] : trim(line)))
}
