import type { ChangeResult } from '@zonedeck/shared/change'
import type { Zone, ZoneOperation } from '@zonedeck/shared/zone'
import type { DnsProvider } from '../../providers/provider.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import { closeOpen, type StoredJob } from './job-state.ts'

/**
 * Sends the operation of a job. Afterwards the phase is `writing` when record changes are to follow, `reading`
 * otherwise. `sending` stores that a call is under way.
 */
export async function sendOperation(job: StoredJob, dns: DnsProvider, sending: () => void): Promise<void> {
  const { operation } = job
  if (operation === undefined) return
  const result = (status: ChangeResult['status'], detail?: string): ChangeResult => ({
    name: job.zone,
    type: operation.operation,
    status,
    ...(detail === undefined ? {} : { detail }),
  })
  sending()
  try {
    await send(job, dns, operation)
    job.operationResult = result('done')
    job.phase = operation.operation === 'create' && job.results.length > 0 ? 'writing' : 'reading'
  } catch (error) {
    const provider = error instanceof ProviderError ? error : undefined
    const unknown = provider === undefined || provider.kind === 'unknown'
    job.unknown = unknown
    job.operationResult = result(unknown ? 'unknown' : 'failed', provider?.message ?? 'The panel itself failed.')
    job.results = closeOpen(job.results, 'failed', 'It was not sent, because the zone was not made.')
    job.phase = 'reading'
  }
}

async function send(job: StoredJob, dns: DnsProvider, operation: ZoneOperation): Promise<void> {
  // `examine` has seen that the provider has the method; one that lost it meanwhile refuses.
  const absent = new ProviderError('refused', 'This server offers no way to do it.')
  switch (operation.operation) {
    case 'create':
      if (dns.createZone === undefined) throw absent
      job.zoneOnServer = (await dns.createZone(job.zone, operation)).name
      return
    case 'delete':
      if (dns.deleteZone === undefined) throw absent
      return dns.deleteZone(job.zone)
    case 'enable':
    case 'disable':
      if (dns.setZoneEnabled === undefined) throw absent
      return dns.setZoneEnabled(job.zone, operation.operation === 'enable')
  }
}

/** What the zone as it is now (null: not there) proves of the operation. */
export function decideOperation(
  { operation, operationResult, zone }: Pick<StoredJob, 'operation' | 'operationResult' | 'zone'>,
  found: Zone | null,
): ChangeResult | undefined {
  if (operation === undefined) return undefined
  const base = { name: zone, type: operation.operation }
  const there = isThere(operation, found)
  const before = operationResult?.detail === undefined ? '' : ` ${operationResult.detail}`
  switch (operationResult?.status) {
    case 'done':
      return there
        ? { ...base, status: 'done', verified: true }
        : {
            ...base,
            status: 'done',
            verified: false,
            detail: 'The server said it was done, but the zone says otherwise.',
          }
    case 'failed':
      return operationResult
    default:
      return there
        ? { ...base, status: 'done', verified: true }
        : { ...base, status: 'failed', verified: false, detail: `It was not done.${before}` }
  }
}

function isThere({ operation }: ZoneOperation, found: Zone | null): boolean {
  switch (operation) {
    case 'create':
      return found !== null
    case 'delete':
      return found === null
    case 'enable':
      return found !== null && found.disabled !== true
    case 'disable':
      return found?.disabled === true
  }
}
