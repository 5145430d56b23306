import type { Connection, ConnectionInput, ProviderInfo } from '@zonedeck/shared/connection'
import type { Env } from '../../env.ts'
import { notFound, ProblemError } from '../../http/problem-error.ts'
import { providers } from '../../providers/index.ts'
import { noZones } from '../../providers/no-zones.ts'
import type {
  DnsProvider,
  FilterBackend,
  ProviderContext,
  ProviderMemory,
  ProviderModule,
  StatsSource,
  UserDirectory,
} from '../../providers/provider.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import { makeUpstream } from '../../providers/upstream.ts'
import { checkUpstreamUrl, policyFromEnv, UrlRefused } from '../../providers/url-policy.ts'
import { credentialErrors, headerErrors } from './input.ts'
import { keyRing } from './key-ring.ts'
import { memoryOf } from './memory.ts'
import { operatorConnection, unreadable, type OperatorConnection } from './operator.ts'
import { unseal } from './seal.ts'
import { withoutSecrets } from './scrub.ts'
import { findStored } from './store.ts'

type Fetch = (request: Request) => Promise<Response>

export interface OpenConnection {
  about: ProviderInfo
  /** Of a server without zones one that has none. */
  dns: DnsProvider
  filter: FilterBackend | undefined
  users: UserDirectory | undefined
  stats: StatsSource | undefined
  memory: ProviderMemory
  connection: Pick<Connection, 'id' | 'name' | 'provider' | 'url' | 'source'>
}

export const headerField = 'header:'
/** Workers allow 50 a request on the free plan; D1 and the Durable Objects need a few of them. */
const calls = 40

/**
 * The shared door to a connection's server: reads the connection, opens its credentials and hands them to the adapter
 * and to nothing else. `subrequests` is how many calls the caller may spend on it. Throws ProblemError: 404 when there is
 * no such connection, 503 when its credentials cannot be opened, 422 when its address is not allowed (any more).
 */
export async function openConnection(
  env: Env,
  id: string,
  now: () => number,
  fetch: Fetch,
  subrequests = calls,
): Promise<OpenConnection> {
  const operator = operatorConnection(env, id)
  if (operator !== null) {
    checkOperator(operator)
    const connection = { ...operator, source: 'operator' as const }
    return { connection, ...connect(env, operator, now, fetch, subrequests) }
  }
  const stored = await findStored(env.DB, id)
  if (stored === null) throw notFound()
  const { connection, credentials } = stored
  const ring = keyRing(env)
  const opened = await Promise.all(
    credentials.map(async (credential) => ({
      field: credential.field,
      value: await unseal(ring, { connection: id, field: credential.field }, credential),
    })),
  )
  const isHeader = ({ field }: { field: string }) => field.startsWith(headerField)
  const input = {
    ...connection,
    credentials: Object.fromEntries(opened.filter((one) => !isHeader(one)).map(({ field, value }) => [field, value])),
    headers: opened.filter(isHeader).map(({ field, value }) => ({ name: field.slice(headerField.length), value })),
  }
  return { connection, ...connect(env, input, now, fetch, subrequests) }
}

/** A provider's module by id. Throws 422. */
export function providerOf(id: string): ProviderModule {
  const module = Object.hasOwn(providers, id) ? providers[id] : undefined
  if (module !== undefined) return module
  throw new ProblemError(422, 'request/invalid', 'The panel does not know this kind of server', {
    errors: [{ pointer: '/provider', detail: `Choose one of ${Object.keys(providers).join(', ')}.` }],
  })
}

/** The adapter of a connection, ready to be asked. */
export function connect(
  env: Env,
  input: Pick<ConnectionInput, 'provider' | 'url' | 'credentials' | 'headers'>,
  now: () => number,
  fetch: Fetch,
  subrequests = calls,
): Pick<OpenConnection, 'about' | 'dns' | 'filter' | 'users' | 'stats' | 'memory'> {
  const { about, dns, filter, users, stats } = providerOf(input.provider)
  const context = makeContext(env, input, now, fetch, subrequests)
  const secrets = secretsOf(about, input)
  const filterBackend = filter && withoutSecrets(filter(context), secrets)
  return {
    about,
    dns: dns ? withoutSecrets(dns(context), secrets) : noZones(about, filterBackend),
    filter: filterBackend,
    users: users && withoutSecrets(users(context), secrets),
    stats: stats && withoutSecrets(stats(context), secrets),
    memory: context.memory,
  }
}

/**
 * Uses the fields that only serve to sign in, in one attempt that is never repeated, and returns the credentials that
 * are kept: what was typed where there is nothing to sign in with. Throws 422 at the field that was not accepted.
 */
export async function signInOnce(
  env: Env,
  input: Pick<ConnectionInput, 'provider' | 'url' | 'credentials' | 'headers'>,
  now: () => number,
  fetch: Fetch,
): Promise<Record<string, string>> {
  const { about, signIn } = providerOf(input.provider)
  if (signIn === undefined || !signsIn(about, input.credentials)) return input.credentials
  const guarded = withoutSecrets({ run: signIn }, secretsOf(about, input))
  try {
    return await guarded.run(makeContext(env, input, now, fetch, calls))
  } catch (error) {
    if (!(error instanceof ProviderError) || error.field === undefined) throw error
    throw new ProblemError(422, 'connection/sign-in', 'The server did not let us in', {
      detail: error.message,
      errors: [{ pointer: `/credentials/${error.field}`, detail: error.message }],
    })
  }
}

/** Is there something among the credentials that serves to sign in once? */
export function signsIn(about: ProviderInfo, credentials: Readonly<Record<string, string>>): boolean {
  return about.fields.some(({ id, once }) => once === true && (credentials[id] ?? '') !== '')
}

function makeContext(
  env: Env,
  input: Pick<ConnectionInput, 'url' | 'credentials' | 'headers'>,
  now: () => number,
  fetch: Fetch,
  subrequests: number,
): ProviderContext & { memory: ProviderMemory } {
  const headers = Object.fromEntries((input.headers ?? []).map(({ name, value }) => [name, value]))
  const policy = policyFromEnv(env)
  try {
    const baseUrl = checkUpstreamUrl(input.url, policy)
    const upstream = makeUpstream({ baseUrl, headers, fetch, policy, budget: { left: subrequests } })
    return { upstream, credentials: input.credentials, now, memory: memoryOf(input, now) }
  } catch (error) {
    if (!(error instanceof UrlRefused)) throw error
    throw new ProblemError(422, 'connection/url-refused', "The server's address is not allowed", {
      detail: error.message,
    })
  }
}

function secretsOf(about: ProviderInfo, input: Pick<ConnectionInput, 'credentials' | 'headers'>): string[] {
  const fields = about.fields.filter(({ secret }) => secret).map(({ id }) => input.credentials[id] ?? '')
  return [...fields, ...(input.headers ?? []).map(({ value }) => value)]
}

function checkOperator(input: OperatorConnection): void {
  const name = input.variable
  if (!Object.hasOwn(providers, input.provider)) throw unreadable(name, 'names a provider that is not known')
  const errors = [
    ...credentialErrors(providerOf(input.provider).about, input.credentials),
    ...headerErrors(input.headers ?? []),
  ]
  if (errors[0] !== undefined) throw unreadable(name, `is wrong at ${errors[0].pointer}`)
}
