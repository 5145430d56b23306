import type { DnssecState } from '@zonedeck/shared/dnssec'
import * as z from 'zod'
import { ProviderError } from '../provider-error.ts'
import type { DnsProvider } from '../provider.ts'
import type { makeCall } from './call.ts'
import { sign } from './dnssec-actions.ts'
import { signedState, toDs } from './dnssec-state.ts'
import { stepCall } from './dnssec-steps.ts'
import { dnssecProperties, dsInfo, recordList, type DnssecProperties } from './wire.ts'

const UNSIGNED: DnssecState = {
  state: 'off',
  detail: 'The zone is not signed.',
  facts: [],
  keys: [],
  ds: [],
  actions: [sign],
}

const rest = { facts: [], keys: [], ds: [], actions: [] }

/**
 * The signing of a zone. What a token may see decides: keys need Modify in the server's section Zones, the DS records
 * View alone.
 */
export function makeDnssec(
  calls: ReturnType<typeof makeCall>,
  address: (zone: string) => string,
): NonNullable<DnsProvider['dnssec']> {
  const { call } = calls
  const asked = (zone: string) => ({ zone: address(zone) })
  const viewDs = (zone: string) => call('/api/zones/dnssec/viewDS', asked(zone), dsInfo, { reads: true })

  /** The records at the zone's own name. */
  const apex = (zone: string) =>
    call('/api/zones/records/get', { ...asked(zone), domain: address(zone) }, recordList, { reads: true })

  async function read(zone: string): Promise<DnssecState> {
    let properties: DnssecProperties
    try {
      properties = await call('/api/zones/dnssec/properties/get', asked(zone), dnssecProperties, { reads: true })
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      if (error.kind === 'forbidden') return readDs(zone)
      if (error.kind === 'refused' && /must be a primary zone/i.test(error.message)) return readCopy(zone)
      throw error
    }
    if (properties.dnssecStatus === 'Unsigned') return UNSIGNED
    const [{ dsRecords }, { records }] = await Promise.all([viewDs(zone), apex(zone)])
    return signedState(properties, dsRecords, records, !calls.isBefore15())
  }

  /** For who may see the zone and no more. */
  async function readDs(zone: string): Promise<DnssecState> {
    const hidden = 'Keys and steps need the right Zones: Modify on the server.'
    try {
      const { dsRecords } = await viewDs(zone)
      const held = dsRecords.some(({ dnsKeyState }) => dnsKeyState === 'Active')
      const detail = `The zone is signed${held ? ', and the parent holds its DS' : ''}. ${hidden}`
      return { ...rest, state: held ? 'signed' : 'pending', detail, ds: dsRecords.flatMap(toDs) }
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind !== 'refused') throw error
      return { ...rest, state: 'off', detail: `The zone is not signed. ${hidden}` }
    }
  }

  async function readCopy(zone: string): Promise<DnssecState> {
    const { type, dnssecStatus = 'Unsigned' } = (await apex(zone)).zone
    return dnssecStatus === 'Unsigned'
      ? { ...rest, state: 'off', detail: `The server signs primary zones only; this one is ${type}.` }
      : { ...rest, state: 'signed', detail: 'The zone is signed where it comes from, not here.' }
  }

  return {
    read,
    async act(zone, step) {
      const { path, params } = stepCall(step)
      // An RSA key of 4,096 bits takes its time.
      await call(path, { ...asked(zone), ...params }, z.unknown(), { timeout: 30_000 })
    },
  }
}
