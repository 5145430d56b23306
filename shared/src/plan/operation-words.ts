import type { Operation, OperationState } from '../operation.ts'
import { newSecret, stateDifference } from './operation-rows.ts'
import type { StateRow } from './state-row.ts'

/** What was done, as a title: "Delete zone", "Change settings". */
export function operationTitle(operation: Operation): string {
  switch (operation.operation) {
    case 'create':
      return 'Create zone'
    case 'delete':
      return 'Delete zone'
    case 'enable':
      return 'Enable zone'
    case 'disable':
      return 'Disable zone'
    case 'import':
      return operation.mode === 'merge' ? 'Import, merging' : 'Import, replacing'
    case 'settings':
      return 'Change settings'
    case 'permissions':
      return 'Change permissions'
    case 'dnssec':
      return `DNSSEC: ${spaced(operation.action)}`
    case 'action':
      return `Zone: ${spaced(operation.action)}`
    case 'user-create':
      return `Create account ${operation.user}`
    case 'user-update':
      return `Change account ${operation.user}`
    case 'user-delete':
      return `Delete account ${operation.user}`
    case 'filter':
      return operation.note ?? 'Change filter'
    case 'filter-refresh':
      return 'Read block lists again'
    case 'filter-blocking':
      return operation.minutes === null ? 'Switch the server’s own blocking on' : 'Pause the server’s own blocking'
  }
}

/** What an operation is about, and what is read again afterwards. */
export function operationSubject(operation: Operation | undefined): string {
  if (operation?.operation === 'filter' || operation?.operation === 'filter-refresh') return 'filter'
  if (operation?.operation === 'filter-blocking') return 'switch'
  return operation !== undefined && 'user' in operation ? 'account' : 'zone'
}

/** Of a long list, what a preview shows. */
const mostRows = 100
const more = (count: number) => (count > mostRows ? [`And ${count - mostRows} more changes.`] : [])

/** The app forgets downloaded lists whenever it gets a configuration, and reads them again after five seconds. */
const listsDrop = 'Block lists from the internet are out for some seconds afterwards; rules and services stay in force.'

const spaced = (id: string) => id.replaceAll(/[-_]/g, ' ')

function row({ label, before, after }: StateRow): string {
  const quote = (text: string) => (text === '' ? 'nothing' : text === newSecret ? text : `“${text}”`)
  if (before === null || before === '') return `${label} becomes ${quote(after ?? '')}.`
  if (after === null) return `${label} goes; it was ${quote(before)}.`
  return `${label} changes from ${quote(before)} to ${quote(after)}.`
}

/**
 * What will happen, in order, as sentences. `server` is the connection's name; `help` says what a step of DNSSEC or an
 * action does and what is lost with a zone, in the provider's words; `before` and `expected` are what it is about, where that can be said.
 */
export function operationSentences(input: {
  operation: Operation
  zone: string
  server: string
  help?: string | undefined
  before?: OperationState | undefined
  expected?: OperationState | undefined
}): string[] {
  const { operation, server, help, before, expected } = input
  const name = input.zone === '@' ? 'the root zone' : input.zone
  const rows = expected === undefined ? [] : stateDifference(before, expected).map(row)
  switch (operation.operation) {
    case 'create':
      return [`${name === input.zone ? name : 'The root zone'} is created on ${server} (${operation.kind}).`]
    case 'delete':
      return [
        `${name === input.zone ? name : 'The root zone'} is deleted on ${server}. Its records stay readable in the history.`,
        ...(help === undefined ? [] : [help]),
      ]
    case 'enable':
      return [`${server} answers for ${name} again.`]
    case 'disable':
      return [`${server} keeps ${name} but no longer answers for it.`]
    case 'import':
      return [
        operation.mode === 'merge'
          ? `${server} imports these record sets itself, in one call. Others stay as they are.`
          : `${server} imports the whole zone itself, in one call, and deletes what is not in it.`,
      ]
    case 'settings':
      return [`Settings of ${name} on ${server} change.`, ...rows]
    case 'permissions':
      return [`Who may use ${name} on ${server} changes.`, ...rows]
    case 'dnssec':
    case 'action':
      return help === undefined ? [] : [help]
    case 'user-create':
      return [`Account ${operation.user} is made on ${server}.`]
    case 'user-update':
      return [`Account ${operation.user} on ${server} changes.`, ...rows]
    case 'user-delete':
      return [`Account ${operation.user} on ${server} is deleted. The server offers no way to bring it back.`]
    case 'filter':
      return [`The filter on ${server} changes.`, ...rows.slice(0, mostRows), ...more(rows.length), listsDrop]
    case 'filter-refresh':
      return [
        `The filter on ${server} reads its configuration again, and fetches lists whose time has come.`,
        listsDrop,
      ]
    case 'filter-blocking':
      return [
        operation.minutes === null
          ? `${server} blocks by its own lists again.`
          : `${server} does not block by its own lists for ${operation.minutes} ${operation.minutes === 1 ? 'minute' : 'minutes'}, and then does again by itself.`,
      ]
  }
}
