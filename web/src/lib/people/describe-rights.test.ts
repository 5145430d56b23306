import type { Right } from '@zonedeck/shared/connection'
import { expect, test } from 'vitest'
import { describeRights } from './describe-rights.ts'

const connections = [
  { id: 'con_h', name: 'Home' },
  { id: 'con_o', name: 'Office' },
]
const say = (...rights: [connection: string, zone: string, right: Right][]) =>
  describeRights(
    { owner: false, rights: rights.map(([connection, zone, right]) => ({ connection, zone, right })) },
    connections,
  )

test.each<[Parameters<typeof say>, string[]]>([
  [[], ['Sees nothing yet.']],
  [
    [
      ['con_h', '*', 'view'],
      ['con_h', 'iot.home.arpa', 'edit'],
    ],
    ['Sees everything at Home, edits iot.home.arpa.'],
  ],
  [[['con_h', 'iot.home.arpa', 'edit']], ['Edits iot.home.arpa at Home, and nothing else there.']],
  [
    [
      ['con_h', '*', 'full'],
      ['con_o', '*', 'edit'],
      ['con_o', 'secret.example', 'none'],
    ],
    ['May do everything at Home.', 'Edits everything at Office, does not see secret.example.'],
  ],
  [[['*', '*', 'view']], ['Sees everything on every connection.']],
  [
    [
      ['*', '*', 'view'],
      ['con_o', '*', 'none'],
      ['con_h', 'a.example', 'full'],
    ],
    [
      'Sees everything on every connection.',
      'Sees everything at Home, may do everything with a.example.',
      'Sees nothing at Office.',
    ],
  ],
  // A grant that says what holds anyway is not worth a word; one on a zone of every connection holds here too.
  [
    [
      ['con_h', '*', 'view'],
      ['con_h', 'a.example', 'view'],
    ],
    ['Sees everything at Home.'],
  ],
  [
    [
      ['*', 'a.example', 'edit'],
      ['con_o', 'b.example', 'view'],
    ],
    [
      'Edits a.example on every connection, and nothing else there.',
      'Edits a.example, sees b.example at Office, and nothing else there.',
    ],
  ],
  [
    ['a', 'b', 'c', 'd', 'e'].map((zone) => ['con_h', `${zone}.example`, 'view']),
    ['Sees a.example, b.example, c.example and 2 more at Home, and nothing else there.'],
  ],
  [
    [
      ['con_h', '@', 'edit'],
      ['con_h', 'xn--mller-kva.example', 'edit'],
    ],
    ['Edits the root zone and müller.example at Home, and nothing else there.'],
  ],
  [[['con_gone', '*', 'full']], ['Sees nothing yet.']],
])('%j', (rights, sentences) => {
  expect(say(...rights)).toEqual(sentences)
})

test('an owner may do everything, whatever the list says', () => {
  const rights = [{ connection: '*', zone: '*', right: 'none' as const }]
  expect(describeRights({ owner: true, rights }, connections)).toEqual(['May do everything, and lets others in.'])
  expect(describeRights({ owner: true, rights }, connections, 'you')).toEqual([
    'You may do everything, and let others in.',
  ])
})

test('the same is said to somebody', () => {
  const rights = [
    { connection: 'con_h', zone: '*', right: 'view' as const },
    { connection: 'con_h', zone: 'iot.home.arpa', right: 'edit' as const },
    { connection: 'con_h', zone: 'x.example', right: 'none' as const },
  ]
  expect(describeRights({ owner: false, rights }, connections, 'you')).toEqual([
    'You see everything at Home, you edit iot.home.arpa, you do not see x.example.',
  ])
})
