import { ProviderError } from '../../providers/provider-error.ts'
import type { DnsProvider } from '../../providers/provider.ts'

const shortest = 4

type Method = (...args: unknown[]) => unknown

/**
 * Takes a connection's secrets out of what its server says. Some repeat the token in an error page, and the server's
 * words are shown to whoever may edit a zone, and kept in the history. Zones, records and settings are left as they are.
 * `methods` is an adapter or a part of one: its functions, and objects of functions.
 */
export function withoutSecrets<T extends object>(methods: T, secrets: readonly string[]): T {
  const scrub = scrubber(secrets)
  const guard = (part: object): object =>
    Object.fromEntries(
      Object.entries(part).map(([name, member]: [string, unknown]) => {
        if (typeof member === 'function') return [name, guarded(name, member.bind(part) as Method, scrub)]
        return [name, typeof member === 'object' && member !== null ? guard(member) : member]
      }),
    )
  // The same members with the same types, each behind a guard.
  return guard(methods) as T
}

/** Methods whose answers are the server's own words. */
const spoken = new Set(['test', 'run'])

function guarded(name: string, method: Method, scrub: (text: string) => string): Method {
  const clean = (error: unknown) => (error instanceof ProviderError ? scrubbed(error, scrub) : error)
  const answer = (value: unknown) =>
    spoken.has(name) ? scrubTexts(value, scrub) : name === 'apply' ? scrubDetails(value, scrub) : value
  return (...args) => {
    try {
      const result = method(...args)
      if (!(result instanceof Promise)) return result
      return result.then(answer, (error: unknown) => {
        throw clean(error)
      })
    } catch (error) {
      throw clean(error)
    }
  }
}

/** Every text in a value, however deep. */
function scrubTexts(value: unknown, scrub: (text: string) => string): unknown {
  if (typeof value === 'string') return scrub(value)
  if (Array.isArray(value)) return value.map((each) => scrubTexts(each, scrub))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, scrubTexts(each, scrub)]))
}

/** What `apply` says of each change; its names and types are ours. */
function scrubDetails(value: unknown, scrub: (text: string) => string): unknown {
  const answer = value as Awaited<ReturnType<DnsProvider['apply']>>
  return {
    ...answer,
    results: answer.results.map((one) => (one.detail === undefined ? one : { ...one, detail: scrub(one.detail) })),
  }
}

function scrubbed(error: ProviderError, scrub: (text: string) => string): ProviderError {
  const { kind, message, retryAfter, field } = error
  return new ProviderError(kind, scrub(message), {
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(field === undefined ? {} : { field }),
  })
}

/** Also as they look in a URL, in a form, in JSON and in Basic authentication; and when a message was cut in a secret. */
function scrubber(secrets: readonly string[]): (text: string) => string {
  const guises = secrets
    .filter((secret) => secret.length >= shortest)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams({ s: secret }).toString().slice(2),
      JSON.stringify(secret).slice(1, -1),
      JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64url'),
    ])
    .sort((a, b) => b.length - a.length)
  return (text) =>
    withoutCutEnd(
      guises.reduce((rest, guise) => rest.replaceAll(guise, '…'), text),
      guises,
    )
}

function withoutCutEnd(text: string, guises: readonly string[]): string {
  const body = text.replace(/[….]+$/, '')
  for (const guise of guises) {
    for (let length = Math.min(guise.length - 1, body.length); length >= 8; length--) {
      if (body.endsWith(guise.slice(0, length))) return `${body.slice(0, -length)}…`
    }
  }
  return text
}
