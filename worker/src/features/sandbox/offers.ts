import * as z from 'zod'
import type { Env } from '../../env.ts'
import { log } from '../../http/log.ts'

const offersSchema = z.array(
  z.strictObject({
    name: z.string(),
    provider: z.string(),
    url: z.string(),
    credentials: z.record(z.string(), z.string()),
    blurb: z.string(),
    /** Where to get what would have been sampled of it. */
    past: z.string().optional(),
  }),
)
export type SandboxOffer = z.infer<typeof offersSchema>[number]

/** The simulators that run beside a local panel; none when it runs on Cloudflare. */
export function sandboxOffers(env: Env): SandboxOffer[] {
  if (env.SANDBOX === undefined || env.SANDBOX === '') return []
  try {
    return offersSchema.parse(JSON.parse(env.SANDBOX))
  } catch {
    log({ event: 'unreadable-variable', name: 'SANDBOX' })
    return []
  }
}
