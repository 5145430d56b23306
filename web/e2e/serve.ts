import { createServer } from 'node:http'
import { exchange } from '../../worker/sandbox/http.ts'

/** Puts a simulator on a port of its own. */
export async function serve(
  fetch: (request: Request) => Promise<Response>,
): Promise<{ url: string; close: () => void }> {
  const server = createServer((incoming, outgoing) => {
    void exchange(incoming, outgoing, incoming.url ?? '/', fetch)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The simulator has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
