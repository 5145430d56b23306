import { compareNames, toAbsolute } from '../names.ts'
import type { RecordSet } from '../record-set.ts'
import { formatComment } from './comment.ts'
import { DISABLED_MARK } from './read.ts'

/**
 * Writes record sets as a master file that every server reads: `$ORIGIN`, `$TTL`, one record a line with its TTL and
 * class. A disabled record is a comment that only our reader takes for one: to others it is never live. Comments of
 * records stand behind them, those of sets above them.
 *
 * @param zone without the last dot; `@` is the root
 */
export function writeZoneFile(zone: string, recordSets: readonly RecordSet[]): string {
  const sets = recordSets
    .map((set) => ({ set, name: toAbsolute(set.name, zone) }))
    .sort((a, b) => Number(b.set.type === 'SOA') - Number(a.set.type === 'SOA') || compareNames(a.name, b.name))
  const lines = [`$ORIGIN ${toAbsolute('@', zone)}`, `$TTL ${commonTtl(recordSets)}`]
  for (const { set } of sets) {
    for (const { content } of set.comments ?? []) {
      for (const line of content.split(/[\r\n\u2028\u2029]+/)) lines.push(`; ${line}`)
    }
    for (const { rdata, ttl, disabled, comment } of set.records) {
      const record = `${set.name} ${ttl ?? set.ttl} IN ${set.type} ${rdata}${formatComment(comment)}`
      lines.push(disabled ? `${DISABLED_MARK}${record}` : record)
    }
  }
  return `${lines.join('\n')}\n`
}

/** The TTL that most sets have. */
function commonTtl(recordSets: readonly RecordSet[]): number {
  const counts = new Map<number, number>()
  for (const { ttl } of recordSets) counts.set(ttl, (counts.get(ttl) ?? 0) + 1)
  let common = 3600
  let most = 0
  for (const [ttl, count] of counts) {
    if (count > most) {
      common = ttl
      most = count
    }
  }
  return common
}
