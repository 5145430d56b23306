import { createServer } from 'node:http'
import { exchange } from './http.ts'
import { sandboxKeys } from './keys.ts'
import { sandboxLists } from './lists.ts'
import { sandboxResolver } from './resolver.ts'
import { openSandboxServers, type SandboxServer } from './servers.ts'

interface SandboxConnection {
  name: string
  provider: string
  url: string
  credentials: Record<string, string>
  /** What the newcomer will find there. */
  blurb: string
  /** Where its past is to be had, for a dashboard that is not empty. */
  past?: string
}

/**
 * Serves every simulator on loopback, each under a path of its own, with a company's and a family's network in them,
 * a resolver that knows the simulated internet around them, and block lists to fetch.
 * What is edited there is kept in the `state` folder. Loopback only: these servers are toys and must not be found by others.
 */
export async function startSandbox({ port, state }: { port: number; state: string }) {
  const origin = `http://127.0.0.1:${port}`
  const servers = await openSandboxServers({ keys: await sandboxKeys(state), state, lists: `${origin}/lists/` })
  const resolver = await sandboxResolver(servers)
  const byPath = new Map<string, Pick<SandboxServer, 'fetch'>>(servers.map((server) => [server.path, server]))
  byPath.set('resolver', resolver)
  byPath.set('lists', { fetch: sandboxLists })
  for (const { path, past } of servers) {
    if (past)
      byPath.set(`${path}-past`, { fetch: () => Promise.resolve(Response.json(past(Math.floor(Date.now() / 1000)))) })
  }
  const http = createServer((incoming, outgoing) => {
    const [, folder = '', ...rest] = (incoming.url ?? '/').split('/')
    const server = byPath.get(folder)
    if (!server) {
      outgoing.writeHead(404).end('No such simulator.')
      return
    }
    // A server that never answers leaves the request open until the caller gives up or we close.
    if (server.fetch === null) return
    void exchange(incoming, outgoing, `/${rest.join('/')}`, server.fetch)
  })
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, '127.0.0.1', resolve)
  })
  const connections: SandboxConnection[] = servers.map(({ path, name, provider, credentials, blurb, past }) => ({
    name,
    provider,
    url: `${origin}/${path}`,
    credentials,
    blurb,
    ...(past === undefined ? {} : { past: `${origin}/${path}-past` }),
  }))
  return {
    connections,
    resolver: `${origin}/resolver/dns-query`,
    close: async () => {
      http.closeAllConnections()
      http.close()
      await Promise.all(servers.map((server) => server.keep()))
    },
  }
}
