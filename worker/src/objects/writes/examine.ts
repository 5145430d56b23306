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
import type { Operation, OperationState } from '@zonedeck/shared/operation'
import { expectedState } from '@zonedeck/shared/plan/operation-rows'
import { operationSentences } from '@zonedeck/shared/plan/operation-words'
import type { CreateZone, Zone } from '@zonedeck/shared/zone'
import type { OpenConnection } from '../../features/connections/open.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import { importedSets } from './import-sets.ts'
import { checkOperation, operationRefusal } from './operation-check.ts'
import { refused } from './refused.ts'
import { isBesideZones, readState } from './operation-state.ts'
import { parentFindings, type AskParent } from './parent-gate.ts'

export interface WriteInput {
  changes: Change[]
  operation?: Operation | undefined
}

/** A plan to be applied: the same changes, what was accepted of its dangers, and values that nothing keeps. */
export interface ApplyBody extends WriteInput {
  plan: string
  accept: string[]
  secrets?: Record<string, string> | undefined
}

/** What a fresh look at the zone says about a list of changes or an operation. */
export interface Examined {
  /** The zone as it is now; empty for one that is to be created. */
  recordSets: RecordSet[]
  /** What will be sent: without what a new zone's server insists on making itself. */
  changes: Change[]
  findings: Finding[]
  consequences: string[]
  /** What the operation is about, and what it is asked to become. */
  before?: OperationState
  expected?: OperationState
}

/**
 * Reads the zone and holds the input against it, writing nothing. Throws ProblemError: `plan/conflict` with base, mine
 * and theirs where a set is no longer what it was when editing began, `plan/refused` where it is wrong or not possible.
 */
export async function examine(
  open: OpenConnection,
  zone: string,
  input: WriteInput,
  above: { ask: AskParent; now: number },
): Promise<Examined> {
  const { capabilities } = open.about
  const { operation } = input
  const server = open.connection.name
  const impossible = operation === undefined ? null : operationRefusal(open, operation)
  if (impossible !== null) throw refused(impossible)
  const { recordSets, changes, leftOut, found } = await base(open, zone, input)
  const errors = changeErrors(changes, zone, capabilities, recordSets)
  if (errors.length > 0) {
    throw refused(
      errors.length === 1 ? (errors[0]?.detail ?? '') : `${errors.length} places need another look.`,
      errors.slice(0, 100),
    )
  }
  if (operation?.operation === 'import') checkImport(open, operation.mode, recordSets, changes)
  const before = await readState(open, zone, operation)
  const checked = operation === undefined ? { findings: [] } : checkOperation(open, operation, before, found)
  const parent = await parentFindings(() => above.ask(open.connection.id, zone), operation, before, found, above.now)
  const expected = before === undefined || operation === undefined ? undefined : expectedState(before, operation)
  const about =
    operation === undefined ? [] : operationSentences({ operation, zone, server, help: checked.help, before, expected })
  return {
    recordSets,
    changes,
    findings: [...parent, ...checked.findings, ...findFindings({ zone, recordSets, changes, operation })],
    consequences: [...consequences({ capabilities, changes, server, recordSets, operation, about }), ...leftOut],
    ...(before === undefined ? {} : { before }),
    ...(expected === undefined ? {} : { expected }),
  }
}

function base(open: OpenConnection, zone: string, input: WriteInput): Promise<Base> {
  const { operation, changes } = input
  if (operation?.operation === 'create') return examineNew(open, zone, operation, changes)
  if (operation !== undefined && isBesideZones(operation)) {
    if (changes.length > 0) throw refused('What concerns the server itself goes without record changes.')
    return Promise.resolve({ recordSets: [], changes: [], leftOut: [], found: null })
  }
  return examineExisting(open, zone, input)
}

/** What the server's own import would have to hold, and whether it can without loss. */
function checkImport(
  { dns }: OpenConnection,
  mode: 'merge' | 'replace',
  recordSets: readonly RecordSet[],
  changes: readonly Change[],
): void {
  if (mode === 'merge' && changes.some(({ after }) => after === null)) {
    throw refused('A merging import deletes nothing. Send the deletions as changes, or replace the whole zone.')
  }
  const refusal = dns.nativeImport?.refuses(importedSets(mode, recordSets, changes)) ?? null
  if (refusal !== null) throw refused(refusal)
}

interface Base {
  recordSets: RecordSet[]
  changes: Change[]
  leftOut: string[]
  /** The zone as it was just read. */
  found: Zone | null
}

async function examineExisting(
  { dns }: OpenConnection,
  zone: string,
  { changes, operation }: WriteInput,
): Promise<Base> {
  if (operation !== undefined && operation.operation !== 'import' && changes.length > 0) {
    throw refused('What concerns the whole zone goes without record changes.')
  }
  if (operation?.operation === 'import' && changes.length === 0) throw refused('There is nothing to import.')
  const fresh = await dns.readZone(zone)
  if (changes.length > 0 && fresh.zone.readOnly !== undefined) throw refused(fresh.zone.readOnly)
  const conflicts = findConflicts(changes, fresh.recordSets)
  if (conflicts.length > 0) throw conflictProblem(conflicts)
  return { recordSets: fresh.recordSets, changes, leftOut: [], found: fresh.zone }
}

async function examineNew(open: OpenConnection, zone: string, { kind }: CreateZone, all: Change[]): Promise<Base> {
  const { capabilities } = open.about
  if (all.some(({ before }) => before !== null)) throw refused('The records of a new zone have no state before.')
  const { createZone } = capabilities
  const chosen = isRefusal(createZone) ? undefined : createZone.kinds.find(({ id }) => id === kind)
  if (all.length > 0 && chosen?.records === 'elsewhere') {
    throw refused(`A zone of the kind ${chosen.label} gets its records from elsewhere.`)
  }
  if (await exists(open, zone)) throw refused(`${zone === '@' ? 'The root zone' : zone} is on this server already.`)
  const { changes, leftOut } = leaveOut(capabilities, all)
  return { recordSets: [], changes, leftOut, found: null }
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
