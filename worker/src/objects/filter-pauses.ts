import { DurableObject } from 'cloudflare:workers'
import type { PauseTarget } from '@zonedeck/shared/content-filter'
import type { Env, FilterPausesCalls } from '../env.ts'
import { openConnection } from '../features/connections/open.ts'
import { makePauser, type PauseCall, type Pauser } from './pauses/pauser.ts'
import { makeWriteFilter } from './pauses/write-filter.ts'

/** The pauses of one filter (its name is the connection's id). It writes through that connection's `ZoneWriter`. */
export class FilterPauses extends DurableObject<Env> implements FilterPausesCalls {
  private readonly pauser: Pauser

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const now = () => Date.now()
    // eslint-disable-next-line no-restricted-globals -- the entry of this object, as index.ts is the entry of requests
    const outside = { env, now, fetch: (request: Request) => fetch(request), requestId: 'filter-pauses' }
    this.pauser = makePauser({
      storage: ctx.storage,
      now,
      open: (connection, calls) => openConnection(env, connection, now, outside.fetch, calls),
      write: makeWriteFilter(outside),
    })
  }

  start(call: PauseCall & { target: PauseTarget; until: number }) {
    return this.pauser.start(call)
  }

  end(call: PauseCall & { id: string }) {
    return this.pauser.end(call)
  }

  leave(call: PauseCall) {
    return this.pauser.leave(call)
  }

  follow() {
    return this.pauser.follow()
  }

  list(text?: string) {
    return this.pauser.list(text)
  }

  override alarm() {
    return this.pauser.alarm()
  }
}
