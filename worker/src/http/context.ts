import type { Me } from '@zonedeck/shared/session'
import type { Context } from 'hono'
import type { Env } from '../env.ts'

/** What a service may touch: nothing in it is global, so that a test can hand in its own clock and its own internet. */
export interface Call {
  env: Env
  now: () => number
  fetch: (request: Request) => Promise<Response>
  requestId: string
}

export interface AppEnv {
  Bindings: Env
  Variables: {
    call: Call
    /** Read once a request by `signedIn()`; null when there is no valid session. */
    me?: Me | null
    /** When this person last proved who they are, in this session: read along with `me`. In ms. */
    authenticatedAt?: number
    /** Who calls, where a token lets in and no session: the token’s id and name. */
    script?: { id: string; name: string }
  }
}

export type AppContext = Context<AppEnv>
