import type { ConnectionInput } from '@zonedeck/shared/connection'
import { digest } from '../../http/ids.ts'
import type { ProviderMemory } from '../../providers/provider.ts'

/** Of so many connections something is remembered; the one that was longest not asked for goes first. */
const most = 50

const memories = new Map<string, Map<string, { value: unknown; until: number }>>()

/** What adapters remember of a connection while this worker lives. Other credentials or another address: another memory. */
export function memoryOf(
  input: Pick<ConnectionInput, 'url' | 'credentials' | 'headers'>,
  now: () => number,
): ProviderMemory {
  const id = digest(JSON.stringify([input.url, input.credentials, input.headers ?? []]))
  const memory = memories.get(id) ?? new Map<string, { value: unknown; until: number }>()
  memories.delete(id)
  memories.set(id, memory)
  const [oldest] = memories.keys()
  if (memories.size > most && oldest !== undefined) memories.delete(oldest)
  return {
    get: (key) => {
      const held = memory.get(key)
      return held !== undefined && now() < held.until ? held.value : undefined
    },
    set: (key, value, lifetime) => void memory.set(key, { value, until: now() + lifetime }),
    delete: (key) => void memory.delete(key),
  }
}
