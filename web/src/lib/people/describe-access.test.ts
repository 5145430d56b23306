import { expect, test } from 'vitest'
import { describeAccess } from './describe-access.ts'

const line = { id: 'acc_1', at: '', actorId: 'usr_m', actor: 'mara', personId: 'usr_a', person: 'Ada' }
const connections = [{ id: 'con_h', name: 'Home' }]

test('a change of rights says what was and what is', () => {
  const after = [{ connection: 'con_h', zone: '*', right: 'view' as const }]
  expect(describeAccess({ ...line, did: 'rights', before: [], after }, connections)).toEqual({
    what: 'mara changed what Ada may do',
    details: ['Before: Sees nothing yet.', 'Since: Sees everything at Home.'],
  })
})

test.each([
  [{ did: 'join', by: 'passkey' } as const, 'Ada used the link and set a passkey'],
  [{ did: 'rename', to: 'Adele' } as const, 'mara renamed Ada to Adele'],
  [{ did: 'not-owner' } as const, 'mara took the ownership from Ada'],
])('%j', (did, what) => {
  expect(describeAccess({ ...line, ...did }, connections)).toEqual({ what, details: [] })
})
