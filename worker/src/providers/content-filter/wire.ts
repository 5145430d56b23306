import * as z from 'zod'

/**
 * A configuration as it is read: whatever else is in it, the Web UI adds a registry of lists where there is none. What has
 * no such registry is another server's answer, and none of it is shown or kept.
 */
export const configuration = z.looseObject({ blockLists: z.array(z.unknown()) })

/** What a call that changes something answers. `reloaded`: Technitium answered at all; few calls say it. */
export const done = z.looseObject({ ok: z.literal(true), reloaded: z.boolean().optional() })

export const failed = z.looseObject({ ok: z.literal(false), error: z.string() })

export const services = z.record(
  z.string(),
  z.looseObject({ name: z.string().default(''), domains: z.array(z.string()).default([]) }),
)
