import { sameName } from './names.ts'
import type { Rdata, SvcParams } from './rdata.ts'
import { hintTarget, isHintTarget, svcbRdata } from './rdata-svcb.ts'
import type { State } from './state.ts'
import { recordsAt, recordsOfZone, type HeldRecord, type HeldZone } from './zone.ts'
import { updateRecord } from './zone-writes.ts'

/** A record beside the ones of the zone: of the file that is being imported. */
interface OtherRecord {
  name: string
  type: string
  rdata: Rdata
}

function addressesAt(zone: HeldZone | null, name: string, type: 'A' | 'AAAA'): string[] {
  if (!zone) return []
  return recordsAt(zone, name, type)
    .filter((record) => !record.disabled)
    .map((record) => record.rdata.address?.text ?? '')
}

/** The record's data with the hints it leaves to the server: the addresses its target has in the zone. */
export function resolveHints(zone: HeldZone | null, record: HeldRecord, others: OtherRecord[] = []): Rdata {
  const svcb = record.rdata.svcb
  const target = svcb ? hintTarget(record.name, svcb) : null
  if (!svcb || target === null) return record.rdata
  const params: SvcParams = new Map(svcb.params)
  const fill = (key: 'ipv4hint' | 'ipv6hint', type: 'A' | 'AAAA') => {
    const known = addressesAt(zone, target, type)
    const imported = others
      .filter((other) => other.type === type && sameName(other.name, target))
      .map((other) => other.rdata.address?.text ?? '')
    const addresses = [...new Set([...known, ...imported])]
    if (addresses.length > 0) params.set(key, addresses.join(','))
    else params.delete(key)
  }
  if (record.hints.ipv4) fill('ipv4hint', 'A')
  if (record.hints.ipv6) fill('ipv6hint', 'AAAA')
  return svcbRdata({ ...svcb, params })
}

/** After a change of addresses, when the caller asks for it: every record that takes its hints from them. */
export function updateHints(state: State, zone: HeldZone, name: string, type: 'A' | 'AAAA'): void {
  for (const record of recordsOfZone(zone)) {
    const wanted = type === 'A' ? record.hints.ipv4 : record.hints.ipv6
    const svcb = record.rdata.svcb
    if (!wanted || !svcb || !isHintTarget(record.name, svcb, name)) continue
    const hints = { ipv4: type === 'A', ipv6: type === 'AAAA' }
    const rdata = resolveHints(zone, { ...record, hints })
    updateRecord(state, zone, record.name, record.rdata, { ...record, rdata })
  }
}
