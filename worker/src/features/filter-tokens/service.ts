import type { FilterToken, FilterTokenInput, FilterTokenMade } from '@zonedeck/shared/content-filter'
import type { Me } from '@zonedeck/shared/session'
import type { Call } from '../../http/context.ts'
import { digest, makeId, makeToken } from '../../http/ids.ts'
import { invalid, notFound } from '../../http/problem-error.ts'
import { openFilter } from '../filters/service.ts'
import { deleteToken, findToken, insertToken, noteUse, selectTokens, type KnownToken } from './store.ts'

const minute = 60_000

/** Where the API of the Web UI is imitated: what a script has as its base URL, below the panel's own address. */
export const compatPath = '/api/compat/content-filter'

export function listTokens({ env }: Call, connection: string): Promise<FilterToken[]> {
  return selectTokens(env.DB, connection)
}

/** @param origin of the panel, as the caller reached it */
export async function makeFilterToken(
  call: Call,
  me: Me,
  connection: string,
  { name }: FilterTokenInput,
  origin: string,
): Promise<FilterTokenMade> {
  // A token for a server that filters nothing could never be used.
  await openFilter(call, connection)
  const secret = makeToken()
  const createdAt = new Date(call.now()).toISOString()
  const token = { id: makeId('tok'), name, createdAt, createdBy: me.name, lastUsedAt: null }
  try {
    await insertToken(call.env.DB, token, { connection, user: me.id, hash: digest(secret) })
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('filter_tokens.name')) throw error
    throw invalid([{ pointer: '/name', detail: 'Another token of this filter has this name.' }])
  }
  return { token, secret, baseUrl: `${origin}${compatPath}/${connection}` }
}

export async function revokeToken({ env }: Call, connection: string, id: string): Promise<void> {
  if (!(await deleteToken(env.DB, connection, id))) throw notFound()
}

/** Whose token this is, or null. Its use is noted once a minute: each write costs. */
export async function openToken({ env, now }: Call, secret: string): Promise<KnownToken | null> {
  const token = await findToken(env.DB, digest(secret))
  if (token === null) return null
  const { id, lastUsedAt } = token
  if (lastUsedAt === null || now() >= Date.parse(lastUsedAt) + minute) {
    await noteUse(env.DB, id, new Date(now()).toISOString())
  }
  return token
}
