import type { Capabilities } from '../capabilities.ts'
import type { Change } from '../change.ts'
import type { RecordSet } from '../record-set.ts'
import type { Operation } from '../operation.ts'
import { duration } from './duration.ts'
import { operationSubject } from './operation-words.ts'

/** What changes no answer. */
const quiet = new Set([
  'settings',
  'permissions',
  'action',
  'user-create',
  'user-update',
  'user-delete',
  'filter',
  'filter-refresh',
  'filter-blocking',
])

/** The longest that a resolver may keep an answer that is about to change, in seconds. */
function oldestAnswer(changes: readonly Change[]): number {
  let ttl = 0
  for (const { before } of changes) {
    for (const record of before?.records ?? []) ttl = Math.max(ttl, record.ttl ?? before?.ttl ?? 0)
  }
  return ttl
}

/** How long "no such name" may be kept (RFC 2308 §5): the lower of the SOA's TTL and its last field. */
function negativeTtl(recordSets: readonly RecordSet[]): number | undefined {
  const soa = recordSets.find((set) => set.type === 'SOA' && set.name === '@')
  const minimum = Number(soa?.records[0]?.rdata.split(' ')[6])
  return soa === undefined || Number.isNaN(minimum) ? undefined : Math.min(soa.ttl, minimum)
}

/** What will happen, in order, as sentences for the preview. `server` is the connection's name. */
export function consequences(input: {
  capabilities: Capabilities
  changes: readonly Change[]
  server: string
  recordSets: readonly RecordSet[]
  operation?: Operation | undefined
  /** What the operation does, as `operationSentences` says it. */
  about?: readonly string[]
}): string[] {
  const { capabilities, changes, server, recordSets, operation } = input
  const sentences = [...(input.about ?? [])]
  if (changes.length > 0 && operation?.operation !== 'import') {
    const how = capabilities.apply === 'atomic' ? 'as one request: all or nothing' : 'one after the other'
    sentences.push(
      changes.length === 1
        ? `One change is sent to ${server}.`
        : `${changes.length} changes are sent to ${server} ${how}.`,
    )
    if (capabilities.apply === 'sequential' && changes.length > 1) {
      sentences.push('A change that the server refuses does not hold up the others.')
    }
  }
  const oldest = operation?.operation === 'delete' ? oldestAnswer(recordSets.map(asDelete)) : oldestAnswer(changes)
  if (oldest > 0) sentences.push(`Old answers can live in caches for up to ${duration(oldest)}.`)
  const negative = negativeTtl(recordSets)
  if (operation === undefined && negative !== undefined && changes.some(({ before }) => before === null)) {
    sentences.push(`Where a new name was asked for before, "no such name" can live for up to ${duration(negative)}.`)
  }
  if (capabilities.publishDelay !== undefined && (operation === undefined || !quiet.has(operation.operation))) {
    const [least, most] = capabilities.publishDelay
    sentences.push(`${server} publishes it after ${duration(least)} to ${duration(most)}.`)
  }
  const what = operationSubject(operation)
  sentences.push(`The ${what} is read again afterwards, and what was there before is kept in the history.`)
  return sentences
}

const asDelete = (set: RecordSet): Change => ({ name: set.name, type: set.type, before: set, after: null })
