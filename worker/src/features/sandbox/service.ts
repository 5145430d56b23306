import type { Connection } from '@zonedeck/shared/connection'
import type { Me } from '@zonedeck/shared/session'
import type { Call } from '../../http/context.ts'
import { notFound } from '../../http/problem-error.ts'
import { addConnection, listConnections } from '../connections/service.ts'
import { addPast } from '../statistics/samples/add-past.ts'
import { sandboxOffers } from './offers.ts'

/** Connects to a simulator. It is there once: asked again, this gives the connection that is there. */
export async function addSandboxConnection(call: Call, me: Me, name: string): Promise<Connection> {
  const offer = sandboxOffers(call.env).find((one) => one.name === name)
  if (offer === undefined) throw notFound()
  const existing = (await listConnections(call, me)).find(
    ({ source, name, provider }) => source === 'sandbox' && name === offer.name && provider === offer.provider,
  )
  if (existing !== undefined) return existing
  const { provider, url, credentials, past } = offer
  const connection = await addConnection(call, me, { name, provider, url, credentials }, 'sandbox')
  if (past !== undefined) await addPast(call, connection.id, past)
  return connection
}
