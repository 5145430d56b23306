import { DurableObject } from 'cloudflare:workers'
import type { Env } from '../env.ts'
import { settleAccount } from '../features/accounts/settle.ts'
import { readDelegation } from '../features/delegation/service.ts'
import { openConnection } from '../features/connections/open.ts'
import { log } from '../http/log.ts'
import type { ApplyBody, WriteInput } from './writes/examine.ts'
import { toJob } from './writes/job-state.ts'
import { recordHistory } from './writes/record-history.ts'
import { makeWriter, type WriteCall, type Writer } from './writes/writer.ts'

/** `PLAN_KEY` as bytes; undefined when it is missing or not what it has to be. */
function planKey(text: string | undefined): Uint8Array<ArrayBuffer> | undefined {
  const bytes = Uint8Array.from(Buffer.from(text ?? '', 'base64'))
  return bytes.length >= 32 ? bytes : undefined
}

/** One writer a connection (its name is the connection's id): every write to that server goes through it. */
export class ZoneWriter extends DurableObject<Env> {
  private readonly writer: Writer

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const now = () => Date.now()
    // eslint-disable-next-line no-restricted-globals -- the entry of this object, as index.ts is the entry of requests
    const outside = { env, now, fetch: (request: Request) => fetch(request), requestId: 'zone-writer' }
    this.writer = makeWriter({
      storage: ctx.storage,
      now,
      open: (connection, calls) => openConnection(env, connection, now, outside.fetch, calls),
      askParent: async (connection, zone) => (await readDelegation(outside, connection, zone)).ds,
      record: async (job) => {
        await recordHistory(env.DB, job)
        await settleAccount(outside, toJob(job))
        if (job.operation?.operation === 'filter') await env.FILTER_PAUSES.getByName(job.connection).follow()
      },
      planKey: planKey(env.PLAN_KEY),
      log: ({ id, state, results }) => log({ event: 'job', job: id, state, changes: results.length }),
    })
  }

  plan(call: WriteCall<WriteInput>) {
    return this.writer.plan(call)
  }

  apply(call: WriteCall<ApplyBody>) {
    return this.writer.apply(call)
  }

  job(connection: string, zone: string, id: string) {
    return this.writer.job(connection, zone, id)
  }

  override alarm() {
    return this.writer.alarm()
  }
}
