/**
 * All that is ever logged. A type and not free text, so that nothing else gets in: no URL but its route's template, no
 * header, no body, no message of a caught error.
 */
export type LogEvent =
  | { event: 'request'; requestId: string; method: string; route: string; status: number; ms: number }
  | { event: 'internal-error'; requestId: string; error: string; at: string }
  | {
      event: 'sign-in' | 'confirm'
      requestId: string
      ok: boolean
      by: 'password' | 'passkey' | 'setup' | 'invitation'
      network: string
    }
  | { event: 'passkey-counter'; requestId: string; user: string }
  | { event: 'unreadable-variable'; name: string }
  | { event: 'sampling'; connection: string; trouble: string }
  | { event: 'job'; job: string; state: string; changes: number }

const looksSecret = /((?:token|pass(?:word)?|secret|key|authorization|cookie|totp)["']?\s*[=:]\s*)[^\s&,;]+/gi

/** One line of JSON. JSON escapes control characters; long and secret-looking text is cut, should any get this far. */
export function log(event: LogEvent): void {
  console.log(
    JSON.stringify(event, (_key, value: unknown) =>
      typeof value === 'string' ? value.slice(0, 1000).replace(looksSecret, '$1…') : value,
    ),
  )
}
