import type { Call } from '../http/context.ts'
import { unwrap } from './answer.ts'
import type { Actor } from './ask-writer.ts'

/**
 * Ends what is paused at the filter of a connection that is to be removed or to lead to another server: afterwards nobody
 * could. Throws 409 once while the server does not take it.
 */
export async function endPauses({ env, requestId }: Call, { id, name }: Actor, connection: string): Promise<void> {
  unwrap(await env.FILTER_PAUSES.getByName(connection).leave({ connection, actor: { id, name }, requestId }))
}
