import { answered, answersDiffer, some, type SafetyRule } from './rule.ts'

/** octoDNS `RootNsChange`: the name servers of an existing zone. */
export const rootNsChange: SafetyRule = {
  id: 'root-ns-change',
  existingOnly: true,
  check({ changes }) {
    const change = changes.find(({ name, type }) => name === '@' && type === 'NS')
    if (change === undefined || (!answersDiffer(change.before, change.after) && change.after !== null)) return []
    const servers = answered(change.after)
    return [
      {
        id: 'root-ns-change',
        severity: 'danger',
        title: servers.length === 0 ? 'The zone loses its name servers' : 'The zone moves to other name servers',
        reason:
          servers.length === 0
            ? 'Without an NS record at its apex a zone is not valid: servers may refuse to load it.'
            : `The NS of the zone apex changes from “${some(answered(change.before)) || 'none'}” to “${some(servers)}”. Where they do not answer for this zone, all of it disappears; and they must agree with what the parent zone says.`,
        name: '@',
        type: 'NS',
      },
    ]
  },
}
