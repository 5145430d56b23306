import type { Connection, ConnectionInput, ConnectionPatch } from '@zonedeck/shared/connection'
import { reaches, rightOn, rightWithin } from '@zonedeck/shared/rights'
import type { Me } from '@zonedeck/shared/session'
import type { Env } from '../../env.ts'
import type { Call } from '../../http/context.ts'
import { endPauses } from '../../objects/ask-pauses.ts'
import { beginSampling, endSampling } from '../../objects/ask-sampler.ts'
import { makeId } from '../../http/ids.ts'
import { log } from '../../http/log.ts'
import { forbidden } from '../../http/rights.ts'
import { notFound, ProblemError } from '../../http/problem-error.ts'
import { policyFromEnv } from '../../providers/url-policy.ts'
import { acceptUrl, credentialErrors, headerErrors, refuse } from './input.ts'
import { keyRing } from './key-ring.ts'
import { headerField, providerOf, signInOnce, signsIn } from './open.ts'
import { operatorConnection, operatorIds } from './operator.ts'
import { changeOf, sealAll } from './replace.ts'
import {
  allConnections,
  deleteConnection,
  findStored,
  insertConnection,
  storedIds,
  updateConnection,
  type StoredConnection,
} from './store.ts'

/** Ids of every connection, those of the operator that cannot be read (now) among them. */
export async function connectionIds({ env }: Call): Promise<string[]> {
  return [...operatorIds(env), ...(await storedIds(env.DB))]
}

/** The operator's first, then the panel's by name. One that cannot be read says so when it is opened, and in the log. */
export async function listConnections(call: Call, me: Me): Promise<Connection[]> {
  const given = operatorIds(call.env).flatMap((id) => readOperator(call.env, me, id) ?? [])
  const stored = (await allConnections(call.env.DB)).map(({ connection, fields }) => shown(me, connection, fields))
  return [...given, ...stored].filter(({ id }) => reaches(rightWithin(me, id), 'view'))
}

function readOperator(env: Env, me: Me, id: string): Connection | null {
  try {
    return shownOperator(env, me, id)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    log({ event: 'unreadable-variable', name: id })
    return null
  }
}

export async function findConnection(call: Call, me: Me, id: string): Promise<Connection> {
  const operator = shownOperator(call.env, me, id)
  if (operator !== null) return operator
  const stored = await findStored(call.env.DB, id)
  if (stored === null) throw notFound()
  return shown(me, stored.connection, stored.credentials)
}

export async function addConnection(
  call: Call,
  me: Me,
  input: ConnectionInput,
  source: 'panel' | 'sandbox',
): Promise<Connection> {
  const ring = keyRing(call.env)
  const url = checkInput(call.env, input)
  const at = new Date(call.now()).toISOString()
  const connection: StoredConnection = {
    ...{ id: makeId('con'), name: input.name, provider: input.provider, url, source },
    ...{ version: 1, createdAt: at, updatedAt: at },
  }
  const kept = await signInOnce(call.env, { ...input, url }, call.now, call.fetch)
  const credentials = await sealAll(ring, connection.id, [
    ...Object.entries(kept).filter(([, value]) => value !== ''),
    ...(input.headers ?? []).map(({ name, value }) => [headerField + name.toLowerCase(), value] as const),
  ])
  await insertConnection(call.env.DB, connection, credentials)
  if (counts(connection.provider)) await beginSampling(call, connection.id)
  return shown(me, connection, credentials)
}

/** Checks what was typed, and returns the address as it is to be stored. */
export function checkInput(env: Env, input: ConnectionInput): string {
  const { about } = providerOf(input.provider)
  refuse([...credentialErrors(about, input.credentials), ...headerErrors(input.headers ?? [])])
  return acceptUrl(input.url, policyFromEnv(env))
}

export async function changeConnection(call: Call, me: Me, id: string, patch: ConnectionPatch): Promise<Connection> {
  const { env } = call
  refuseOperator(env, id)
  const stored = await findStored(env.DB, id)
  if (stored === null) throw notFound()
  const { about } = providerOf(stored.connection.provider)
  const url = patch.url === undefined ? stored.connection.url : acceptUrl(patch.url, policyFromEnv(env))
  const signed = await signedIn(call, stored.connection.provider, url, patch)
  const { put, remove } = changeOf(about, stored.credentials, signed, url !== stored.connection.url)
  const sealed = put.length === 0 ? [] : await sealAll(keyRing(env), id, put)
  const next = {
    ...stored.connection,
    ...{ name: patch.name ?? stored.connection.name, url, updatedAt: new Date(call.now()).toISOString() },
  }
  if (url !== stored.connection.url) await endPauses(call, me, id)
  if (!(await updateConnection(env.DB, next, sealed, remove))) {
    throw new ProblemError(409, 'connection/changed', 'Someone else has just changed this connection', {
      detail: 'Look at it again before changing it.',
    })
  }
  if (counts(next.provider)) await beginSampling(call, id, url !== stored.connection.url)
  return findConnection(call, me, id)
}

/** A patch that brings something to sign in with, with what came of it in its place. */
async function signedIn(call: Call, provider: string, url: string, patch: ConnectionPatch): Promise<ConnectionPatch> {
  const { about } = providerOf(provider)
  const { credentials = {}, headers } = patch
  if (!signsIn(about, credentials)) return patch
  refuse([...credentialErrors(about, credentials), ...headerErrors(headers ?? [])])
  const input = { provider, url, credentials, ...(headers === undefined ? {} : { headers }) }
  return { ...patch, credentials: await signInOnce(call.env, input, call.now, call.fetch) }
}

/** @param me who removes it; absent when its server lets nobody in any more, and nothing can be ended there */
export async function removeConnection(call: Call, id: string, me?: Me): Promise<void> {
  refuseOperator(call.env, id)
  if (me !== undefined) await endPauses(call, me, id)
  if (!(await deleteConnection(call.env.DB, id))) throw notFound()
  await endSampling(call, id)
}

/** Does such a server count anything at all? */
function counts(provider: string): boolean {
  return providerOf(provider).about.capabilities.statistics === true
}

function refuseOperator(env: Env, id: string): void {
  if (operatorIds(env).includes(id)) {
    throw forbidden('This connection is a secret of the worker: only its operator can change or remove it.')
  }
}

function shown(
  me: Me,
  { id, name, provider, url, source, createdAt, updatedAt }: StoredConnection,
  fields: readonly { field: string; hint: string | null }[],
): Connection {
  // Not even the end of a secret is for who only uses it.
  const mine = me.owner ? fields : []
  const [headers, credentials] = [true, false].map((wanted) =>
    mine.filter(({ field }) => field.startsWith(headerField) === wanted),
  )
  return {
    ...{ id, name, provider, url, source, createdAt, updatedAt, right: rightOn(me, id) },
    credentials: Object.fromEntries(
      (credentials ?? []).map(({ field, hint }) => [field, { set: true, ...(hint === null ? {} : { hint }) }]),
    ),
    headers: (headers ?? []).map(({ field }) => field.slice(headerField.length)),
  }
}

function shownOperator(env: Env, me: Me, id: string): Connection | null {
  const given = operatorConnection(env, id)
  if (given === null) return null
  const { name, provider, url, credentials, headers = [] } = given
  return {
    ...{ id, name, provider, url, source: 'operator', right: rightOn(me, id) },
    credentials: me.owner ? Object.fromEntries(Object.keys(credentials).map((field) => [field, { set: true }])) : {},
    headers: me.owner ? headers.map((header) => header.name.toLowerCase()) : [],
    // The worker does not learn when its secrets were set.
    createdAt: '1970-01-01T00:00:00Z',
    updatedAt: '1970-01-01T00:00:00Z',
  }
}
