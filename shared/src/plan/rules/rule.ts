import type { Change } from '../../change.ts'
import type { Finding } from '../../job.ts'
import type { RecordSet } from '../../record-set.ts'
import type { Operation } from '../../operation.ts'

/** What a rule may look at. The maps are by `name type`; `before` is the whole zone, `after` what it would become. */
export interface SafetyContext {
  zone: string
  before: ReadonlyMap<string, RecordSet>
  after: ReadonlyMap<string, RecordSet>
  changes: readonly Change[]
  operation?: Operation | undefined
}

/** One thing that is worth knowing before applying. `id` is kebab-case, octoDNS's name where it has one. */
export interface SafetyRule {
  id: string
  /** Speaks of what people rely on already: silent while a zone is being created. */
  existingOnly?: true
  check(context: SafetyContext): Finding[]
}

/** The records of a set that are answered. */
export function answered(set: RecordSet | null | undefined): string[] {
  return set?.records.filter((record) => record.disabled !== true).map((record) => record.rdata) ?? []
}

/** Do the two sets give other answers? TTL, comments and disabled records aside. */
export function answersDiffer(before: RecordSet | null, after: RecordSet | null): boolean {
  const was = answered(before).sort()
  const will = answered(after).sort()
  return was.length !== will.length || was.some((rdata, index) => rdata !== will[index])
}

/** The name as a person says it. */
export function spoken(name: string): string {
  return name === '@' ? 'the zone apex' : name
}

/** `a, b and 3 more` of a list that may be long. */
export function some(items: readonly string[], most = 3): string {
  if (items.length <= most) return items.join(', ')
  return `${items.slice(0, most).join(', ')} and ${items.length - most} more`
}
