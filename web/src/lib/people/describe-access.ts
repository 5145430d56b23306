import type { AccessEntry } from '@zonedeck/shared/people'
import { describeRights } from './describe-rights.ts'

/** A line of the access log as a sentence, and what it led to. */
export function describeAccess(
  entry: AccessEntry,
  connections: readonly { id: string; name: string }[],
): { what: string; details: string[] } {
  const { actor, person } = entry
  const rights = (grants: AccessEntry['after']) =>
    describeRights({ owner: false, rights: grants ?? [] }, connections).join(' ')
  switch (entry.did) {
    case 'set-up':
      return { what: `${actor} set the panel up, with a ${entry.by ?? 'password'}`, details: [] }
    case 'add':
      return { what: `${actor} added ${person}`, details: entry.after?.length ? [rights(entry.after)] : [] }
    case 'link':
      return { what: `${actor} made a new link for ${person}`, details: [] }
    case 'join':
      return { what: `${person} used the link and set a ${entry.by ?? 'password'}`, details: [] }
    case 'rename':
      return { what: `${actor} renamed ${person} to ${entry.to ?? ''}`, details: [] }
    case 'owner':
      return { what: `${actor} made ${person} an owner`, details: [] }
    case 'not-owner':
      return { what: `${actor} took the ownership from ${person}`, details: [] }
    case 'rights':
      return {
        what: `${actor} changed what ${person} may do`,
        details: [`Before: ${rights(entry.before)}`, `Since: ${rights(entry.after)}`],
      }
    case 'sign-out':
      return { what: `${actor} signed ${person} out everywhere`, details: [] }
    case 'remove':
      return { what: `${actor} removed ${person}`, details: [] }
  }
}
