import type { Capabilities } from '@zonedeck/shared/capabilities'
import type { DnsRecord, RecordSet } from '@zonedeck/shared/record-set'

/** What of a record beside its data a server can hold. */
export interface Keeps {
  comments: 'record' | 'set' | 'none'
  disabled: boolean
}

export function keepsOf(capabilities: Pick<Capabilities, 'comments' | 'disableRecord'> | undefined): Keeps {
  const { comments, disableRecord } = capabilities ?? {}
  return { comments: typeof comments === 'string' ? comments : 'none', disabled: disableRecord === true }
}

/** A set of a file as a server can hold it; null when nothing of it is left. */
export function fit(set: RecordSet, keeps: Keeps): RecordSet | null {
  // A disabled record must never go live because a server cannot keep it switched off.
  const records = keeps.disabled ? set.records : set.records.filter((record) => record.disabled !== true)
  if (records.length === 0) return null
  // The comments inside an SOA explain its numbers, which change by themselves.
  if (set.type === 'SOA') return { ...set, records: records.map(withoutComment) }
  if (keeps.comments === 'record') return { ...set, records }
  const said = [...new Set(records.flatMap((record) => record.comment ?? []))]
  return {
    ...set,
    records: records.map(withoutComment),
    ...(keeps.comments === 'set' && said.length > 0 ? { comments: said.map((content) => ({ content })) } : {}),
  }
}

function withoutComment({ comment: _, ...record }: DnsRecord): DnsRecord {
  return record
}

/** What a file does not say and the server knows stays: comments, and what belongs to a value that stays. */
export function carry(set: RecordSet, present: RecordSet | undefined): RecordSet {
  if (present === undefined) return set
  const known = new Map(present.records.map((record) => [record.rdata, record]))
  const comments = set.comments ?? present.comments
  return {
    ...set,
    records: set.records.map((record) => {
      const { disabled: _, ...rest } = known.get(record.rdata) ?? {}
      return { ...rest, ...record }
    }),
    ...(comments === undefined ? {} : { comments }),
  }
}
