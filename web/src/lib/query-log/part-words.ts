import { when } from '#lib/when.ts'
import type { FilterPart } from './log-question.ts'
import { answererWords, protocolWords, rcodeWords, wordFor } from './log-words.ts'

/** A part of the filter as a person reads it. */
export function partWords(part: FilterPart, value: string): string {
  switch (part) {
    case 'client':
    case 'name':
    case 'type':
      return value
    case 'rcode':
      return wordFor(rcodeWords, value)
    case 'answeredBy':
      return wordFor(answererWords, value)
    case 'protocol':
      return wordFor(protocolWords, value)
    case 'from':
      return `from ${when(value)}`
    case 'to':
      return `until ${when(value)}`
  }
}
