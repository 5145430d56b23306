/** What an adapter asks of its server. Paths are relative to the connection's base address. */
export interface UpstreamRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Begins with `/`; appended to the base path of the connection. Already percent-encoded. */
  path: string
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: string | FormData
  /** Safe to send twice: may be retried after a network error or a 429, 502, 503 or 504. GET and HEAD always are. */
  idempotent?: boolean
  /** Further statuses on which an idempotent call may be tried again (PowerDNS's 500 "database is locked"). */
  retryOn?: readonly number[]
  /** A listing may be large: bytes the decompressed body may have. Default 8 MiB, at most 64 MiB. */
  maxBytes?: number
  /** Milliseconds, default 10 000, at most 30 000. */
  timeout?: number
}

export interface UpstreamResponse {
  status: number
  /** Media type in lower case without parameters. */
  contentType: string
  headers: Headers
  text: string
}

/**
 * The one way out. Any HTTP status is returned (3xx is an error: redirects are never followed); everything else throws
 * `ProviderError`: `unavailable` when nothing was written for certain, `unknown` when a write was sent and no answer
 * came, `protocol` for a body over the cap.
 */
export interface Upstream {
  (request: UpstreamRequest): Promise<UpstreamResponse>
  /** Upstream calls this invocation may still make. */
  callsLeft(): number
}
