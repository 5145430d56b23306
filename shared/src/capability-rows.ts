import type { Capabilities, Refusal, Support } from './capabilities.ts'
import { duration } from './plan/duration.ts'
import { isRefusal } from './refusals.ts'

/** One line of the table of providers: a plain answer, or the reason why not. */
export interface CapabilityRow {
  id: string
  label: string
  answer: string | Refusal
}

const support = (value: Support): string | Refusal => (value === true ? 'yes' : value)
const some = <T>(value: T | Refusal, words: (value: T) => string): string | Refusal =>
  isRefusal(value) ? value : words(value)

/** What a provider can do, in the order of the table. Types that are read only are shown and refused on writing. */
export function capabilityRows(capabilities: Capabilities): CapabilityRow[] {
  const { types, ttl, createZone, nativeImport, publishDelay, actions, txt } = capabilities
  const written = Object.keys(types).filter((type) => types[type] === true)
  const rows: [string, string, string | Refusal][] = [
    ['types', 'Record types written', typeNames(written, capabilities.unknownTypes === true)],
    [
      'apply',
      'A save',
      capabilities.apply === 'atomic' ? 'all or nothing' : 'one after the other, taken back on failure',
    ],
    [
      'ttl',
      'TTL',
      ttl.max === 2_147_483_647 ? `from ${duration(ttl.min)}` : `${duration(ttl.min)} to ${duration(ttl.max)}`,
    ],
    ['txt', 'Longest TXT', `${txt.maxBytes} bytes`],
    ['text', 'TXT outside of ASCII', support(txt.nonAscii)],
    [
      'comments',
      'Comments',
      some(capabilities.comments, (where) => (where === 'set' ? 'per record set' : 'per record')),
    ],
    ['disable', 'Switch a record off', support(capabilities.disableRecord)],
    ['soa', 'SOA', some(capabilities.soa, () => 'editable')],
    ['apex', 'Name servers of the apex', some(capabilities.apexNs, () => 'editable')],
    ['create', 'Make a zone', some(createZone, ({ kinds }) => kinds.map(({ label }) => label).join(', '))],
    ['delete', 'Delete a zone', support(capabilities.deleteZone)],
    ['enable', 'Switch a zone off', support(capabilities.enableZone)],
    ['dnssec', 'DNSSEC', support(capabilities.dnssec)],
    ['settings', 'Settings of a zone', support(capabilities.settings)],
    ['permissions', 'The server’s own permissions', support(capabilities.permissions)],
    ['import', 'The server’s own import', some(nativeImport, (modes) => modes.join(', '))],
    ['export', 'The server’s own export', support(capabilities.nativeExport)],
    ['search', 'Search by the server', support(capabilities.search)],
    ['users', 'Accounts on the server', support(capabilities.users)],
    ['statistics', 'Statistics', support(capabilities.statistics)],
    ['queryLog', 'Query log', support(capabilities.queryLog)],
    ['filter', 'Content filter', support(capabilities.filter)],
    ['actions', 'More', actions.length === 0 ? '–' : actions.map(({ label }) => label).join(', ')],
    ['publish', 'New answers after', publishDelay === undefined ? 'at once' : publishDelay.map(duration).join(' to ')],
  ]
  return rows.map(([id, label, answer]) => ({ id, label, answer }))
}

function typeNames(types: readonly string[], unknown: boolean): string {
  const names = types.length > 12 ? `${types.length} types` : types.join(', ')
  return unknown ? `${names}, and any other as RFC 3597 text` : names
}
