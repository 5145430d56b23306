import type { Connection, ConnectionInput, ConnectionPatch, ProviderInfo } from '@zonedeck/shared/connection'
import { patternError } from '@zonedeck/shared/credential-pattern'

/**
 * What is being typed into the form of one connection.
 *
 * Secrets never come back from the worker: of a kept connection their fields start empty, and empty means "stays".
 */
export class ConnectionDraft {
  readonly provider: ProviderInfo
  readonly kept: Connection | null

  name = $state('')
  url = $state('')
  credentials = $state<Record<string, string>>({})
  /** Rows of the form; null while the kept headers stay as they are. */
  headers = $state<{ name: string; value: string }[] | null>(null)

  constructor(provider: ProviderInfo, kept: Connection | null) {
    this.provider = provider
    this.kept = kept
    this.name = kept?.name ?? ''
    this.url = kept?.url ?? ''
    for (const field of provider.fields) this.credentials[field.id] = field.options?.[0]?.value ?? ''
    if (kept) for (const field of provider.fields) this.credentials[field.id] = ''
    if (kept === null) this.headers = []
  }

  /** A new address needs every secret again, so that nobody can point a kept token at a host of theirs. */
  readonly moved = $derived.by(() => this.kept !== null && this.url.trim() !== this.kept.url)

  /** Something besides the name differs from what is kept: a test of the kept connection would say nothing about it. */
  readonly reaches = $derived.by(
    () =>
      this.kept === null ||
      this.moved ||
      this.headers !== null ||
      Object.values(this.credentials).some((value) => value !== ''),
  )

  readonly changed = $derived.by(() => this.reaches || this.name.trim() !== this.kept?.name)

  /** Sentence of what is missing before the server can be asked, or null. */
  readonly missing = $derived.by(() => {
    if (this.url.trim() === '') return 'Give the address of the server.'
    for (const field of this.provider.fields) {
      const stays = this.kept !== null && !this.reaches && this.kept.credentials[field.id]?.set
      const stoodIn = field.unless !== undefined && this.credentials[field.unless]
      if (field.required && !stays && !stoodIn && !this.credentials[field.id]) return `${field.label} is missing.`
    }
    return null
  })

  /** Sentence naming the first credential that cannot be one of its field, or null; the field itself says why. */
  readonly misshapen = $derived.by(() => {
    const wrong = this.provider.fields.find((field) => patternError(field, this.credentials[field.id] ?? '') !== null)
    return wrong === undefined ? null : `${wrong.label} is not right yet.`
  })

  /** Everything, as a new connection. */
  input(): ConnectionInput {
    const headers = this.#headers()
    return {
      name: this.name.trim() || this.provider.label,
      provider: this.provider.id,
      url: this.url.trim(),
      credentials: this.#credentials(),
      ...(headers.length > 0 && { headers }),
    }
  }

  /** Only what differs from what is kept. */
  patch(): ConnectionPatch {
    const credentials = this.#credentials()
    return {
      ...(this.name.trim() !== this.kept?.name && { name: this.name.trim() }),
      ...(this.moved && { url: this.url.trim() }),
      ...(Object.keys(credentials).length > 0 && { credentials }),
      ...(this.headers !== null && { headers: this.#headers() }),
    }
  }

  #credentials(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.credentials).filter(([, value]) => value !== ''))
  }

  #headers(): { name: string; value: string }[] {
    return (this.headers ?? [])
      .map(({ name, value }) => ({ name: name.trim(), value }))
      .filter(({ name, value }) => name !== '' || value !== '')
  }
}
