import type { DnsProvider, FilterBackend, ProviderMemory, StatsSource } from '../provider.ts'
import { makeUpstream } from '../upstream.ts'
import { policyFromEnv } from '../url-policy.ts'
import { dns } from './dns.ts'
import { filter } from './filter.ts'
import { signIn } from './sign-in.ts'
import { stats } from './stats.ts'
import { simulate, type SimulatorOptions, type TechnitiumSimulator } from './simulator.ts'

const TOKEN = 'f00dfeed'.repeat(8)

/** What was sent to the simulator: the path below `/api/`, and the form without the token. */
interface Sent {
  path: string
  form: Record<string, string>
}

interface Client {
  provider: DnsProvider
  simulator: TechnitiumSimulator
  sent: Sent[]
  /** The adapter with other credentials. */
  as: (credentials: Record<string, string>) => DnsProvider
  filter: FilterBackend
  filterAs: (credentials: Record<string, string>) => FilterBackend
  stats: StatsSource
  statsAs: (credentials: Record<string, string>) => StatsSource
  signIn: (credentials: Record<string, string>) => Promise<Record<string, string>>
  /** One call of the API itself, as the administrator. */
  call: (path: string, form: Record<string, string>) => Promise<Record<string, unknown>>
}

/** The adapter on a simulated server, for tests. */
export function connect(options: Partial<SimulatorOptions> = {}): Client {
  const simulator = simulate({
    version: '15.2',
    ...options,
    admin: { password: 'not-used-here', token: TOKEN, ...options.admin },
  })
  const sent: Sent[] = []
  const remembered = new Map<string, unknown>()
  const memory: ProviderMemory = {
    get: (key) => remembered.get(key),
    set: (key, value) => void remembered.set(key, value),
    delete: (key) => void remembered.delete(key),
  }
  const context = (credentials: Record<string, string>) => ({
    upstream: makeUpstream({
      baseUrl: new URL('http://127.0.0.1:5380'),
      headers: {},
      fetch: async (request) => {
        const form = Object.fromEntries(await formOf(request.clone()))
        delete form['token']
        sent.push({ path: new URL(request.url).pathname.slice('/api/'.length), form })
        return simulator.fetch(request)
      },
      policy: policyFromEnv({ ALLOW_LOOPBACK_UPSTREAM: 'true' }),
      budget: { left: 1000 },
      sleep: () => Promise.resolve(),
    }),
    credentials,
    now: options.now ?? Date.now,
  })
  return {
    provider: dns(context({ token: TOKEN })),
    simulator,
    sent,
    as: (credentials) => dns(context({ token: TOKEN, ...credentials })),
    filter: filter(context({ token: TOKEN })),
    filterAs: (credentials) => filter(context(credentials)),
    stats: stats({ ...context({ token: TOKEN }), memory }),
    statsAs: (credentials) => stats(context({ token: TOKEN, ...credentials })),
    signIn: (credentials) => signIn(context(credentials)),
    async call(path, form) {
      const body = new URLSearchParams({ token: TOKEN, ...form })
      const response = await simulator.fetch(new Request(`http://127.0.0.1/api/${path}`, { method: 'POST', body }))
      return (await response.json()) as Record<string, unknown>
    },
  }
}

async function formOf(request: Request): Promise<[string, string][]> {
  const found: [string, string][] = []
  for (const [name, value] of await request.formData()) {
    found.push([name, typeof value === 'string' ? value : await value.text()])
  }
  return found
}
