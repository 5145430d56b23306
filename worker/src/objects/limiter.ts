import { DurableObject } from 'cloudflare:workers'
import type { Env } from '../env.ts'

/** Counts failed sign-ins and hashes passwords: both need more than a free request's 10 ms of CPU or one place to count. */
export class Limiter extends DurableObject<Env> {}
