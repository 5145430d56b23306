import type { Account, AccountDirectory, AccountOperation } from '@zonedeck/shared/account'
import type { AccountApplyInput, Job, Plan } from '@zonedeck/shared/job'
import type { Me } from '@zonedeck/shared/session'
import type { Call } from '../../http/context.ts'
import { invalid } from '../../http/problem-error.ts'
import { pointerTo } from '../../http/validation.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import type { UserDirectory } from '../../providers/provider.ts'
import { askApply, askJob, askPlan, wholeServer } from '../../objects/ask-writer.ts'
import { offered } from '../connections/offered.ts'
import { openConnection } from '../connections/open.ts'
import { forgetName, rememberName, seenNames } from './store.ts'

async function directory(call: Call, connection: string): Promise<UserDirectory> {
  const { about, users } = await openConnection(call.env, connection, call.now, call.fetch)
  return offered(users, about.capabilities.users)
}

/** The connection's own account, what a new one takes, and the names seen so far. */
export async function readDirectory(call: Call, connection: string): Promise<AccountDirectory> {
  const users = await directory(call, connection)
  const self = await users.read()
  const names = self.root ? await seenNames(call.env.DB, connection) : []
  return { self, newFields: self.root ? users.newFields() : [], seen: names.filter((name) => name !== self.name) }
}

/** One account with its zones. What is found is remembered, what is gone is forgotten. Throws `missing`, `forbidden`. */
export async function readAccount(
  call: Call,
  connection: string,
  name: string,
): Promise<{ account: Account; zones: string[] }> {
  const users = await directory(call, connection)
  try {
    const account = await users.read(name)
    await rememberName(call.env.DB, connection, account.name, new Date(call.now()).toISOString())
    return { account, zones: await users.zonesOf(account.name) }
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'missing') await forgetName(call.env.DB, connection, name)
    throw error
  }
}

export function planAccount(call: Call, me: Me, connection: string, operation: AccountOperation): Promise<Plan> {
  return askPlan(call, me, { connection, zone: wholeServer }, { changes: [], operation })
}

export async function applyAccount(call: Call, me: Me, connection: string, input: AccountApplyInput): Promise<Job> {
  checkSecrets(input)
  return askApply(call, me, { connection, zone: wholeServer }, { ...input, changes: [] })
}

/** A plan says which secrets go along, without their values: no other is sent. */
function checkSecrets({ operation, secrets = {} }: AccountApplyInput): void {
  const values = 'values' in operation ? operation.values : {}
  const unsaid = Object.keys(secrets).filter((field) => !Object.hasOwn(values, field) || values[field] !== true)
  if (unsaid.length === 0) return
  throw invalid(
    unsaid.map((field) => ({
      pointer: pointerTo(['secrets', field]),
      detail: 'It was not reviewed: name it in the values of the operation, with `true` in its place.',
    })),
  )
}

export function findAccountJob(call: Call, connection: string, id: string): Promise<Job> {
  return askJob(call, { connection, zone: wholeServer }, id)
}
