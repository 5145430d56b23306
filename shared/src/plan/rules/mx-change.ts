import { answered, some, spoken, type SafetyRule } from './rule.ts'

const hosts = (rdatas: readonly string[]) => rdatas.map((rdata) => rdata.split(' ')[1] ?? rdata)

/** Where mail goes. Another host more is worth a look; another host instead, or none, must be accepted. */
export const mxChange: SafetyRule = {
  id: 'mx-change',
  existingOnly: true,
  check({ changes }) {
    return changes.flatMap((change) => {
      if (change.type !== 'MX') return []
      const was = answered(change.before)
      const will = answered(change.after)
      const gone = was.filter((rdata) => !will.includes(rdata))
      const come = will.filter((rdata) => !was.includes(rdata))
      if (gone.length === 0 && come.length === 0) return []
      const where = spoken(change.name)
      const at = { id: 'mx-change', name: change.name, type: 'MX' }
      if (will.length === 0) {
        return {
          ...at,
          severity: 'danger' as const,
          title: 'Mail is no longer delivered to its host',
          reason: `The MX of ${where} (${some(was)}) goes away. Senders then try the address of the name itself, or give up.`,
        }
      }
      if (
        hosts(gone).every((host) => hosts(come).includes(host)) &&
        hosts(come).every((host) => hosts(was).includes(host))
      ) {
        return {
          ...at,
          severity: 'warning' as const,
          title: 'Mail servers are tried in another order',
          reason: `The hosts of ${where} stay, their preference changes: “${some(was)}” becomes “${some(will)}”.`,
        }
      }
      if (gone.length > 0) {
        return {
          ...at,
          severity: 'danger' as const,
          title: 'Mail delivery moves to another host',
          reason: `The MX of ${where} changes from “${some(was)}” to “${some(will)}”. A wrong name here stops incoming mail.`,
        }
      }
      return {
        ...at,
        severity: 'warning' as const,
        title: was.length === 0 ? 'Mail for this name gets a host' : 'Mail may go to one more host',
        reason: `${some(come)} ${come.length === 1 ? 'is' : 'are'} added to the MX of ${where}. It must accept mail for this domain.`,
      }
    })
  },
}
