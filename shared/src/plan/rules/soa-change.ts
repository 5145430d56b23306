import type { Finding } from '../../job.ts'
import { answered, answersDiffer, type SafetyRule } from './rule.ts'

/** RFC 1982: is serial `a` newer than `b`? */
function newer(a: number, b: number): boolean {
  return a !== b && (a - b) >>> 0 < 0x8000_0000
}

const fieldNames = ['primary server', 'responsible person', 'serial', 'refresh', 'retry', 'expire', 'negative TTL']

/** The start of authority: without one there is no zone, and with an older serial the secondaries stand still. */
export const soaChange: SafetyRule = {
  id: 'soa-change',
  existingOnly: true,
  check({ changes }) {
    const change = changes.find(({ name, type }) => name === '@' && type === 'SOA')
    if (change === undefined) return []
    const finding = (severity: Finding['severity'], title: string, reason: string): Finding[] => [
      { id: 'soa-change', severity, title, reason, name: '@', type: 'SOA' },
    ]
    const [after] = answered(change.after)
    if (after === undefined) {
      return finding('danger', 'The zone stops to exist for resolvers', 'A zone without its SOA record is not served.')
    }
    const [before] = answered(change.before)
    if (before === undefined || !answersDiffer(change.before, change.after)) return []
    const was = before.split(' ')
    const will = after.split(' ')
    if (newer(Number(was[2]), Number(will[2]))) {
      return finding(
        'danger',
        'Secondary servers stop to follow this zone',
        `The serial goes back from ${was[2] ?? ''} to ${will[2] ?? ''}. A secondary takes a zone only when its serial is higher than the one it has.`,
      )
    }
    const changed = fieldNames.filter((_, index) => index !== 2 && was[index] !== will[index])
    if (changed.length === 0) return []
    return finding(
      'warning',
      'The zone’s own data changes',
      `The SOA changes in its ${changed.join(', ')}. Secondary servers and negative answers follow it.`,
    )
  },
}
