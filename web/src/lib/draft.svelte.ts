import type { Change } from '@zonedeck/shared/change'
import type { ZoneOperation } from '@zonedeck/shared/zone'
import { countChanges, mergeChanges, withoutSets, type Counts } from './draft-changes.ts'
import { browserStore, type DraftStore, type ZoneDraft } from './draft-store.ts'

type Place = Pick<ZoneDraft, 'connection' | 'connectionName' | 'zone'>

/**
 * What is edited and not yet applied: one draft on the device for all zones, kept over reloads.
 *
 * Nothing here speaks to a server. Writing to the device happens behind the page's back; when the device refuses, the
 * draft goes on in memory and `problem` says so.
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
  readonly size: number = $derived(
    this.zones.reduce((sum, { changes, operation }) => sum + changes.length + (operation === undefined ? 0 : 1), 0),
  )

  #store: DraftStore | null

  constructor(store: DraftStore | null) {
    this.#store = store
    this.ready = store === null
  }

  /** Reads what the device keeps. Edits made before it answers are laid over it. */
  async load(): Promise<void> {
    if (this.#store === null || this.ready) return
    try {
      const { zones, unreadable } = await this.#store.load()
      const early = this.zones
      this.zones = [...zones.filter((kept) => !early.some((zone) => samePlace(zone, kept))), ...early]
      if (unreadable > 0) this.problem = 'A part of the draft on this device could not be read and is left out.'
    } catch (error) {
      this.problem = `The draft on this device could not be read: ${sentence(error)}`
    }
    this.ready = true
  }

  of(connection: string, zone: string): ZoneDraft | undefined {
    return this.zones.find((each) => samePlace(each, { connection, zone }))
  }

  /** Lays edits over the draft of a zone; see `mergeChanges` for what happens to sets edited twice. */
  put(place: Place, edits: readonly Change[]): void {
    const known = this.of(place.connection, place.zone)
    this.#keep({ ...place, ...known, changes: mergeChanges(known?.changes ?? [], edits) })
  }

  /** Replaces the whole draft of a zone: an import, a zone to be made, or the outcome of a conflict. */
  set(place: Place, changes: readonly Change[], operation?: ZoneOperation): void {
    const zone: ZoneDraft = { ...pick(place), changes: [...changes] }
    this.#keep(operation === undefined ? zone : { ...zone, operation })
  }

  /** Takes sets out of the draft of a zone: they were applied, or put back. */
  drop(place: Pick<Place, 'connection' | 'zone'>, sets: readonly { name: string; type: string }[]): void {
    const known = this.of(place.connection, place.zone)
    if (known === undefined) return
    this.#keep({ ...known, changes: withoutSets(known.changes, sets) })
  }

  /** Forgets everything that waits for a zone. */
  discard(place: Pick<Place, 'connection' | 'zone'>): void {
    this.zones = this.zones.filter((each) => !samePlace(each, place))
    this.#write((store) => store.remove(pick({ connectionName: '', ...place })))
  }

  /** Forgets everything, on the device too: at sign-out, after asking. */
  async clear(): Promise<void> {
    this.zones = []
    await this.#store?.clear().catch(() => undefined)
  }

  #keep(zone: ZoneDraft): void {
    if (zone.changes.length === 0 && zone.operation === undefined) {
      this.discard(zone)
      return
    }
    const at = this.zones.findIndex((each) => samePlace(each, zone))
    this.zones = at === -1 ? [...this.zones, zone] : this.zones.with(at, zone)
    this.#write((store) => store.save(zone))
  }

  #write(act: (store: DraftStore) => Promise<void>): void {
    if (this.#store === null) return
    act(this.#store).then(
      () => {
        this.problem = null
      },
      (error: unknown) => {
        this.problem = `The draft could not be kept on this device and will not survive a reload: ${sentence(error)}`
      },
    )
  }
}

function samePlace(a: Pick<Place, 'connection' | 'zone'>, b: Pick<Place, 'connection' | 'zone'>): boolean {
  return a.connection === b.connection && a.zone === b.zone
}

function pick({ connection, connectionName, zone }: Place): Place {
  return { connection, connectionName, zone }
}

function sentence(error: unknown): string {
  if (error instanceof DOMException && error.name === 'QuotaExceededError') return 'there is no room left.'
  return error instanceof Error && error.message !== '' ? error.message : 'the browser gave no reason.'
}

/** The one draft of this device. */
export const draft = new Draft(typeof indexedDB === 'undefined' ? null : browserStore(indexedDB))
