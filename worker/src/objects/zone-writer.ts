import { DurableObject } from 'cloudflare:workers'
import type { Env } from '../env.ts'

/** One writer a zone, so that two applies never interleave. */
export class ZoneWriter extends DurableObject<Env> {}
