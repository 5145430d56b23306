import type { ConnectionInput, ConnectionTest } from '@zonedeck/shared/connection'
import type { Call } from '../../http/context.ts'
import { notFound } from '../../http/problem-error.ts'

export async function testInput(_call: Call, _input: ConnectionInput): Promise<ConnectionTest> {
  throw notFound()
}

export async function testSaved(_call: Call, _id: string): Promise<ConnectionTest> {
  throw notFound()
}
