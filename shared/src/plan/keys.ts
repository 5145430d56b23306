import type { Change } from '../change.ts'
import type { Finding } from '../job.ts'

// Apart from the schemas, so that a page which shows a difference does not load the schema library.

/** The identity of a set inside its zone. */
export function setKey(set: { name: string; type: string }): string {
  return `${set.name} ${set.type}`
}

/**
 * A text whose plain order keeps a name together with the names below it, the apex first (RFC 4034 §6.1 in spirit; exact
 * for names without escapes). Made once a name, so that sorting 100,000 sets compares strings and nothing else.
 */
export function orderKey(name: string): string {
  if (name === '@') return ''
  if (!name.includes('.')) return name
  return name.split('.').reverse().join('\u0000')
}

/** Plain code-unit order: the same on every machine, unlike the locale's. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export type ChangeKind = 'create' | 'modify' | 'delete'

export function changeKind(change: Change): ChangeKind {
  if (change.before === null) return 'create'
  return change.after === null ? 'delete' : 'modify'
}

/** Names one finding of one plan. */
export function findingKey(finding: Pick<Finding, 'id' | 'name' | 'type'>): string {
  return [finding.id, finding.name ?? '', finding.type ?? ''].join(' ')
}
