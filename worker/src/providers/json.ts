import type * as z from 'zod'
import { ProviderError } from './provider-error.ts'

const MAX_DEPTH = 64

/**
 * Reads a server's JSON. Nesting beyond 64 levels and the keys `__proto__` and `constructor` are refused, so that no
 * answer can reach into our own objects. Throws `ProviderError` of kind `protocol`.
 */
export function parseJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new ProviderError(
      'protocol',
      'The server answered something other than JSON. Is this the address of its API?',
    )
  }
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) throw new ProviderError('protocol', 'The server’s answer is nested too deeply.')
    const below: unknown[] = []
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue
      if (!Array.isArray(item) && (Object.hasOwn(item, '__proto__') || Object.hasOwn(item, 'constructor'))) {
        throw new ProviderError('protocol', 'The server’s answer has a key that no API uses. It was not read.')
      }
      for (const child of Object.values(item)) if (typeof child === 'object' && child !== null) below.push(child)
    }
    level = below
  }
  return value
}

/** Reads a server's JSON into the shape its documents promise; `what` names the thing for the error's sentence. */
export function readJson<T>(schema: z.ZodType<T>, text: string, what: string): T {
  const result = schema.safeParse(parseJson(text))
  if (result.success) return result.data
  const path = result.error.issues[0]?.path.map(String).join('.').slice(0, 80) ?? ''
  throw new ProviderError(
    'protocol',
    `The server’s answer for ${what} has another shape than its documents promise${path === '' ? '' : ` (at ${path})`}.`,
  )
}
