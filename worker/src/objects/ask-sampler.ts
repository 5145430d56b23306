import { log } from '../http/log.ts'
import type { Call } from '../http/context.ts'
import type { Reading } from '../features/statistics/samples/increase.ts'

/**
 * From now on the connection's server is asked every minute what it has counted; a server that was silent is asked again
 * soon. `elsewhere`: it is at another address, and its numbers have nothing to do with those before. What keeps a history
 * of its own, or counts nothing, is left alone. A sampler that is out of reach holds nothing up: the next time will do.
 */
export async function beginSampling({ env }: Call, connection: string, elsewhere = false): Promise<void> {
  await forgiven(connection, env.SAMPLER.getByName(connection).begin(connection, elsewhere))
}

/** The same, with a reading to begin from. */
export async function noteReading({ env }: Call, connection: string, reading: Reading): Promise<void> {
  await forgiven(connection, env.SAMPLER.getByName(connection).note(connection, reading))
}

/** Ends it, and deletes what there is. */
export async function endSampling({ env }: Call, connection: string): Promise<void> {
  await forgiven(connection, env.SAMPLER.getByName(connection).end(connection))
}

async function forgiven(connection: string, done: Promise<void>): Promise<void> {
  try {
    await done
  } catch {
    log({ event: 'sampling', connection, trouble: 'out of reach' })
  }
}
