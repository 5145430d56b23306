import type { Connection } from '@zonedeck/shared/connection'
import type { Call } from '../../http/context.ts'
import { toProblem } from '../../http/problem.ts'
import { ProviderError } from '../../providers/provider-error.ts'

/** Workers open six connections at a time; a seventh would wait while its time already runs. */
const mostAtOnce = 6
/** A server that is silent for so long is said to be silent; the others were shown long before. */
const deadline = 10_000
/** Upstream calls for all connections together. */
const calls = 45

/**
 * Asks each connection's server, and writes one line of JSON a connection, in the order in which they answer:
 * `{ connection, … }` with what `ask` returns, or `{ connection, problem }`. `calls`: upstream calls it may spend.
 */
export function askEach(
  call: Call,
  list: () => Promise<Connection[]>,
  ask: (connection: Connection, calls: number) => Promise<object>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let cancelled = false
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const waiting = await list()
      const each = Math.max(1, Math.min(10, Math.floor(calls / Math.max(1, waiting.length))))
      const worker = async () => {
        for (let next = waiting.shift(); next !== undefined && !cancelled; next = waiting.shift()) {
          const line = await inTime(call, next, ask(next, each))
          if (!cancelled) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
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

async function inTime(call: Call, { id, name }: Connection, answer: Promise<object>): Promise<object> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    const silent = new ProviderError('unavailable', `${name} gave no answer within ${deadline / 1000} s.`)
    timer = setTimeout(() => reject(silent), deadline)
  })
  try {
    return { connection: id, ...(await Promise.race([answer, late])) }
  } catch (error) {
    return { connection: id, problem: toProblem(error, call.requestId, name) }
  } finally {
    clearTimeout(timer)
  }
}
