import type { Change } from '@zonedeck/shared/change'
import type { ZoneOperation } from '@zonedeck/shared/zone'
import { refusalOfDevice } from './device-table.ts'
import { countChanges, mergeChanges, withoutSets, type Counts } from './draft-changes.ts'
import { browserStore, type DraftStore, type ZoneDraft } from './draft-store.ts'

type Place = Pick<ZoneDraft, 'connection' | 'connectionName' | 'zone'>
type Where = Pick<Place, 'connection' | 'zone'>

/** An edit as something to do to a zone's draft, whatever it holds by then: another tab may have been faster. */
interface Edit {
  where: Where
  act: (known: ZoneDraft | undefined) => ZoneDraft | undefined
}

/**
 * What is edited and not yet applied: one draft on the device for all zones and all tabs, kept over reloads.
 *
 * Nothing here speaks to a server. An edit shows at once and is then laid over what the device keeps, in one step, so
 * that two tabs never undo each other. When the device refuses, the draft goes on in memory and `problem` says so.
 */
export class Draft {
  /** Every zone that has changes waiting. */
  zones: readonly ZoneDraft[] = $state.raw([])
  /** False until what the device keeps has been read. */
  ready: boolean = $state(false)
  /** Why the draft is not safe from a reload, as a sentence. */
  problem: string | null = $state(null)

  readonly counts: Counts = $derived(countChanges(this.zones.flatMap(({ changes }) => changes)))
  /** Record sets that change, and zones that are made. */
  readonly size: number = $derived(this.zones.reduce((sum, zone) => sum + draftSize(zone), 0))

  #store: DraftStore | null
  /** As the device had it last. */
  #kept: readonly ZoneDraft[] = []
  /** Edits the device does not have yet, in their order. */
  #pending: readonly Edit[] = []
  #writing = false

  constructor(store: DraftStore | null) {
    this.#store = store
    this.ready = store === null
    store?.onchange(() => {
      if (this.ready) void this.#read()
    })
  }

  /** Reads what the device keeps. Edits made before it answers are laid over it. */
  async load(): Promise<void> {
    if (this.#store === null || this.ready) return
    await this.#read()
    this.ready = true
  }

  of(connection: string, zone: string): ZoneDraft | undefined {
    return this.zones.find((each) => samePlace(each, { connection, zone }))
  }

  /** Lays edits over the draft of a zone; see `mergeChanges` for what happens to sets edited twice. */
  put(place: Place, edits: readonly Change[]): void {
    this.update(place, (changes) => mergeChanges(changes, edits))
  }

  /** Replaces the whole draft of a zone: one that is to be made. */
  set(place: Place, changes: readonly Change[], operation?: ZoneOperation): void {
    const zone: ZoneDraft = { ...pick(place), changes: [...changes] }
    this.#edit(place, () => (operation === undefined ? zone : { ...zone, operation }))
  }

  /**
   * Changes the draft of a zone.
   *
   * @param act called with what waits, more than once: it must not do anything else
   */
  update(place: Place, act: (changes: readonly Change[]) => Change[]): void {
    this.#edit(place, (known) => ({ ...pick(place), ...known, changes: act(known?.changes ?? []) }))
  }

  /** The zone was made: what is left of its draft are plain changes. */
  made(where: Where): void {
    this.#edit(where, (known) => known && { ...pick(known), changes: known.changes })
  }

  /** Takes sets out of the draft of a zone: they were applied, or put back. */
  drop(where: Where, sets: readonly { name: string; type: string }[]): void {
    this.#edit(where, (known) => known && { ...known, changes: withoutSets(known.changes, sets) })
  }

  /** Forgets everything that waits for a zone. */
  discard(where: Where): void {
    this.#edit(where, () => undefined)
  }

  /** Forgets everything, on the device too: at sign-out, after asking. */
  async clear(): Promise<void> {
    this.zones = []
    this.#kept = []
    this.#pending = []
    await this.#store?.clear().catch(() => undefined)
  }

  #edit({ connection, zone }: Where, act: Edit['act']): void {
    const edit = { where: { connection, zone }, act }
    if (this.#store === null) this.#kept = apply(this.#kept, edit)
    else this.#pending = [...this.#pending, edit]
    this.#show()
    void this.#write()
  }

  #show(): void {
    this.zones = this.#pending.reduce(apply, this.#kept)
  }

  async #read(): Promise<void> {
    if (this.#store === null) return
    try {
      const { zones, unreadable } = await this.#store.load()
      this.#kept = zones
      this.#show()
      if (unreadable > 0) this.problem = 'A part of the draft on this device could not be read and is left out.'
    } catch (error) {
      this.problem = `The draft on this device could not be read: ${refusalOfDevice(error)}`
    }
  }

  /** Gives the device what it does not have yet, zone by zone. What it refuses waits for the next edit. */
  async #write(): Promise<void> {
    if (this.#store === null || this.#writing) return
    this.#writing = true
    for (;;) {
      const where = this.#pending[0]?.where
      if (where === undefined) break
      const edits = this.#pending.filter((edit) => samePlace(edit.where, where))
      try {
        const kept = await this.#store.update(where, (known) => edits.reduce((zone, { act }) => tidy(act(zone)), known))
        // Forgotten while it was written.
        if (edits.some((edit) => !this.#pending.includes(edit))) continue
        const rest = this.#kept.filter((each) => !samePlace(each, where))
        this.#kept = kept === undefined ? rest : [...rest, kept]
        this.#pending = this.#pending.filter((edit) => !edits.includes(edit))
        this.#show()
        this.problem = null
      } catch (error) {
        this.problem = `The draft could not be kept on this device and will not survive a reload: ${refusalOfDevice(error)}`
        break
      }
    }
    this.#writing = false
  }
}

/** Record sets that change in a zone, and its making. */
export function draftSize({ changes, operation }: Pick<ZoneDraft, 'changes' | 'operation'>): number {
  return changes.length + (operation === undefined ? 0 : 1)
}

function apply(zones: readonly ZoneDraft[], { where, act }: Edit): readonly ZoneDraft[] {
  const at = zones.findIndex((each) => samePlace(each, where))
  const next = tidy(act(zones[at]))
  if (next === undefined) return zones.filter((each) => !samePlace(each, where))
  return at === -1 ? [...zones, next] : zones.with(at, next)
}

function tidy(zone: ZoneDraft | undefined): ZoneDraft | undefined {
  return zone?.changes.length === 0 && zone.operation === undefined ? undefined : zone
}

function samePlace(a: Where, b: Where): boolean {
  return a.connection === b.connection && a.zone === b.zone
}

function pick({ connection, connectionName, zone }: Place): Place {
  return { connection, connectionName, zone }
}

/** The one draft of this device. */
export const draft = new Draft(
  typeof indexedDB === 'undefined' ? null : browserStore(indexedDB, new BroadcastChannel('zonedeck-draft')),
)
