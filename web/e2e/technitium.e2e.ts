import { createServer } from 'node:http'
import { exchange } from '../../worker/sandbox/http.ts'
import { simulate } from '../../worker/src/providers/technitium/simulator.ts'
import { test } from './panel.ts'
import { story } from './story.ts'

const TOKEN = 'c0ffee'.repeat(10)

test('a zone on a Technitium is imported, edited from a phone, answered, and never overwritten', async ({
  page,
  panel,
  browser,
}) => {
  const simulator = simulate({ version: '15.2', admin: { password: 'not used', token: TOKEN } })
  const server = createServer((incoming, outgoing) => {
    void exchange(incoming, outgoing, incoming.url ?? '/', simulator.fetch)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The simulator has no port.')
  await story(page, panel, browser, {
    provider: 'Technitium DNS Server',
    url: `http://127.0.0.1:${address.port}`,
    secretLabel: 'API token',
    secret: TOKEN,
    answers: (name, type) => Promise.resolve(simulator.answers(name, type)),
  })
  server.closeAllConnections()
  server.close()
})
