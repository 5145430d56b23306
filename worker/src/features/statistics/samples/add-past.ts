import * as z from 'zod'
import type { Call } from '../../../http/context.ts'
import { log } from '../../../http/log.ts'
import { putSamples } from './store.ts'

const samplesSchema = z.array(
  z.strictObject({
    step: z.literal([60, 900, 3600]),
    at: z.int(),
    until: z.int(),
    counts: z.record(z.string(), z.int()),
  }),
)

/** Puts in what would have been sampled of a simulator, so that its dashboard is not empty on the first day. */
export async function addPast(call: Call, connection: string, url: string): Promise<void> {
  try {
    const response = await call.fetch(new Request(url))
    await putSamples(call.env.DB, connection, samplesSchema.parse(await response.json()))
  } catch {
    // It is there for show: the connection is as good without.
    log({ event: 'sampling', connection, trouble: 'no past' })
  }
}
