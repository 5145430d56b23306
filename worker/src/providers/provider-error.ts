export type ProviderErrorKind =
  | 'auth' // the credential is not accepted
  | 'forbidden' // accepted, but it may not do this
  | 'missing' // no such zone or record
  | 'conflict' // the upstream holds something else than expected
  | 'refused' // the upstream, or we for it, will not do this: the message says why
  | 'rate-limited'
  | 'unavailable' // no answer, or a broken one, and nothing was written
  | 'protocol' // it answered, but not in the shape its documents promise
  | 'unknown' // a write was sent and no answer came: it may or may not have happened

/**
 * The only error an adapter throws. `message` is a sentence for a person; it never holds a credential, a URL with its
 * query, a stack or raw upstream HTML.
 */
export class ProviderError extends Error {
  readonly kind: ProviderErrorKind
  /** Seconds to wait, when the upstream said so. */
  readonly retryAfter: number | undefined
  /** The input field the upstream blamed, when it said so. */
  readonly field: string | undefined

  constructor(kind: ProviderErrorKind, message: string, more: { retryAfter?: number; field?: string } = {}) {
    super(message)
    this.name = 'ProviderError'
    this.kind = kind
    this.retryAfter = more.retryAfter
    this.field = more.field
  }
}
