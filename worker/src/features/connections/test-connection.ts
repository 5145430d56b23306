import type { ConnectionInput, ConnectionTest } from '@zonedeck/shared/connection'
import type { Call } from '../../http/context.ts'
import { beginSampling } from '../../objects/ask-sampler.ts'
import { connect, openConnection, providerOf, signsIn } from './open.ts'
import { checkInput } from './service.ts'

export async function testInput(call: Call, input: ConnectionInput): Promise<ConnectionTest> {
  const url = checkInput(call.env, input)
  const { about } = providerOf(input.provider)
  if (signsIn(about, input.credentials)) {
    // A server may lock out whoever tries too often, and a one-time code is good once.
    return {
      missing: [],
      notes: ['The name and password are tried once, when you save. What is kept is a token made with them.'],
    }
  }
  return connect(call.env, { ...input, url }, call.now, call.fetch).dns.test()
}

export async function testSaved(call: Call, id: string): Promise<ConnectionTest> {
  const { about, dns } = await openConnection(call.env, id, call.now, call.fetch)
  const tested = await dns.test()
  if (about.capabilities.statistics === true) await beginSampling(call, id)
  return tested
}
