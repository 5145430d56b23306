import { privateName } from '@zonedeck/shared/private-names'
import type { Env } from '../../env.ts'
import type { Call } from '../../http/context.ts'
import { makeResolver, type Answer } from '../../dns-message/resolver.ts'
import { policyFromEnv, UrlRefused } from '../../providers/url-policy.ts'

/** Public resolvers that speak RFC 8484, each documented under its host: developers.cloudflare.com/1.1.1.1, developers.google.com/speed/public-dns. */
const PUBLIC = 'https://cloudflare-dns.com/dns-query, https://dns.google/dns-query'
/** Four questions at most, each to two resolvers, each tried three times. */
const CALLS = 24

/** What a resolver says of a zone's delegation. */
export interface Findings {
  ns: Answer
  ds: Answer
  /** The name servers were found only where signatures are not looked at: they do not fit. */
  bogus: boolean
}

/** `private`: nobody was asked. `unknown`: nobody could be. Both with the reason as a sentence. */
export type Asked = { state: 'found'; findings: Findings } | { state: 'private' | 'unknown'; reason: string }

/**
 * Asks a resolver which name servers and DS records the parent has for a zone. The NS set comes from following the
 * parent's delegation: it is what the servers say of themselves that it leads to. Never asks the outside for private
 * names, and for names of documentation only a resolver on this machine.
 */
export async function askParent(call: Call, zone: string, name: string, sandbox: boolean): Promise<Asked> {
  const hidden = privateName(zone)
  if (hidden?.kind === 'local') return { state: 'private', reason: hidden.reason }
  try {
    const all = resolvers(call.env, sandbox)
    const urls = hidden === null ? all : all.filter(isLoopback)
    if (hidden !== null && urls.length === 0) return { state: 'private', reason: hidden.reason }
    if (urls.length === 0)
      return { state: 'unknown', reason: 'The operator has turned off asking a resolver (DOH_URL).' }
    const budget = { left: CALLS }
    const resolve = makeResolver({ urls, fetch: call.fetch, policy: policyFromEnv(call.env), budget })
    const [first, ds] = await Promise.all([resolve(name, 'NS'), resolve(name, 'DS')])
    if (first.kind !== 'servfail') return { state: 'found', findings: { ns: first, ds, bogus: false } }
    const second = await resolve(name, 'NS', { checkingDisabled: true })
    const bogus = second.kind === 'records'
    return { state: 'found', findings: { ns: bogus ? second : first, ds, bogus } }
  } catch (error) {
    if (!(error instanceof UrlRefused)) throw error
    return { state: 'unknown', reason: `The variable DOH_URL cannot be used. ${error.message}` }
  }
}

/** Throws UrlRefused for what is no address; the policy checks the rest. */
function resolvers(env: Env, sandbox: boolean): URL[] {
  const text = (sandbox ? env.SANDBOX_DOH_URL : undefined) ?? env.DOH_URL ?? PUBLIC
  if (text.trim() === 'off') return []
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      if (!URL.canParse(part)) throw new UrlRefused('It is a list such as https://dns.example.com/dns-query.')
      return new URL(part)
    })
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
