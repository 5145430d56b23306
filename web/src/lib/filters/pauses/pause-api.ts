import type { Pause, PauseInput } from '@zonedeck/shared/content-filter'
import { api, call } from '#lib/api.ts'

const pauses = api.connections[':connection'].filter.pauses

export function startPause(connection: string, input: PauseInput): Promise<Pause> {
  return call(pauses.$post({ param: { connection }, json: input }))
}

/** Ends a pause before its time, or forgets one that is over. */
export function endPause(connection: string, pause: string): Promise<Pause> {
  return call(pauses[':pause'].$delete({ param: { connection, pause } }))
}
