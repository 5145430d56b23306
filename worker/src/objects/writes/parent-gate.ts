import type { Delegation } from '@zonedeck/shared/delegation'
import { unsignSafety } from '@zonedeck/shared/ds'
import type { Finding } from '@zonedeck/shared/job'
import type { Operation, OperationState } from '@zonedeck/shared/operation'
import type { Zone } from '@zonedeck/shared/zone'

/** The DS records that the zone above has of a zone, asked anew. */
export type AskParent = (connection: string, zone: string) => Promise<Delegation['ds']>

/**
 * What takes keys away is held against the zone above: while it has a DS of them, everyone who validates loses the zone.
 * Asked only for what can do that. `zone` is the zone as it was read, null for one that is not there.
 */
export async function parentFindings(
  ask: () => Promise<Delegation['ds']>,
  operation: Operation | undefined,
  before: OperationState | undefined,
  zone: Zone | null,
  now: number,
): Promise<Finding[]> {
  if (operation?.operation === 'delete') return zone?.dnssec === true ? judge(await ask(), now) : []
  if (operation?.operation !== 'dnssec' || before?.about !== 'dnssec') return []
  const { dnssec } = before
  const step = dnssec.actions.find(({ id, key }) => id === operation.action && key === operation.key)
  // A dangerous change takes the keys away just as well: a new one, and another DS, come in their place.
  if (step?.kind === 'disable' || (step?.kind === 'change' && step.danger !== undefined)) return judge(await ask(), now)
  if (step?.kind !== 'key' || step.danger === undefined) return []
  const keyTag = dnssec.keys.find(({ id }) => id === operation.key)?.keyTag
  return keyTag === undefined ? [] : judgeKey(await ask(), keyTag)
}

function judge(ds: Delegation['ds'], now: number): Finding[] {
  const { verdict, title, reason, todo } = unsignSafety(ds, now)
  return [
    {
      id: 'parent-ds',
      severity: verdict === 'safe' ? 'info' : 'danger',
      title,
      reason: todo === null ? reason : `${reason} ${todo}`,
    },
  ]
}

function judgeKey(ds: Delegation['ds'], keyTag: number): Finding[] {
  if (ds.state === 'unknown') {
    return [
      {
        id: 'parent-ds-key',
        severity: 'danger',
        title: 'Not known whether the parent points to this key',
        reason: ds.detail,
      },
    ]
  }
  if (!ds.records.some((record) => record.keyTag === keyTag)) return []
  return [
    {
      id: 'parent-ds-key',
      severity: 'danger',
      title: 'The parent points to this key',
      reason: `The parent has a DS of key ${keyTag}. Unless it has one of another key too, the zone disappears for everyone whose resolver validates.`,
    },
  ]
}
