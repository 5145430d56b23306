import type { ConnectionInput, ConnectionTest } from '@zonedeck/shared/connection'
import type { Call } from '../../http/context.ts'
import { connect, openConnection } from './open.ts'
import { checkInput } from './service.ts'

export async function testInput(call: Call, input: ConnectionInput): Promise<ConnectionTest> {
  const url = checkInput(call.env, input)
  return connect(call.env, { ...input, url }, call.now, call.fetch).dns.test()
}

export async function testSaved(call: Call, id: string): Promise<ConnectionTest> {
  const { dns } = await openConnection(call.env, id, call.now, call.fetch)
  return dns.test()
}
