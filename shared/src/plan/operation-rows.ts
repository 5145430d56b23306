import type { Account } from '../account.ts'
import type { DnssecState } from '../dnssec.ts'
import type { FormField, FormValue } from '../form.ts'
import type { Operation, OperationState } from '../operation.ts'
import { filterRows, sameFilter } from './filter-rows.ts'
import type { PermissionRow, ZonePermissions } from '../zone-permissions.ts'
import type { StateRow } from './state-row.ts'

/** What is shown of a secret that is sent along. */
export const newSecret = 'a new one'

/** A value as a person reads it. */
export function shownValue(field: Pick<FormField, 'kind' | 'choices'>, value: FormValue | undefined): string {
  const label = (text: string) => field.choices?.find((choice) => choice.value === text)?.label ?? text
  if (field.kind === 'secret') return value === true ? newSecret : ''
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (Array.isArray(value)) return value.map(label).join(', ')
  return value === undefined ? '' : label(String(value))
}

function rights(row: Pick<PermissionRow, 'view' | 'modify' | 'delete'>): string {
  const may = [row.view && 'view', row.modify && 'modify', row.delete && 'delete'].filter((right) => right !== false)
  return may.length === 0 ? 'nothing' : may.join(', ')
}

const fieldRows = (fields: readonly FormField[]): [string, string][] =>
  fields.map((field) => [field.label, shownValue(field, field.value)])

function permissionRows({ users, groups }: ZonePermissions): [string, string][] {
  return [
    ...users.map((row): [string, string] => [`User ${row.name}`, rights(row)]),
    ...groups.map((row): [string, string] => [`Group ${row.name}`, rights(row)]),
  ]
}

const SIGNING = { off: 'not signed', pending: 'signed, not yet protected', signed: 'signed', error: 'in trouble' }

function dnssecRows({ state, facts, keys, ds }: DnssecState): [string, string][] {
  return [
    ['Zone', SIGNING[state]],
    ...facts.map(({ label, value }): [string, string] => [label, value]),
    ...keys.map((key): [string, string] => [
      `${key.role.toUpperCase()} ${key.keyTag ?? key.id}`,
      key.active && !/\bactive\b/i.test(key.state) ? `${key.state}, active` : key.state,
    ]),
    ...ds.map((each): [string, string] => [
      `DS ${each.keyTag} digest type ${each.digestType}`,
      `${each.algorithm} ${each.digest}`,
    ]),
  ]
}

const accountRows = (account: Account | null): [string, string][] =>
  account === null ? [] : [['Account', account.name], ...fieldRows(account.fields)]

function rowsOf(state: OperationState | undefined): Map<string, string> {
  switch (state?.about) {
    case 'settings':
      return distinct(fieldRows(state.settings.fields))
    case 'permissions':
      return distinct(permissionRows(state.permissions))
    case 'dnssec':
      return distinct(dnssecRows(state.dnssec))
    case 'account':
      return distinct(accountRows(state.account))
    case 'blocking': {
      const { enabled, pausedUntil } = state
      const switched = enabled === null ? 'not known' : enabled ? 'on' : 'off'
      return new Map([
        ['The server’s own blocking', switched],
        ['Paused until', pausedUntil ?? ''],
      ])
    }
    case 'filter':
    case undefined:
      return new Map()
  }
}

/** Two keys may have one tag, and two fields one label: no row hides another. */
function distinct(rows: readonly [string, string][]): Map<string, string> {
  const all = new Map<string, string>()
  for (const [label, value] of rows) {
    let name = label
    for (let count = 2; all.has(name); count += 1) name = `${label} (${count})`
    all.set(name, value)
  }
  return all
}

/** What differs, in the order of `before`, then what is new. */
export function stateDifference(before: OperationState | undefined, after: OperationState | undefined): StateRow[] {
  if (before?.about === 'filter' || after?.about === 'filter') {
    return filterRows(textOf(before), textOf(after))
  }
  const was = rowsOf(before)
  const is = rowsOf(after)
  const labels = [...was.keys(), ...[...is.keys()].filter((label) => !was.has(label))]
  const rows = labels.map((label) => ({ label, before: was.get(label) ?? null, after: is.get(label) ?? null }))
  // What holds nothing is the same as what is not there.
  return rows.filter((row) => (row.before ?? '') !== (row.after ?? ''))
}

const textOf = (state: OperationState | undefined) => (state?.about === 'filter' ? state.text : undefined)

const withValues = (fields: readonly FormField[], values: Readonly<Record<string, FormValue>>): FormField[] =>
  fields.map((field) => {
    const value = Object.hasOwn(values, field.id) ? values[field.id] : undefined
    return value === undefined ? field : { ...field, value }
  })

/** What the operation asks for, where that can be said beforehand; what DNSSEC makes of a step is the server's. */
export function expectedState(before: OperationState, operation: Operation): OperationState | undefined {
  switch (operation.operation) {
    case 'settings':
      if (before.about !== 'settings') return undefined
      return {
        ...before,
        settings: { ...before.settings, fields: withValues(before.settings.fields, operation.values) },
      }
    case 'permissions': {
      if (before.about !== 'permissions') return undefined
      const kept = (rows: readonly PermissionRow[]) => rows.filter(({ fixed }) => fixed !== undefined)
      const { users, groups } = before.permissions
      return {
        ...before,
        permissions: {
          ...before.permissions,
          users: [...kept(users), ...operation.users],
          groups: [...kept(groups), ...operation.groups],
        },
      }
    }
    case 'user-update':
      if (before.about !== 'account' || before.account === null) return undefined
      return { ...before, account: { ...before.account, fields: withValues(before.account.fields, operation.values) } }
    case 'user-delete':
      return { about: 'account', account: null }
    case 'filter':
      return operation.text === undefined ? undefined : { about: 'filter', text: operation.text }
    case 'filter-refresh':
      return before
    default:
      return undefined
  }
}

/** Does the server hold what was asked for? Secrets cannot be seen and count as held. Order does not count. */
export function holdsState(expected: OperationState, found: OperationState): boolean {
  if (expected.about === 'filter') return sameFilter(expected.text, textOf(found))
  const difference = stateDifference(inOrder(withoutSecrets(expected)), inOrder(withoutSecrets(found)))
  return difference.length === 0
}

/** Some servers keep the lines of a field (labels, addresses) in an order of their own. */
function inOrder(state: OperationState): OperationState {
  const sorted = (fields: readonly FormField[]) =>
    fields.map((field) => (Array.isArray(field.value) ? { ...field, value: field.value.toSorted() } : field))
  if (state.about === 'settings') {
    return { ...state, settings: { ...state.settings, fields: sorted(state.settings.fields) } }
  }
  if (state.about !== 'account' || state.account === null) return state
  return { ...state, account: { ...state.account, fields: sorted(state.account.fields) } }
}

function withoutSecrets(state: OperationState): OperationState {
  if (state.about !== 'account' || state.account === null) return state
  const { account } = state
  return { ...state, account: { ...account, fields: account.fields.filter(({ kind }) => kind !== 'secret') } }
}
