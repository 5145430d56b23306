import { longestPause, type Pause, type PauseInput } from '@zonedeck/shared/content-filter'
import type { Me } from '@zonedeck/shared/session'
import type { Call } from '../../http/context.ts'
import { invalid } from '../../http/problem-error.ts'
import { unwrap } from '../../objects/answer.ts'

const shortest = 60_000

function pauser(call: Call, connection: string) {
  return call.env.FILTER_PAUSES.getByName(connection)
}

/** What is paused at a filter. With its configuration as it is now, what somebody else changed meanwhile is told. */
export async function listPauses(call: Call, connection: string, text?: string): Promise<Pause[]> {
  const object = pauser(call, connection)
  const pauses = await object.list()
  // A configuration may have megabytes, and is needed only where something is held in it.
  return text === undefined || pauses.length === 0 ? pauses : object.list(text)
}

/** Throws 422 with what is wrong, and what the server answers. */
export async function startPause(call: Call, me: Me, connection: string, input: PauseInput): Promise<Pause> {
  const { target, seconds, until } = input
  const now = call.now()
  const end = until === undefined ? now + (seconds ?? 0) * 1000 : Date.parse(until)
  if (end < now + shortest || end > now + longestPause * 1000) {
    throw invalid([{ pointer: '/until', detail: 'A pause lasts a minute at least and a week at most.' }])
  }
  return unwrap(await pauser(call, connection).start({ ...who(call, me), connection, target, until: end }))
}

/** Ends one before its time, or forgets one that is over. A server that does not answer is asked until it does. */
export async function endPause(call: Call, me: Me, connection: string, id: string): Promise<Pause> {
  return unwrap(await pauser(call, connection).end({ ...who(call, me), connection, id }))
}

const who = ({ requestId }: Call, { id, name }: Me) => ({ actor: { id, name }, requestId })
