import { expect, it } from 'vitest'
import { labelled } from './labelled.ts'

it('names a client by its host name, and by its address where another has the same', () => {
  const clients = [
    { name: '127.0.0.1', host: 'localhost' },
    { name: '192.168.1.20', host: 'tablet.lan' },
    { name: '127.0.0.2', host: 'LocalHost' },
    { name: '192.168.1.21', host: null },
  ]
  expect(labelled(clients).map(({ label }) => label)).toEqual(['127.0.0.1', 'tablet.lan', '127.0.0.2', '192.168.1.21'])
})
