import type { DnssecAction } from '@zonedeck/shared/dnssec'
import type { FormField, FormValues } from '@zonedeck/shared/form'
import { formErrors, patchErrors } from '@zonedeck/shared/form-errors'
import type { Finding } from '@zonedeck/shared/job'
import type { Operation, OperationState } from '@zonedeck/shared/operation'
import { isRefusal } from '@zonedeck/shared/refusals'
import type { Zone } from '@zonedeck/shared/zone'
import type { OpenConnection } from '../../features/connections/open.ts'
import { checkFilter } from './filter-check.ts'
import { refused } from './refused.ts'

const absent = 'This server offers no way to do it.'

/** Why this server cannot do the operation at all, or null. */
export function operationRefusal(
  { about: { capabilities }, dns, users, filter }: Pick<OpenConnection, 'about' | 'dns' | 'users' | 'filter'>,
  operation: Operation,
): string | null {
  const reason = (support: unknown, has: boolean) => (isRefusal(support) ? support.reason : has ? null : absent)
  switch (operation.operation) {
    case 'create': {
      const { createZone } = capabilities
      if (isRefusal(createZone)) return createZone.reason
      if (dns.createZone === undefined) return absent
      const kinds = createZone.kinds.map(({ id }) => id)
      return kinds.includes(operation.kind) ? null : `This server makes zones of the kinds ${kinds.join(', ')}.`
    }
    case 'delete':
      return reason(capabilities.deleteZone, dns.deleteZone !== undefined)
    case 'enable':
    case 'disable':
      return reason(capabilities.enableZone, dns.setZoneEnabled !== undefined)
    case 'import': {
      const { nativeImport } = capabilities
      if (isRefusal(nativeImport)) return nativeImport.reason
      if (dns.nativeImport === undefined) return absent
      return nativeImport.includes(operation.mode) ? null : `This server imports only by ${nativeImport.join(', ')}.`
    }
    case 'settings':
      return reason(capabilities.settings, dns.settings !== undefined)
    case 'permissions':
      return reason(capabilities.permissions, dns.permissions !== undefined)
    case 'dnssec':
      return reason(capabilities.dnssec, dns.dnssec !== undefined)
    case 'action':
      return dns.actions === undefined || !capabilities.actions.some(({ id }) => id === operation.action)
        ? absent
        : null
    case 'user-create':
    case 'user-update':
    case 'user-delete':
      return reason(capabilities.users, users !== undefined)
    case 'filter':
    case 'filter-refresh':
      return reason(capabilities.filter, filter !== undefined)
    case 'filter-blocking':
      return reason(capabilities.filter, filter?.blocking !== undefined)
  }
}

/** What a step does, or what goes with a zone, in the provider's words, and what is dangerous about it. */
export interface CheckedOperation {
  help?: string
  findings: Finding[]
}

/**
 * Holds an operation against what the server offers and holds now. `zone` is the zone as it was just read, null for one
 * that is to be made and for accounts. Throws `plan/refused` with the field that is wrong.
 */
export function checkOperation(
  open: Pick<OpenConnection, 'about' | 'users' | 'connection'>,
  operation: Operation,
  before: OperationState | undefined,
  zone: Zone | null,
): CheckedOperation {
  switch (operation.operation) {
    case 'create':
      checkForm(kindFields(open, operation.kind), operation.values ?? {})
      return { findings: [] }
    case 'delete': {
      const { deleteLoses } = open.about.capabilities
      return { findings: [], ...(deleteLoses === undefined ? {} : { help: deleteLoses }) }
    }
    case 'settings':
      if (before?.about === 'settings') checkPatch(before.settings.fields, operation.values)
      return { findings: [] }
    case 'permissions':
      return checkPermissions(operation)
    case 'dnssec':
      return before?.about === 'dnssec' ? checkStep(before.dnssec.actions, operation) : { findings: [] }
    case 'action':
      return checkAction(open, operation, zone)
    case 'user-create':
      if (before?.about === 'account' && before.account !== null) {
        throw refused(`${operation.user} is there already.`, [
          { pointer: '/operation/user', detail: 'There is an account of this name already.' },
        ])
      }
      checkForm(open.users?.newFields() ?? [], operation.values)
      return { findings: [] }
    case 'user-update': {
      const account = accountOf(before, operation.user)
      checkPatch(account.fields, operation.values)
      return { findings: [] }
    }
    case 'filter':
      return { findings: before?.about === 'filter' ? checkFilter(operation, before.text ?? '') : [] }
    case 'user-delete':
      return accountDeletion(accountOf(before, operation.user), open.connection.name)
    default:
      return { findings: [] }
  }
}

function checkForm(fields: readonly FormField[], values: FormValues): void {
  complain(formErrors(fields, values, '/operation/values'))
}

function checkPatch(fields: readonly FormField[], values: FormValues): void {
  if (Object.keys(values).length === 0) throw refused('There is nothing to change.')
  complain(patchErrors(fields, values, '/operation/values'))
}

function complain(errors: { pointer: string; detail: string }[]): void {
  if (errors.length === 0) return
  throw refused(errors.length === 1 ? (errors[0]?.detail ?? '') : `${errors.length} fields need another look.`, errors)
}

function kindFields({ about }: Pick<OpenConnection, 'about'>, kind: string): readonly FormField[] {
  const { createZone } = about.capabilities
  return isRefusal(createZone) ? [] : (createZone.kinds.find(({ id }) => id === kind)?.fields ?? [])
}

function checkPermissions({ users, groups }: Extract<Operation, { operation: 'permissions' }>): CheckedOperation {
  for (const [table, rows] of [['users', users] as const, ['groups', groups] as const]) {
    const names = rows.map(({ name }) => name.toLowerCase())
    complain(
      rows.flatMap(({ name }, index) =>
        names.indexOf(name.toLowerCase()) === index
          ? []
          : { pointer: `/operation/${table}/${index}/name`, detail: `${name} is there twice.` },
      ),
    )
  }
  return { findings: [] }
}

function checkStep(
  actions: readonly DnssecAction[],
  { action, key, values }: Extract<Operation, { operation: 'dnssec' }>,
): CheckedOperation {
  const offered = actions.find((each) => each.id === action && each.key === key)
  if (offered === undefined) {
    throw refused('The server does not offer this step now. Read its state again.', [
      { pointer: '/operation/action', detail: 'It is not offered now.' },
    ])
  }
  if (offered.refusal !== undefined) throw refused(offered.refusal)
  checkForm(offered.fields, values)
  return { help: offered.help, findings: dangerOf(`dnssec-${action}`, offered) }
}

function checkAction(
  { about: { capabilities } }: Pick<OpenConnection, 'about'>,
  { action, values }: Extract<Operation, { operation: 'action' }>,
  zone: Zone | null,
): CheckedOperation {
  const offered = capabilities.actions.find(({ id }) => id === action)
  if (offered === undefined) throw refused(absent)
  if (zone !== null && offered.kinds?.includes(zone.kind) === false) {
    throw refused(`A zone of the kind ${zone.kind} has no such action; it is for ${offered.kinds.join(', ')}.`)
  }
  checkForm(offered.fields, values)
  return { help: offered.help, findings: dangerOf(`zone-${action}`, offered) }
}

function dangerOf(id: string, { danger, help }: { danger?: string | undefined; help: string }): Finding[] {
  return danger === undefined ? [] : [{ id, severity: 'danger', title: danger, reason: help }]
}

function accountOf(before: OperationState | undefined, user: string) {
  if (before?.about === 'account' && before.account !== null) return before.account
  throw refused(`The server knows no account ${user}.`, [
    { pointer: '/operation/user', detail: 'There is no account of this name.' },
  ])
}

function accountDeletion({ name, self }: { name: string; self: boolean }, server: string): CheckedOperation {
  const ends: Finding = {
    id: 'account-delete',
    severity: 'danger',
    title: `${name} can no longer use ${server}`,
    reason:
      'Its key stops working at once, and its zones may go with it. The server offers no way to bring the account back.',
  }
  if (!self) return { findings: [ends] }
  const own: Finding = {
    id: 'account-delete-self',
    severity: 'danger',
    title: `The connection ${server} ends`,
    reason: `${name} is the account whose key this panel uses. Afterwards the connection is removed here too; its history stays.`,
  }
  return { findings: [ends, own] }
}
