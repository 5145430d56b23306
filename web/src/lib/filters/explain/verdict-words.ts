import type { FilterAnswer } from '@zonedeck/shared/filter/answer'
import type { Explanation, Step } from '@zonedeck/shared/filter/explain'
import type { Source } from '@zonedeck/shared/filter/source'

/** `Blocked by the service YouTube`. */
export function verdictTitle({
  verdict,
  sources,
  answer,
}: Pick<Explanation, 'verdict' | 'sources' | 'answer'>): string {
  const [source] = sources
  switch (verdict) {
    case 'block':
      return source === undefined ? 'Blocked' : `Blocked by ${sourceWords(source)}`
    case 'rewrite':
      return `Rewritten to ${answer?.records[0]?.[2] ?? 'nothing'}`
    case 'allow':
      return source === undefined || !allows(source) ? 'Allowed' : `Allowed by ${sourceWords(source)}`
  }
}

/** A query can pass because of an entry that would answer it, and cannot. */
function allows({ kind, path }: Source): boolean {
  return kind === 'allow' || kind === 'rule' || (kind === 'regex' && path[2] === 'regexAllowRules')
}

function sourceWords({ kind, text, service, list }: Source): string {
  switch (kind) {
    case 'service':
      return `the service ${service?.name ?? text}`
    case 'list':
      return `the list ${list?.name ?? ''}`
    case 'regex':
      return list === undefined ? `the pattern ${text}` : `a pattern of the list ${list.name}`
    case 'rule':
      return `the rule ${text}`
    case 'allow':
      return `${text} on the allow list`
    case 'rewrite':
      return `the rewrite of ${text}`
  }
}

/** What the device gets. */
export function answerWords(answer: FilterAnswer | null, type: string): string {
  if (answer === null) return 'The server resolves it as if there were no filter.'
  if (answer.rcode === 'NXDOMAIN') return 'It answers that there is no such name (NXDOMAIN).'
  if (answer.records.length === 0) return `It answers that the name has no ${type} record.`
  const records = answer.records.map(([kind, ttl, data]) => `${kind} ${data} for ${ttl} s`)
  return `It answers ${records.join(', ')}.`
}

/** A row of the trace. `reached` is false for what comes after the step that decides. */
export interface TraceRow {
  id: Step['id']
  text: string
  state: 'passed' | 'decides' | 'not-reached'
}

const ORDER: readonly (readonly [Step['id'], string])[] = [
  ['switch', 'The switch for all filtering'],
  ['client', 'Client entries'],
  ['profile', 'The profile'],
  ['rewrite', 'Rewrites'],
  ['allow-list', 'Allow lists'],
  ['allow-pattern', 'Allowing patterns'],
  ['schedule', 'Filtering hours'],
  ['block-list', 'Services, rules and lists'],
  ['block-pattern', 'Blocking patterns'],
]

/** The steps in the app's order, and those that it did not come to. */
export function traceRows(steps: readonly Step[]): TraceRow[] {
  const last = Math.max(-1, ...steps.map(({ id }) => ORDER.findIndex(([known]) => known === id)))
  return [
    ...steps.map(({ id, text, decides }): TraceRow => ({ id, text, state: decides ? 'decides' : 'passed' })),
    ...(steps.some(({ decides }) => decides)
      ? ORDER.slice(last + 1).map(([id, text]): TraceRow => ({ id, text, state: 'not-reached' }))
      : []),
  ]
}
