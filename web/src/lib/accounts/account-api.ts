import type { Account, AccountDirectory, AccountOperation } from '@zonedeck/shared/account'
import type { Job } from '@zonedeck/shared/job'
import { api, call } from '#lib/api.ts'
import type { ApplyCalls } from '#lib/zones/apply.svelte.ts'

const accounts = api.connections[':connection'].accounts

export function readDirectory(connection: string): Promise<AccountDirectory> {
  return call(accounts.$get({ param: { connection } }))
}

export function readAccount(connection: string, name: string): Promise<{ account: Account; zones: string[] }> {
  return call(accounts[':account'].$get({ param: { connection, account: encodeURIComponent(name) } }))
}

export function readAccountJob(connection: string, job: string): Promise<Job> {
  return call(accounts.jobs[':job'].$get({ param: { connection, job } }))
}

/** The way of an operation on an account to its server. Secrets go along once, with the plan that was shown. */
export function accountCalls(
  connection: string,
  operation: AccountOperation,
  secrets: Readonly<Record<string, string>>,
): ApplyCalls<AccountOperation> {
  const param = { connection }
  return {
    makePlan: () => call(accounts.plans.$post({ param, json: { operation } })),
    startJob: (_, { plan, accept }) =>
      call(
        accounts.jobs.$post({
          param,
          json: { plan, operation, accept, ...(Object.keys(secrets).length > 0 ? { secrets } : {}) },
        }),
      ),
  }
}
