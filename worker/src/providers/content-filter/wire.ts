import * as z from 'zod'

/** What a call that changes something answers. `reloaded`: Technitium answered at all; few calls say it. */
export const done = z.looseObject({ ok: z.literal(true), reloaded: z.boolean().optional() })

export const failed = z.looseObject({ ok: z.literal(false), error: z.string() })

export const services = z.record(
  z.string(),
  z.looseObject({ name: z.string().default(''), domains: z.array(z.string()).default([]) }),
)
