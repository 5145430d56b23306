import { ProviderError } from '../../providers/provider-error.ts'
import type { DnsProvider } from '../../providers/provider.ts'

const shortest = 4

/**
 * Takes a connection's secrets out of what its server says. Some repeat the token in an error page, and the server's
 * words are shown to whoever may edit a zone, and kept in the history. Zones and records are left as they are.
 */
export function withoutSecrets(dns: DnsProvider, secrets: readonly string[]): DnsProvider {
  const scrub = scrubber(secrets)
  const guarded =
    <A extends unknown[], R>(method: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        return await method(...args)
      } catch (error) {
        throw error instanceof ProviderError ? scrubbed(error, scrub) : error
      }
    }
  const test = guarded(() => dns.test())
  const apply = guarded<Parameters<DnsProvider['apply']>, Awaited<ReturnType<DnsProvider['apply']>>>((...args) =>
    dns.apply(...args),
  )
  return {
    test: async () => {
      const { account, version, permissions, missing, notes } = await test()
      return {
        ...(account === undefined ? {} : { account: scrub(account) }),
        ...(version === undefined ? {} : { version: scrub(version) }),
        ...(permissions === undefined ? {} : { permissions: permissions.map(scrub) }),
        missing: missing.map(scrub),
        ...(notes === undefined ? {} : { notes: notes.map(scrub) }),
      }
    },
    listZones: guarded(() => dns.listZones()),
    readZone: guarded((zone) => dns.readZone(zone)),
    apply: async (...args) => {
      const { results, more } = await apply(...args)
      return {
        results: results.map((one) => (one.detail === undefined ? one : { ...one, detail: scrub(one.detail) })),
        more,
      }
    },
    ...(dns.createZone && { createZone: guarded(dns.createZone.bind(dns)) }),
    ...(dns.deleteZone && { deleteZone: guarded(dns.deleteZone.bind(dns)) }),
    ...(dns.setZoneEnabled && { setZoneEnabled: guarded(dns.setZoneEnabled.bind(dns)) }),
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
