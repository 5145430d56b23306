import type { Change } from '../change.ts'
import type { DnsRecord, RecordSet } from '../record-set.ts'
import { compareText } from './keys.ts'
import { recordText } from './same-set.ts'

/** One row of a difference: a record that goes, comes, or stays. `ttl` in seconds. */
export interface DiffLine {
  sign: '-' | '+' | ' '
  rdata: string
  ttl: number
  disabled?: boolean
  comment?: string
}

export interface ChangeView {
  verb: 'CREATE' | 'MODIFY' | 'MODIFY-TTL' | 'DELETE'
  name: string
  type: string
  /** What goes, then what comes, then what stays. */
  lines: DiffLine[]
  /** Comments of the set as a whole, where they differ. */
  comments?: { before: string[]; after: string[] }
}

interface Entry {
  record: DnsRecord
  set: RecordSet
  ttl: number
  text: string
}

function entries(set: RecordSet | null): Entry[] {
  if (set === null) return []
  return set.records.map((record) => ({
    record,
    set,
    ttl: record.ttl ?? set.ttl,
    text: recordText(record, set),
  }))
}

function line(sign: DiffLine['sign'], { record, ttl }: Entry): DiffLine {
  return {
    sign,
    rdata: record.rdata,
    ttl,
    ...(record.disabled ? { disabled: true } : {}),
    ...(record.comment ? { comment: record.comment } : {}),
  }
}

/** Splits two states into what goes, what comes and what stays; a record that occurs twice is matched once each. */
function split(change: Change): { gone: Entry[]; come: Entry[]; stay: Entry[] } {
  const left = new Map<string, Entry[]>()
  for (const entry of entries(change.before)) left.set(entry.text, [...(left.get(entry.text) ?? []), entry])
  const come: Entry[] = []
  const stay: Entry[] = []
  for (const entry of entries(change.after)) {
    if (left.get(entry.text)?.pop() === undefined) come.push(entry)
    else stay.push(entry)
  }
  return { gone: [...left.values()].flat(), come, stay }
}

/** Only the TTL differs between what goes and what comes. */
function isTtlOnly(gone: readonly Entry[], come: readonly Entry[]): boolean {
  if (gone.length === 0 || gone.length !== come.length) return false
  const bare = ({ record, set }: Entry) => recordText({ ...record, ttl: 0 }, set)
  const ours = gone.map(bare).sort(compareText)
  const theirs = come.map(bare).sort(compareText)
  return ours.every((text, index) => text === theirs[index])
}

const commentsOf = (set: RecordSet | null) => (set?.comments ?? []).map(({ content }) => content)

/** One change as rows for the eye. */
export function viewChange(change: Change): ChangeView {
  const { gone, come, stay } = split(change)
  const view: ChangeView = {
    verb:
      change.before === null
        ? 'CREATE'
        : change.after === null
          ? 'DELETE'
          : isTtlOnly(gone, come)
            ? 'MODIFY-TTL'
            : 'MODIFY',
    name: change.name,
    type: change.type,
    lines: [
      ...gone.map((entry) => line('-', entry)),
      ...come.map((entry) => line('+', entry)),
      ...stay.map((entry) => line(' ', entry)),
    ],
  }
  const before = commentsOf(change.before)
  const after = commentsOf(change.after)
  if (before.join('\u0000') !== after.join('\u0000')) view.comments = { before, after }
  return view
}

function state({ record, ttl }: Entry): string {
  const flags = [record.disabled ? ' disabled' : '', record.comment ? ` comment=${JSON.stringify(record.comment)}` : '']
  return `${record.rdata} ttl=${ttl}${flags.join('')}`
}

/**
 * One change in DNSControl's words, a line a record: `+ CREATE`, `± MODIFY (old) -> (new)`, `± MODIFY-TTL … ttl=(60->300)`,
 * `- DELETE`. `zone` makes the names whole; without it they stay relative.
 */
export function describeChange(change: Change, zone?: string): string[] {
  const { gone, come } = split(change)
  const whole = zone === undefined || zone === '@' ? change.name : change.name === '@' ? zone : `${change.name}.${zone}`
  const who = `${whole} ${change.type}`
  const lines: string[] = []
  const old = [...gone].sort((a, b) => compareText(a.text, b.text))
  const fresh = [...come].sort((a, b) => compareText(a.text, b.text))

  // The same record with another TTL first, then what is left in pairs, as DNSControl does.
  for (const entry of [...old]) {
    const match = fresh.findIndex(
      ({ record, set }) =>
        recordText({ ...record, ttl: 0 }, set) === recordText({ ...entry.record, ttl: 0 }, entry.set),
    )
    const other = match < 0 ? undefined : fresh[match]
    if (other === undefined) continue
    lines.push(`± MODIFY-TTL ${who} ${entry.record.rdata} ttl=(${entry.ttl}->${other.ttl})`)
    old.splice(old.indexOf(entry), 1)
    fresh.splice(match, 1)
  }
  while (old.length > 0 || fresh.length > 0) {
    const entry = old.shift()
    const other = fresh.shift()
    if (entry !== undefined && other !== undefined) lines.push(`± MODIFY ${who} (${state(entry)}) -> (${state(other)})`)
    else if (entry !== undefined) lines.push(`- DELETE ${who} ${state(entry)}`)
    else if (other !== undefined) lines.push(`+ CREATE ${who} ${state(other)}`)
  }
  const { comments } = viewChange(change)
  if (comments !== undefined && change.before !== null && change.after !== null) {
    lines.push(`± MODIFY-COMMENT ${who} (${comments.before.join('; ')}) -> (${comments.after.join('; ')})`)
  }
  return lines
}
