import type { Connection, ConnectionInput, ConnectionPatch } from '@zonedeck/shared/connection'
import type { Me } from '@zonedeck/shared/session'
import type { Call } from '../../http/context.ts'
import { notFound } from '../../http/problem-error.ts'

export async function listConnections(_call: Call, _me: Me): Promise<Connection[]> {
  return []
}

export async function findConnection(_call: Call, _me: Me, _id: string): Promise<Connection> {
  throw notFound()
}

export async function addConnection(
  _call: Call,
  _me: Me,
  _input: ConnectionInput,
  _source: 'panel' | 'sandbox',
): Promise<Connection> {
  throw notFound()
}

export async function changeConnection(
  _call: Call,
  _me: Me,
  _id: string,
  _patch: ConnectionPatch,
): Promise<Connection> {
  throw notFound()
}

export async function removeConnection(_call: Call, _id: string): Promise<void> {
  throw notFound()
}
