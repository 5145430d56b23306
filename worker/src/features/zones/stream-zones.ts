import type { Connection } from '@zonedeck/shared/connection'
import type { Me } from '@zonedeck/shared/session'
import type { Call } from '../../http/context.ts'
import { toProblem } from '../../http/problem.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import { listConnections } from '../connections/service.ts'
import { zonesOf } from './zones-of.ts'

/** Workers open six connections at a time; a seventh would wait while its time already runs. */
const mostAtOnce = 6
/** A server that is silent for so long is said to be silent; the others were shown long before. */
const deadline = 10_000
/** Upstream calls for all connections together. */
const calls = 45

/** One line of JSON a connection, in the order in which they answer: `{ connection, zones }` or `{ connection, problem }`. */
export function streamZones(call: Call, me: Me): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let cancelled = false
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const waiting = await listConnections(call, me)
      const each = Math.max(1, Math.min(10, Math.floor(calls / Math.max(1, waiting.length))))
      const worker = async () => {
        for (let next = waiting.shift(); next !== undefined && !cancelled; next = waiting.shift()) {
          const line = `${JSON.stringify(await ask(call, me, next, each))}\n`
          if (!cancelled) controller.enqueue(encoder.encode(line))
        }
      }
      await Promise.all(Array.from({ length: mostAtOnce }, worker))
      if (!cancelled) controller.close()
    },
    cancel() {
      cancelled = true
    },
  })
}

async function ask(call: Call, me: Me, connection: Connection, calls: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    const silent = new ProviderError('unavailable', `${connection.name} gave no answer within ${deadline / 1000} s.`)
    timer = setTimeout(() => reject(silent), deadline)
  })
  try {
    return { connection: connection.id, zones: await Promise.race([zonesOf(call, me, connection.id, calls), late]) }
  } catch (error) {
    return { connection: connection.id, problem: toProblem(error, call.requestId, connection.name) }
  } finally {
    clearTimeout(timer)
  }
}
