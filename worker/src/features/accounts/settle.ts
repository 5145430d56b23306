import type { Job } from '@zonedeck/shared/job'
import type { Call } from '../../http/context.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { removeConnection } from '../connections/service.ts'
import { forgetName, forgetNames, rememberName } from './store.ts'

/**
 * What the panel itself has to do once the server has done its part with an account; nothing after other jobs. It belongs
 * to the job, so that it is done whether or not somebody still waits for the answer. May be done twice.
 */
export async function settleAccount(call: Call, { connection, state, operation, before }: Job): Promise<void> {
  if (state !== 'done' || operation === undefined || !('user' in operation)) return
  const { DB } = call.env
  if (operation.operation !== 'user-delete') {
    await rememberName(DB, connection, operation.user, new Date(call.now()).toISOString())
    return
  }
  await forgetName(DB, connection, operation.user)
  if (before?.about === 'account' && before.account?.self === true) await endConnection(call, connection)
}

/** With the account the key is gone: the connection could never be used again. */
async function endConnection(call: Call, connection: string): Promise<void> {
  await forgetNames(call.env.DB, connection)
  try {
    await removeConnection(call, connection)
  } catch (error) {
    // An operator's connection stays until its secret is taken away; one that is gone already is gone.
    if (!(error instanceof ProblemError)) throw error
  }
}
