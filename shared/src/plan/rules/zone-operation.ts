import type { SafetyRule } from './rule.ts'

/** Deleting and disabling a whole zone. */
export const zoneOperation: SafetyRule = {
  id: 'zone-delete',
  check({ zone, before, operation }) {
    const sets = `${before.size} record ${before.size === 1 ? 'set' : 'sets'}`
    const name = zone === '@' ? 'the root zone' : zone
    if (operation?.operation === 'delete') {
      return [
        {
          id: 'zone-delete',
          severity: 'danger',
          title: `${name} stops to answer, and its records are gone`,
          reason: `The server deletes the zone with its ${sets}. Its history here keeps them; DNSSEC keys and the server’s own settings of the zone are lost.`,
        },
      ]
    }
    if (operation?.operation === 'disable') {
      return [
        {
          id: 'zone-disable',
          severity: 'danger',
          title: `${name} stops to answer`,
          reason: `All names of the zone (${sets}) disappear for resolvers until it is enabled again.`,
        },
      ]
    }
    return []
  },
}
