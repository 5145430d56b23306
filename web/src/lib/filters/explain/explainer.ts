import type { FilterQuery } from '@zonedeck/shared/filter/explain'
import type { VerdictFix } from '@zonedeck/shared/filter/smallest-fix'
import type { FromWorker, ListOutcome, ToWorker, Verdicts } from './messages.ts'

/** What is told about a question as soon as it is known. */
export interface Hearer {
  verdicts: (verdicts: Verdicts) => void
  fixes: (fixes: VerdictFix[]) => void
  /** It took too long, or broke. */
  failed: (why: string) => void
}

/** The part of a Worker that is needed. */
export interface WorkerLike {
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  postMessage: (message: ToWorker) => void
  terminate: () => void
}

/** Milliseconds for one question. A pattern that takes the app's own 250 ms is given up far earlier. */
const PATIENCE = 20_000
/** Milliseconds that a new question waits for the one before it. */
const SHORT = 500
const TOO_LONG = 'This took more than 20 seconds and was ended. A pattern of the profile may be the reason.'

interface KeptList {
  type: 'domain' | 'regex'
  answer: Blob
}

/**
 * Asks the worker, and ends it when it takes too long. Block lists are kept as the browser keeps files, outside of the
 * page's memory, so that a new worker can have them again.
 */
export class Explainer {
  readonly #start: () => WorkerLike
  readonly #lists = new Map<string, KeptList>()
  readonly #listWaits = new Map<string, (outcome: ListOutcome) => void>()
  #worker: WorkerLike | null = null
  #id = 0
  /** The last question; earlier ones have nobody who hears. */
  #hearer: Hearer | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Since when the worker is busy with a question. */
  #begunAt: number | null = null

  constructor(start: () => WorkerLike) {
    this.#start = start
  }

  /** A new question makes the one before it silent, and does not wait long for it. */
  ask(question: { server: string; draft: string | null; query: FilterQuery }, hearer: Hearer): void {
    if (this.#begunAt !== null && Date.now() - this.#begunAt > SHORT) this.#stop()
    this.#hearer = hearer
    this.#id++
    this.#post({ kind: 'judge', id: this.#id, ...question })
  }

  /** Gives up the question that is being answered. Lists that are being read begin anew. */
  end(why: string): void {
    this.#stop()
    const hearer = this.#hearer
    this.#hearer = null
    if (this.#listWaits.size > 0) this.#running()
    hearer?.failed(why)
  }

  /** @param answer the panel's answer to fetching the list, with its text */
  async addList(url: string, type: 'domain' | 'regex', answer: Blob): Promise<ListOutcome> {
    this.#lists.set(url, { type, answer })
    const outcome = await new Promise<ListOutcome>((resolve) => {
      this.#listWaits.set(url, resolve)
      this.#post({ kind: 'list', url, type, answer })
    })
    if (!outcome.ok) this.#lists.delete(url)
    return outcome
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#begunAt = null
    this.#worker?.terminate()
    this.#worker = null
  }

  #post(message: ToWorker): void {
    // A new worker is given every list anyway.
    const isGiven = this.#worker === null && message.kind === 'list'
    const worker = this.#running()
    if (!isGiven) worker.postMessage(message)
  }

  #running(): WorkerLike {
    if (this.#worker !== null) return this.#worker
    const worker = this.#start()
    worker.onmessage = ({ data }) => {
      this.#hear(data)
    }
    worker.onerror = (event) => {
      this.#break(event.message || 'The evaluator could not be started.')
    }
    this.#worker = worker
    for (const [url, list] of this.#lists) worker.postMessage({ kind: 'list', url, ...list })
    return worker
  }

  /** What breaks it once would break it again. */
  #break(why: string): void {
    for (const [url, answer] of this.#listWaits) {
      this.#lists.delete(url)
      answer({ ok: false, trouble: why })
    }
    this.#listWaits.clear()
    this.end(why)
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'list') {
      this.#listWaits.get(message.url)?.(message.outcome)
      this.#listWaits.delete(message.url)
      return
    }
    clearTimeout(this.#timer)
    if (message.kind === 'begun' || message.kind === 'verdicts') {
      this.#begunAt ??= Date.now()
      this.#timer = setTimeout(() => {
        this.end(TOO_LONG)
      }, PATIENCE)
    } else this.#begunAt = null
    if (message.id !== this.#id || message.kind === 'begun') return
    if (message.kind === 'verdicts') this.#hearer?.verdicts(message.verdicts)
    else if (message.kind === 'fixes') this.#hearer?.fixes(message.fixes)
    else this.#hearer?.failed(message.why)
  }
}
