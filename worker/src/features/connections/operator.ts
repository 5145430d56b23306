import * as z from 'zod'
import { connectionInputSchema, type ConnectionInput } from '@zonedeck/shared/connection'
import { variable, type Env } from '../../env.ts'
import { ProblemError } from '../../http/problem-error.ts'

/** A connection that the operator gave the worker as a secret: it can be used, not read, edited or repointed. */
export interface OperatorConnection extends ConnectionInput {
  id: string
  /** The secret it comes from. */
  variable: string
}

const prefix = 'CONNECTION_'
const technitium = 'op_technitium'

const secretSchema = z.strictObject({
  ...connectionInputSchema.omit({ name: true }).shape,
  name: connectionInputSchema.shape.name.optional(),
})

/** Ids of all of them, readable or not. `CONNECTION_HOME` is `op_home`. */
export function operatorIds(env: Env): string[] {
  const named = Object.keys(env).filter((name) => /^CONNECTION_[A-Z0-9_]{1,60}$/.test(name))
  const ids = named.map((name) => `op_${name.slice(prefix.length).toLowerCase()}`)
  const simple = env.TECHNITIUM_URL !== undefined || env.TECHNITIUM_TOKEN !== undefined
  return [...new Set([...(simple ? [technitium] : []), ...ids])]
}

/** Null when there is none of this id. Throws 503 naming the variable that cannot be read, never its value. */
export function operatorConnection(env: Env, id: string): OperatorConnection | null {
  if (!/^op_[a-z0-9_]{1,60}$/.test(id)) return null
  const name = prefix + id.slice('op_'.length).toUpperCase()
  const text = variable(env, name)
  if (text !== undefined) return { id, variable: name, ...read(name, text) }
  if (id !== technitium || !operatorIds(env).includes(id)) return null
  if (!env.TECHNITIUM_URL) throw unreadable('TECHNITIUM_URL', 'is missing, while TECHNITIUM_TOKEN is there')
  if (!env.TECHNITIUM_TOKEN) throw unreadable('TECHNITIUM_TOKEN', 'is missing, while TECHNITIUM_URL is there')
  return {
    id,
    variable: 'TECHNITIUM_TOKEN',
    name: 'Technitium',
    provider: 'technitium',
    url: env.TECHNITIUM_URL,
    credentials: { token: env.TECHNITIUM_TOKEN },
  }
}

function read(name: string, text: string): ConnectionInput {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw unreadable(name, 'is not JSON')
  }
  const parsed = secretSchema.safeParse(value)
  if (parsed.success) return { ...parsed.data, name: parsed.data.name ?? titled(name) }
  const fields = new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? 'its fields')))
  throw unreadable(name, `is wrong in: ${[...fields].slice(0, 5).join(', ')}`)
}

function titled(name: string): string {
  const words = name.slice(prefix.length).toLowerCase().split('_').filter(Boolean).join(' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function unreadable(name: string, why: string): ProblemError {
  return new ProblemError(503, 'config/connection-secret', 'A connection given by the operator cannot be used', {
    detail: `The worker's secret ${name} ${why}.`,
  })
}
