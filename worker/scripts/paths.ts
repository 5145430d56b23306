import { fileURLToPath } from 'node:url'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export const ROOT = at('../../')
export const WEB = at('../../web/')
export const WORKER = at('../')
export const SHARED = at('../../shared/')
export const BUNDLE = at('../.out/')
export const CONFIG = at('../wrangler.jsonc')
/** What the tests of the last run have proven. */
export const PROOFS = at('../.proofs/calls.json')
