import type { DnsRecord, RecordSet } from '@zonedeck/shared/record-set'
import { ProviderError } from '../provider-error.ts'
import { toContent, toRdata, valueOf } from './content.ts'
import type { NewRecord, WireRecord } from './wire.ts'

/** One step towards the wanted set. With both, the old record goes first, because the server takes no second one. */
export interface Move {
  remove?: WireRecord
  add?: NewRecord
}

const TOGGLED =
  'The API of CustomDNS cannot switch a record on or off. Do it on its own pages; here it can be left as it is or deleted.'
const REMADE =
  'This record is inactive. CustomDNS would make it anew with another TTL or priority, and it would be active then. Leave it as it is.'

/**
 * The steps that turn the records a set has on the server into `after`. The server has no call that changes a record, so
 * a change is a new record and the end of the old one:
 *
 * - What has the same data under another TTL or priority is deleted and made anew, since a second record with the same
 *   name, type and content is refused. So is a CNAME, of which a name has one.
 * - Everything else is added before anything is deleted, so that the name never goes empty. What is inactive goes last:
 *   nothing could bring it back.
 *
 * `name` is the record's name by its A-labels: the server takes no TXT at any other. Pure. Throws `refused` for what cannot be said to this server.
 */
export function compile(type: string, name: string, held: readonly WireRecord[], after: RecordSet | null): Move[] {
  const left = held.map((wire) => ({ wire, rdata: toRdata(type, wire) }))
  const take = (test: (record: (typeof left)[number]) => boolean): WireRecord | undefined => {
    const index = left.findIndex(test)
    return index < 0 ? undefined : left.splice(index, 1)[0]?.wire
  }
  const ttlOf = (record: DnsRecord) => record.ttl ?? after?.ttl ?? 0
  const changed = (after?.records ?? []).filter(
    (wanted) =>
      take(
        ({ wire, rdata }) =>
          rdata === wanted.rdata && wire.ttl === ttlOf(wanted) && wire.active === (wanted.disabled !== true),
      ) === undefined,
  )

  const remade: Move[] = []
  const added: NewRecord[] = []
  for (const wanted of changed) {
    const active = wanted.disabled !== true
    const value = valueOf(type, wanted.rdata)
    const same = ({ rdata }: { rdata: string }) => valueOf(type, rdata) === value
    // Of two with the same data, the one in the same state is meant.
    const old = take((record) => same(record) && record.wire.active === active) ?? take(same)
    if (!active || old?.active === false)
      throw new ProviderError('refused', old && !active && !old.active ? REMADE : TOGGLED)
    const ttl = ttlOf(wanted)
    if (old) {
      const { prio } = toContent(type, wanted.rdata)
      remade.push({ remove: old, add: { name, type, content: old.content, ttl, prio } })
    } else added.push({ name, type, ...toContent(type, wanted.rdata), ttl })
  }
  const removed = left.map(({ wire }) => wire).sort((a, b) => Number(b.active) - Number(a.active))

  if (type === 'CNAME') {
    const swapped = added.splice(0, removed.length).map((add, index) => ({ add, remove: removed[index] }))
    const rest = removed.slice(swapped.length)
    return [
      ...remade,
      ...rest.map((remove) => ({ remove })),
      ...swapped.map(({ add, remove }) => ({ add, ...(remove ? { remove } : {}) })),
      ...added.map((add) => ({ add })),
    ]
  }
  return [...added.map((add) => ({ add })), ...remade, ...removed.map((remove) => ({ remove }))]
}
