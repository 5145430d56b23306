import type { Explanation, FilterQuery } from '@zonedeck/shared/filter/explain'
import type { VerdictFix } from '@zonedeck/shared/filter/smallest-fix'

/** What the page asks of the worker. */
export type ToWorker =
  | { kind: 'judge'; id: number; server: string; draft: string | null; query: FilterQuery }
  /** A block list: the panel's answer to fetching it, which holds the text. It is read here, so that the page does not wait. */
  | { kind: 'list'; url: string; type: 'domain' | 'regex'; answer: Blob }

/** What it answers. A question is answered by `begun`, `verdicts` and `fixes`, or by `failed`. */
export type FromWorker =
  | { kind: 'begun'; id: number }
  | { kind: 'verdicts'; id: number; verdicts: Verdicts }
  | { kind: 'fixes'; id: number; fixes: VerdictFix[] }
  | { kind: 'failed'; id: number; why: string }
  | { kind: 'list'; url: string; outcome: ListOutcome }

/** Null: the app refuses the configuration, so nothing can be said about it. */
export interface Verdicts {
  server: Explanation | null
  /** With the draft saved; null as well where there is no draft. */
  draft: Explanation | null
}

export type ListOutcome = { ok: true; entries: number } | { ok: false; trouble: string }
