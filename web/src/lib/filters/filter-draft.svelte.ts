import type { FilterContent } from '@zonedeck/shared/content-filter'
import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import type { ConfigChangeGroup } from '@zonedeck/shared/filter/describe'
import { editConfig, EditError, type ConfigEdit } from '@zonedeck/shared/filter/edit'
import { broughtFindings } from '@zonedeck/shared/filter/findings/brought'
import type { ConfigFinding } from '@zonedeck/shared/filter/findings/finding'
import { isObject, parseJson, sameJson, type JsonObject } from '@zonedeck/shared/filter/json'
import type { ConfigConflict } from '@zonedeck/shared/filter/merge'
import { readConfig, type Refusal } from '@zonedeck/shared/filter/read-config'
import type { Finding } from '@zonedeck/shared/job'
import type { FilterConflict, Problem } from '@zonedeck/shared/problem'
import { refusalOfDevice } from '../device-table.ts'
import { toProblem } from '../problem-error.ts'
import { changesBetween } from './changes-between.ts'
import type { FilterBase, FilterStore, KeptFilter } from './filter-store.ts'
import { meetOtherTab, meetServer, sameKept, type Choices, type Meeting } from './meet.ts'

/** What a draft needs of the world; the panel gives the real ones. */
export interface FilterDraftCalls {
  read: (connection: string) => Promise<FilterContent>
  /** Looks for what does not do what it looks like. */
  judge: (text: string) => Promise<readonly ConfigFinding[]>
  store: FilterStore | null
}

/** ms without an edit after which a configuration is looked through. */
const PAUSE = 250
/** ms that a configuration which was just read waits for its findings, so that they do not push aside what is shown. */
const FIRST_LOOK = 800
/** Steps that can be undone; fewer when the configuration is large. */
const MOST_STEPS = 100
const MOST_KEPT = 40_000_000

/**
 * The configuration of one filter, with the edits that were not applied yet. It is edited as a text, in place, so that
 * nothing in it is lost; the pages read it parsed.
 *
 * Edits are kept on the device and seen by other tabs. When the server holds something else than what they were made
 * from, they are laid over that; where both changed one thing, `conflicts` says what.
 */
export class FilterDraft {
  readonly connection: string
  /** The connection's own name. */
  name: string = $state('')
  /** May the person who is signed in change it? */
  mayEdit: boolean = $state(true)

  /** As the server was read last. */
  content: FilterContent | null = $state.raw(null)
  /** Why the last reading failed. */
  problem: Problem | null = $state.raw(null)
  busy: boolean = $state(false)
  /** What the device keeps was read. */
  ready: boolean = $state(false)

  /** What the draft is made from; null until something was read. */
  base: FilterBase | null = $state.raw(null)
  /** The configuration with the edits in it. */
  text: string = $state.raw('')
  /** Why the last edit was not made, as a sentence. */
  refused: string | null = $state(null)
  /** Why the draft is not safe from a reload, as a sentence. */
  unsafe: string | null = $state(null)
  /** The server changed meanwhile, and the edits were laid over that. */
  rebased: boolean = $state(false)
  /** What the server holds contradicts the edits here. */
  conflicts: readonly ConfigConflict[] = $state.raw([])
  /** The edits cannot be laid over what the server holds: it is no JSON object. */
  stuck: boolean = $state(false)

  #found: { text: string; findings: readonly ConfigFinding[] } | null = $state.raw(null)
  #past: readonly string[] = $state.raw([])
  #future: readonly string[] = $state.raw([])

  /** Something is known of the configuration. */
  readonly known: boolean = $derived(this.base !== null)
  readonly changed: boolean = $derived(this.base !== null && this.text !== this.base.text)
  readonly changes: readonly ConfigChangeGroup[] = $derived(
    this.base !== null && this.text !== this.base.text ? changesBetween(this.base.text, this.text) : [],
  )
  readonly #read = $derived(this.base === null ? { config: null, refusals: null } : readConfig(this.text))
  /** As the app takes it; null when it refuses it, and until something is known. */
  readonly config: AppConfig | null = $derived(this.#read.config)
  readonly refusals: readonly Refusal[] = $derived(this.#read.refusals ?? [])
  /** As it is written, parsed. */
  readonly json: JsonObject = $derived(parsed(this.text))
  /** What does not do what it looks like, the worst first; null until it was looked for. */
  readonly findings: readonly ConfigFinding[] | null = $derived(this.#found?.findings ?? null)
  /** The findings are of the configuration as it is now: their fixes fit. */
  readonly fresh: boolean = $derived(this.#found?.text === this.text)
  readonly canUndo: boolean = $derived(this.#past.length > 0)
  readonly canRedo: boolean = $derived(this.#future.length > 0)

  readonly #calls: FilterDraftCalls
  /** As the device had it last. */
  #kept: KeptFilter | undefined
  #writing = false
  #dirty = false
  #loading: Promise<void> | null = null
  #judging: ReturnType<typeof setTimeout> | undefined
  /** The text that is looked through at the moment. */
  #looking: string | null = null

  constructor(connection: string, calls: FilterDraftCalls) {
    this.connection = connection
    this.#calls = calls
    calls.store?.onchange(() => {
      if (this.ready) void this.#hear()
    })
  }

  /** Reads what the device keeps, once. */
  load(): Promise<void> {
    this.#loading ??= this.#load()
    return this.#loading
  }

  /** Reads the server, and lays the edits over what it holds. Never throws. */
  async read(): Promise<void> {
    this.busy = true
    await this.load()
    try {
      const content = await this.#calls.read(this.connection)
      if (!this.known) await this.#lookFirst(content.text)
      this.content = content
      this.problem = null
      this.#meet(this.content)
    } catch (error) {
      this.problem = toProblem(error)
    }
    this.busy = false
  }

  /**
   * Makes edits, in their order and as one step. Says whether they were made: what cannot be done, or what the app would
   * refuse, leaves everything as it was and a sentence in `refused`.
   */
  edit(edits: readonly ConfigEdit[]): boolean {
    try {
      const text = editConfig(this.text, edits)
      // Edited back to what it was, but spelled in another way: that is no change.
      return this.write(this.base !== null && saysTheSame(this.base.text, text) ? this.base.text : text)
    } catch (error) {
      if (!(error instanceof EditError)) throw error
      this.refused = `This could not be changed. ${error.message}`
      return false
    }
  }

  /** Puts a whole text in the place of the configuration: one from a file, or typed as text. Like `edit` otherwise. */
  write(text: string): boolean {
    if (this.base === null) return false
    const refusal = this.config === null ? undefined : readConfig(text).refusals?.[0]
    if (refusal !== undefined) {
      this.refused = `The app would refuse this${refusal.pointer === '' ? '' : ` at ${refusal.pointer}`}. ${refusal.message}`
      return false
    }
    this.refused = null
    if (text === this.text) return true
    this.#past = trimmed([...this.#past, this.text])
    this.#future = []
    this.#put(text)
    return true
  }

  undoLast(): void {
    const last = this.#past.at(-1)
    if (last === undefined) return
    this.#past = this.#past.slice(0, -1)
    this.#future = [...this.#future, this.text]
    this.#put(last)
  }

  redo(): void {
    const next = this.#future.at(-1)
    if (next === undefined) return
    this.#future = this.#future.slice(0, -1)
    this.#past = [...this.#past, this.text]
    this.#put(next)
  }

  /** Forgets all edits. */
  discard(): void {
    if (this.base === null) return
    this.#past = this.#future = []
    this.#put(this.base.text)
    if (this.content !== null) this.#meet(this.content)
  }

  /** What the edits bring along that was not there before, as the plan will tell it. */
  async brought(): Promise<readonly Finding[]> {
    const { base, text, json } = this
    if (base === null) return []
    const [before, after] = await Promise.all([this.#calls.judge(base.text), this.#calls.judge(text)])
    return broughtFindings(before, after, json)
  }

  /**
   * Lays a change over what is here: the edits that lead from one configuration to another. Nothing is written unless
   * every one of them finds its place.
   */
  lay(from: string, to: string, choices?: Choices): Meeting {
    const meeting = meetServer(from, to, this.text, choices)
    if (meeting.state === 'merged') this.write(meeting.text)
    return meeting
  }

  /** A conflict was decided: whose side counts for each. */
  settle(choices: Choices): void {
    if (this.content !== null) this.#meet(this.content, choices)
  }

  /** Takes what the server holds as what the draft was made from: the draft shall stand in its place. */
  overrule(): void {
    if (this.content === null) return
    const { hash, text } = this.content
    this.conflicts = []
    this.stuck = false
    this.#start({ hash, text }, this.text)
  }

  /** What the server told of itself when it refused a plan: it holds something else by now. */
  hear({ theirs }: FilterConflict): void {
    if (this.content !== null) this.content = { ...this.content, ...theirs }
    if (this.content !== null) this.#meet(this.content)
  }

  /** Lays the edits over what the server holds. */
  #meet({ hash, text }: FilterContent, choices?: Choices): void {
    const { base } = this
    this.conflicts = []
    this.stuck = false
    if (base === null || !this.changed) {
      this.rebased = false
      this.#start({ hash, text }, text)
      return
    }
    if (base.hash === hash) return
    const meeting = meetServer(base.text, this.text, text, choices)
    if (meeting.state === 'merged') {
      this.rebased = meeting.text !== text
      this.#start({ hash, text }, meeting.text)
    } else if (meeting.state === 'conflicts') this.conflicts = meeting.conflicts
    else this.stuck = true
  }

  /** Goes on from another base. Steps made before cannot be undone one by one any more. */
  #start(base: FilterBase, text: string): void {
    if (base.hash === this.base?.hash && text === this.text) return
    this.base = base
    this.#past = this.#future = []
    this.#put(text)
  }

  #put(text: string): void {
    this.text = text
    if (!this.changed) this.rebased = false
    this.#judgeSoon()
    void this.#keep()
  }

  #judgeSoon(): void {
    clearTimeout(this.#judging)
    if (this.#found?.text === this.text || this.#looking === this.text) return
    this.#judging = setTimeout(() => void this.#judge(this.text), this.#found === null ? 0 : PAUSE)
  }

  async #judge(text: string): Promise<void> {
    this.#looking = text
    const findings = await this.#calls.judge(text).catch(() => null)
    if (text !== this.#looking) return
    this.#looking = null
    if (findings !== null && (text === this.text || !this.known)) this.#found = { text, findings }
  }

  /** Before anything is shown. A large configuration is not waited for. */
  async #lookFirst(text: string): Promise<void> {
    await Promise.race([this.#judge(text), new Promise((resolve) => setTimeout(resolve, FIRST_LOOK))])
  }

  async #load(): Promise<void> {
    if (this.#calls.store !== null) {
      try {
        const kept = await this.#calls.store.load(this.connection)
        if (kept !== undefined) await this.#lookFirst(kept.text)
        this.#take(kept)
      } catch (error) {
        this.unsafe = `The draft on this device could not be read: ${refusalOfDevice(error)}`
      }
    }
    this.ready = true
  }

  /** Another tab has written. */
  async #hear(): Promise<void> {
    const { store } = this.#calls
    // What is written here next meets it anyway.
    if (store === null || this.#writing) return
    const there = await store.load(this.connection).catch(() => this.#kept)
    if (this.#writing || sameKept(there, this.#kept)) return
    this.#take(there)
    // Without edits it was applied, or discarded: the server tells.
    if (there === undefined) await this.read()
  }

  #take(kept: KeptFilter | undefined): void {
    this.#kept = kept
    if (kept === undefined && this.base === null) return
    this.base = kept?.base ?? this.base
    this.text = kept?.text ?? this.base?.text ?? ''
    this.#past = this.#future = []
    this.#judgeSoon()
  }

  #mine(): KeptFilter | undefined {
    if (this.base === null || !this.changed) return undefined
    return { connection: this.connection, connectionName: this.name, base: this.base, text: this.text }
  }

  /** Gives the device what it does not have yet. What it refuses waits for the next edit. */
  async #keep(): Promise<void> {
    const { store } = this.#calls
    if (store === null) return
    this.#dirty = true
    if (this.#writing) return
    this.#writing = true
    while (this.#dirty) {
      this.#dirty = false
      const mine = this.#mine()
      const knew = this.#kept
      if (mine === undefined && knew === undefined) break
      try {
        this.#kept = await store.update(this.connection, (there) => meetOtherTab(knew, mine, there))
        this.unsafe = null
        // Another tab's edits came along, and nothing was edited here meanwhile.
        if (!this.#dirty && !sameKept(this.#kept, mine)) this.#take(this.#kept)
      } catch (error) {
        this.unsafe = `The draft could not be kept on this device and will not survive a reload: ${refusalOfDevice(error)}`
        break
      }
    }
    this.#writing = false
  }
}

function trimmed(steps: readonly string[]): readonly string[] {
  const last = steps.at(-1)?.length ?? 0
  return steps.slice(-Math.max(5, Math.min(MOST_STEPS, Math.floor(MOST_KEPT / Math.max(1, last)))))
}

function parsed(text: string): JsonObject {
  try {
    const json = text.trim() === '' ? {} : parseJson(text)
    return isObject(json) ? json : {}
  } catch {
    return {}
  }
}

function saysTheSame(base: string, text: string): boolean {
  try {
    return sameJson(parseJson(base), parseJson(text))
  } catch {
    return false
  }
}
