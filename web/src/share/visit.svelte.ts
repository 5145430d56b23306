import type { SharedView, ShareSession } from '@zonedeck/shared/share'
import type { Problem } from '@zonedeck/shared/problem'

type Send = (path: string, init: RequestInit) => Promise<Response>

/** Where a session is kept for reloads of this tab; `null` where the browser keeps nothing. */
export type Keep = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null

const KEY = 'zonedeck.share'

/**
 * A visit to a shared page: the token behind `#` is exchanged for a session, which is asked for the page again and again.
 * Nothing else of the panel's API is known here.
 */
export class Visit {
  /** `gone`: the link shows nothing (any more). `silent`: no answer; what was read before stays. */
  state: 'opening' | 'passcode' | 'open' | 'gone' | 'silent' = $state('opening')
  view: SharedView | null = $state.raw(null)
  /** What is wrong, as a sentence: with the passcode, or why there is no answer. */
  trouble: string | null = $state(null)
  busy: boolean = $state(false)

  #session: ShareSession | null = null
  #passcode: string | undefined

  readonly #token: string
  readonly #send: Send
  readonly #keep: Keep

  constructor(token: string, send: Send, keep: Keep) {
    this.#token = token
    this.#send = send
    this.#keep = keep
    this.#session = this.#kept()
  }

  /** Opens the link, or asks for the page again. Never throws. */
  async look(): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      await this.#look()
    } catch {
      this.state = 'silent'
      this.trouble = 'There is no answer. It is tried again in a minute.'
    }
    this.busy = false
  }

  async enter(passcode: string): Promise<void> {
    this.#passcode = passcode
    await this.look()
  }

  async #look(): Promise<void> {
    const fromBefore = this.#session !== null
    if (this.#session === null && !(await this.#open())) return
    const answer = await this.#send('/api/share/view', {
      headers: { Authorization: `Bearer ${this.#session?.session ?? ''}` },
    })
    if (answer.status === 401 && fromBefore) {
      // Over, or taken back: the link itself tells which.
      this.#forget()
      await this.#look()
      return
    }
    if (!answer.ok) {
      await this.#refused(answer)
      return
    }
    this.view = (await answer.json()) as SharedView
    this.trouble = null
    this.state = 'open'
  }

  async #open(): Promise<boolean> {
    const passcode = this.#passcode
    const answer = await this.#send('/api/share/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: this.#token, ...(passcode === undefined ? {} : { passcode }) }),
    })
    if (!answer.ok) {
      await this.#refused(answer)
      return false
    }
    this.#session = (await answer.json()) as ShareSession
    try {
      this.#keep?.setItem(KEY, JSON.stringify({ link: this.#token.slice(0, 8), ...this.#session }))
    } catch {
      // A full or forbidden store: a reload opens the link anew.
    }
    return true
  }

  async #refused(answer: Response): Promise<void> {
    const { type, detail } = (await answer.json().catch(() => ({}))) as Partial<Problem>
    if (type === '/problems/share/passcode-needed' || type === '/problems/share/passcode-wrong') {
      this.state = 'passcode'
      this.trouble = type.endsWith('wrong') ? 'This is not the passcode. Ask who sent you the link.' : null
    } else if (answer.status === 429 && this.view === null && this.#passcode !== undefined) {
      this.state = 'passcode'
      this.trouble = detail ?? 'Too many attempts. Try again in a minute.'
    } else if (answer.status === 404) {
      this.#forget()
      this.view = null
      this.state = 'gone'
    } else {
      this.state = 'silent'
      this.trouble = detail ?? 'The panel could not answer. It is tried again in a minute.'
    }
  }

  #kept(): ShareSession | null {
    try {
      const { link, session, until } = JSON.parse(this.#keep?.getItem(KEY) ?? '{}') as Record<string, unknown>
      if (link !== this.#token.slice(0, 8) || typeof session !== 'string' || typeof until !== 'string') return null
      return { session, until }
    } catch {
      return null
    }
  }

  #forget(): void {
    this.#session = null
    try {
      this.#keep?.removeItem(KEY)
    } catch {
      // As above.
    }
  }
}
