import type { ChangeResult } from '@zonedeck/shared/change'
import type { Operation, OperationState } from '@zonedeck/shared/operation'
import { expectedState, holdsState, stateDifference } from '@zonedeck/shared/plan/operation-rows'
import type { RecordSet } from '@zonedeck/shared/record-set'
import type { Zone } from '@zonedeck/shared/zone'
import type { OpenConnection } from '../../features/connections/open.ts'
import { digest } from '../../http/ids.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import type { FilterBackend } from '../../providers/provider.ts'
import { importedSets } from './import-sets.ts'
import { closeOpen, type StoredJob } from './job-state.ts'

/** Values of an operation's secret fields, by field id. They are held while a request waits, and stored nowhere. */
export type Secrets = Readonly<Record<string, string>>

/**
 * Sends the operation of a job. Afterwards the phase is `writing` when record changes are to follow, `reading`
 * otherwise. `sending` stores that a call is under way.
 */
export async function sendOperation(
  job: StoredJob,
  open: OpenConnection,
  recordSets: readonly RecordSet[],
  secrets: Secrets | undefined,
  sending: () => void,
): Promise<void> {
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
    job.operationResult = result('done', await send(job, open, operation, recordSets, secrets))
    job.phase = operation.operation === 'create' && job.results.length > 0 ? 'writing' : 'reading'
  } catch (error) {
    const provider = error instanceof ProviderError ? error : undefined
    const unknown = provider === undefined || provider.kind === 'unknown'
    job.unknown = unknown
    job.operationResult = result(unknown ? 'unknown' : 'failed', provider?.message ?? 'The panel itself failed.')
    if (operation.operation === 'create') {
      job.results = closeOpen(job.results, 'failed', 'It was not sent, because the zone was not made.')
    }
    job.phase = 'reading'
  }
}

async function send(
  job: StoredJob,
  { dns, users, filter }: OpenConnection,
  operation: Operation,
  recordSets: readonly RecordSet[],
  secrets: Secrets | undefined,
): Promise<string | undefined> {
  // `examine` has seen that the provider has the method; one that lost it meanwhile refuses.
  const absent = new ProviderError('refused', 'This server offers no way to do it.')
  const zone = job.zoneOnServer
  switch (operation.operation) {
    case 'create':
      if (dns.createZone === undefined) throw absent
      job.zoneOnServer = (await dns.createZone(job.zone, operation)).name
      return undefined
    case 'delete':
      if (dns.deleteZone === undefined) throw absent
      await dns.deleteZone(zone)
      return undefined
    case 'enable':
    case 'disable':
      if (dns.setZoneEnabled === undefined) throw absent
      await dns.setZoneEnabled(zone, operation.operation === 'enable')
      return undefined
    case 'import':
      if (dns.nativeImport === undefined) throw absent
      return dns.nativeImport.run(zone, importedSets(operation.mode, recordSets, job.changes), operation.mode)
    case 'settings':
      if (dns.settings === undefined) throw absent
      await dns.settings.write(zone, operation.values)
      return undefined
    case 'permissions':
      if (dns.permissions === undefined) throw absent
      await dns.permissions.write(zone, { users: operation.users, groups: operation.groups })
      return undefined
    case 'dnssec': {
      if (dns.dnssec === undefined) throw absent
      const { action, key, values } = operation
      await dns.dnssec.act(zone, { action, values, ...(key === undefined ? {} : { key }) })
      return undefined
    }
    case 'action':
      if (dns.actions === undefined) throw absent
      await dns.actions.run(zone, { action: operation.action, values: operation.values })
      return undefined
    case 'user-create':
    case 'user-update':
      if (users === undefined) throw absent
      // After an interruption the secrets are gone: what was typed is kept nowhere.
      if (secrets === undefined) throw new ProviderError('refused', 'The panel was interrupted. Nothing was sent.')
      if (operation.operation === 'user-create') await users.create(operation.user, operation.values, secrets)
      else await users.update(operation.user, operation.values, secrets)
      return undefined
    case 'user-delete':
      if (users === undefined) throw absent
      await users.remove(operation.user)
      return undefined
    case 'filter':
      if (filter === undefined) throw absent
      return tellReloaded(job, await writeFilter(filter, operation))
    case 'filter-refresh':
      if (filter === undefined) throw absent
      return tellReloaded(job, await filter.refresh())
    case 'filter-blocking':
      if (filter?.blocking === undefined) throw absent
      await (operation.minutes === null ? filter.blocking.setEnabled(true) : filter.blocking.pause(operation.minutes))
      return undefined
  }
}

/** Compared once more right before it is sent: between the review of a job and its turn another write may have come. */
async function writeFilter(filter: FilterBackend, { base, text, call }: Extract<Operation, { operation: 'filter' }>) {
  if (text === undefined || digest((await filter.read()).text) !== base) {
    throw new ProviderError('conflict', 'The filter was changed on the server meanwhile. Nothing was sent.')
  }
  return filter.write(text, call)
}

function tellReloaded(job: StoredJob, { reloaded }: { reloaded: boolean | null }): string | undefined {
  if (reloaded === null) return undefined
  job.reloaded = reloaded
  return reloaded ? undefined : 'It was saved, but the DNS server did not take it up. It will when it starts anew.'
}

/** What was read again to judge an operation. `zone` null: it is not there. */
export interface FoundAfter {
  zone: Zone | null
  state: OperationState | undefined
  /** What the provider sees of an action in the zone: done, not done, or nothing to be seen. */
  confirmed: boolean | null
  /** It holds every change that went along. */
  held: boolean
}

/** What the server as it is now proves of the operation. */
export function decideOperation(
  job: Pick<StoredJob, 'operation' | 'operationResult' | 'zone' | 'before'>,
  found: FoundAfter,
): ChangeResult | undefined {
  const { operation, operationResult } = job
  if (operation === undefined) return undefined
  const base = { name: job.zone, type: operation.operation }
  const there = isThere(operation, job.before, found)
  const said = operationResult?.detail
  const before = said === undefined ? '' : ` ${said}`
  switch (operationResult?.status) {
    case 'done':
      if (there === null) return operationResult
      return there
        ? { ...base, status: 'done', verified: true, ...(said === undefined ? {} : { detail: said }) }
        : {
            ...base,
            status: 'done',
            verified: false,
            detail: `The server said it was done, but reading it again says otherwise.${before}`,
          }
    case 'failed':
      return operationResult
    default:
      if (there === null) {
        return { ...base, status: 'unknown', detail: `Whether it was done cannot be seen on the server.${before}` }
      }
      return there
        ? { ...base, status: 'done', verified: true }
        : { ...base, status: 'failed', verified: false, detail: `It was not done.${before}` }
  }
}

/** Null: it leaves nothing behind that could be read. */
function isThere(
  operation: Operation,
  before: OperationState | undefined,
  { zone, state, confirmed, held }: FoundAfter,
): boolean | null {
  switch (operation.operation) {
    case 'create':
      return zone !== null
    case 'delete':
      return zone === null
    case 'enable':
      return zone !== null && zone.disabled !== true
    case 'disable':
      return zone?.disabled === true
    case 'import':
      // Its changes are judged one by one; where all of them are there, so is the import.
      return zone === null ? false : held || null
    case 'action':
      return zone === null ? false : confirmed
    case 'dnssec':
      return state?.about === 'dnssec' && before?.about === 'dnssec' ? stepIsThere(operation, before, state) : false
    case 'user-create':
      return state?.about === 'account' && state.account !== null
    case 'filter-refresh':
      // A configuration that is read again is the same one.
      return null
    case 'filter-blocking':
      return state?.about === 'blocking' && state.enabled !== null
        ? state.enabled === (operation.minutes === null)
        : null
    case 'user-update': {
      // A secret cannot be read back: where nothing else was asked for, the server's word is all there is.
      const onlySecrets = Object.values(operation.values).every((value) => value === true)
      const there = state?.about === 'account' && state.account !== null
      return onlySecrets && there ? null : holdsExpected(operation, before, state)
    }
    case 'settings':
    case 'permissions':
    case 'filter':
    case 'user-delete':
      return holdsExpected(operation, before, state)
  }
}

function holdsExpected(
  operation: Operation,
  before: OperationState | undefined,
  state: OperationState | undefined,
): boolean {
  const expected = before === undefined ? undefined : expectedState(before, operation)
  return expected !== undefined && state !== undefined && holdsState(expected, state)
}

type DnssecAbout = Extract<OperationState, { about: 'dnssec' }>

function stepIsThere(
  { action, key }: Extract<Operation, { operation: 'dnssec' }>,
  before: DnssecAbout,
  after: DnssecAbout,
): boolean {
  const offered = before.dnssec.actions.find((each) => each.id === action && each.key === key)
  if (offered?.kind === 'enable') return after.dnssec.state !== 'off'
  if (offered?.kind === 'disable') return after.dnssec.state === 'off'
  return stateDifference(before, after).length > 0
}
