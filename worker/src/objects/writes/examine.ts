import type { Capabilities } from '@zonedeck/shared/capabilities'
import { isRefusal } from '@zonedeck/shared/refusals'
import type { Change } from '@zonedeck/shared/change'
import type { Finding } from '@zonedeck/shared/job'
import { consequences } from '@zonedeck/shared/plan/consequences'
import { unchangedSince } from '@zonedeck/shared/plan/same-set'
import { findFindings } from '@zonedeck/shared/plan/safety'
import { changeErrors } from '@zonedeck/shared/plan/validate'
import type { Conflict } from '@zonedeck/shared/problem'
import type { RecordSet } from '@zonedeck/shared/record-set'
import { setKey } from '@zonedeck/shared/plan/keys'
import type { CreateZone, ZoneOperation } from '@zonedeck/shared/zone'
import type { OpenConnection } from '../../features/connections/open.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { ProviderError } from '../../providers/provider-error.ts'

export interface WriteInput {
  changes: Change[]
  operation?: ZoneOperation | undefined
}

/** What a fresh look at the zone says about a list of changes or an operation. */
export interface Examined {
  /** The zone as it is now; empty for one that is to be created. */
  recordSets: RecordSet[]
  /** What will be sent: without what a new zone's server insists on making itself. */
  changes: Change[]
  findings: Finding[]
  consequences: string[]
}

function refused(detail: string, errors?: { pointer: string; detail: string }[]): ProblemError {
  return new ProblemError(422, 'plan/refused', 'This cannot be written', {
    detail,
    ...(errors === undefined ? {} : { errors }),
  })
}

/**
 * Reads the zone and holds the input against it, writing nothing. Throws ProblemError: `plan/conflict` with base, mine
 * and theirs where a set is no longer what it was when editing began, `plan/refused` where it is wrong or not possible.
 */
export async function examine(open: OpenConnection, zone: string, input: WriteInput): Promise<Examined> {
  const { capabilities } = open.about
  const { operation } = input
  const impossible = operation === undefined ? null : operationRefusal(open, operation)
  if (impossible !== null) throw refused(impossible)
  const { recordSets, changes, leftOut } =
    operation?.operation === 'create'
      ? await examineNew(open, zone, operation, input.changes)
      : await examineExisting(open, zone, input)
  const errors = changeErrors(changes, zone, capabilities, recordSets)
  if (errors.length > 0) {
    throw refused(
      errors.length === 1 ? (errors[0]?.detail ?? '') : `${errors.length} places need another look.`,
      errors.slice(0, 100),
    )
  }
  return {
    recordSets,
    changes,
    findings: findFindings({ zone, recordSets, changes, operation }),
    consequences: [
      ...consequences({ capabilities, changes, zone, server: open.connection.name, recordSets, operation }),
      ...leftOut,
    ],
  }
}

/** Why this server cannot do the operation, or null. */
function operationRefusal({ about: { capabilities }, dns }: OpenConnection, operation: ZoneOperation): string | null {
  const reason = (support: unknown) => (isRefusal(support) ? support.reason : null)
  const absent = 'This server offers no way to do it.'
  switch (operation.operation) {
    case 'create': {
      const { createZone } = capabilities
      if (isRefusal(createZone)) return createZone.reason
      if (dns.createZone === undefined) return absent
      const kinds = createZone.kinds.map(({ id }) => id)
      return kinds.includes(operation.kind) ? null : `This server makes zones of the kinds ${kinds.join(', ')}.`
    }
    case 'delete':
      return reason(capabilities.deleteZone) ?? (dns.deleteZone === undefined ? absent : null)
    case 'enable':
    case 'disable':
      return reason(capabilities.enableZone) ?? (dns.setZoneEnabled === undefined ? absent : null)
  }
}

interface Base {
  recordSets: RecordSet[]
  changes: Change[]
  leftOut: string[]
}

async function examineExisting(
  { dns }: OpenConnection,
  zone: string,
  { changes, operation }: WriteInput,
): Promise<Base> {
  if (operation !== undefined && changes.length > 0) {
    throw refused('Deleting, enabling or disabling a zone goes without record changes.')
  }
  const fresh = await dns.readZone(zone)
  if (changes.length > 0 && fresh.zone.readOnly !== undefined) throw refused(fresh.zone.readOnly)
  const conflicts = findConflicts(changes, fresh.recordSets)
  if (conflicts.length > 0) throw conflictProblem(conflicts)
  return { recordSets: fresh.recordSets, changes, leftOut: [] }
}

async function examineNew(open: OpenConnection, zone: string, { kind }: CreateZone, all: Change[]): Promise<Base> {
  const { capabilities } = open.about
  if (all.some(({ before }) => before !== null)) throw refused('The records of a new zone have no state before.')
  const { createZone } = capabilities
  const chosen = isRefusal(createZone) ? undefined : createZone.kinds.find(({ id }) => id === kind)
  if (all.length > 0 && chosen?.fields?.includes('primaries')) {
    throw refused(`A zone of the kind ${chosen.label} gets its records from its primary server.`)
  }
  if (await exists(open, zone)) throw refused(`${zone === '@' ? 'The root zone' : zone} is on this server already.`)
  const { changes, leftOut } = leaveOut(capabilities, all)
  return { recordSets: [], changes, leftOut }
}

async function exists({ dns }: OpenConnection, zone: string): Promise<boolean> {
  try {
    await dns.readZone(zone)
    return true
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'missing') return false
    throw error
  }
}

/** A zone file brings its SOA and name servers along; where the server makes its own, these stay behind. */
function leaveOut({ soa, apexNs }: Capabilities, all: Change[]): { changes: Change[]; leftOut: string[] } {
  const leftOut: string[] = []
  const changes = all.filter(({ name, type }) => {
    if (name !== '@') return true
    const rule = type === 'SOA' ? soa : type === 'NS' ? apexNs : 'editable'
    if (rule === 'editable') return true
    leftOut.push(`The ${type} of the zone apex is left out. ${rule.reason}`)
    return false
  })
  return { changes, leftOut }
}

/** Sets that are no longer what they were when editing began. */
function findConflicts(changes: readonly Change[], recordSets: readonly RecordSet[]): Conflict[] {
  const fresh = new Map(recordSets.map((set) => [setKey(set), set]))
  return changes.flatMap((change) => {
    const theirs = fresh.get(setKey(change)) ?? null
    if (unchangedSince(change.before, theirs)) return []
    return { name: change.name, type: change.type, base: change.before, mine: change.after, theirs }
  })
}

function conflictProblem(conflicts: Conflict[]): ProblemError {
  const [first] = conflicts
  const what =
    conflicts.length === 1 && first ? `${first.name} ${first.type} was` : `${conflicts.length} record sets were`
  return new ProblemError(409, 'plan/conflict', 'The zone was changed meanwhile', {
    detail: `${what} changed on the server after editing began. Nothing was written.`,
    conflicts,
  })
}
