import type { Problem } from '@zonedeck/shared/problem'
import type { Zone } from '@zonedeck/shared/zone'
import { toProblem } from '#lib/problem-error.ts'
import { isoNow } from '#lib/when.ts'
import type { LastReadings, Reading } from './last-readings.ts'
import type { ZoneLine } from './zone-api.ts'

/** One connection's part of the merged list. */
export interface Source {
  connection: string
  state: 'waiting' | 'answered' | 'failed'
  /** What it answered, or its last reading on this device. */
  zones: readonly Zone[]
  /** When these zones were read; null when they never were. */
  readAt: string | null
  problem?: Problem
}

/** After this many ms without an answer a server is called silent. */
const PATIENCE = 3000

/**
 * The merged list of all connections. Each part stands as soon as its server answers; a silent or broken server keeps
 * its last reading and holds up nobody.
 */
export class ZoneList {
  sources: readonly Source[] = $state.raw([])
  /** The whole request failed. */
  problem: Problem | null = $state.raw(null)
  /** Long enough was waited to call the missing ones silent. */
  slow: boolean = $state(false)
  done: boolean = $state(false)

  #last: LastReadings

  constructor(connections: readonly string[], last: LastReadings) {
    this.#last = last
    const readings = last.load()
    this.sources = connections.map((connection) => {
      const reading: Reading | undefined = readings[connection]
      return { connection, state: 'waiting', zones: reading?.zones ?? [], readAt: reading?.readAt ?? null }
    })
  }

  /** Reads until every connection has answered. Never throws. */
  async read(lines: AsyncIterable<ZoneLine>, now: () => string = isoNow): Promise<void> {
    const patience = setTimeout(() => {
      this.slow = true
    }, PATIENCE)
    try {
      for await (const line of lines) this.#take(line, now())
    } catch (error) {
      this.problem = toProblem(error)
    }
    clearTimeout(patience)
    this.done = true
    this.#last.save(this.sources)
  }

  #take(line: ZoneLine, readAt: string): void {
    const known = this.sources.find(({ connection }) => connection === line.connection)
    const source: Source =
      'zones' in line
        ? { connection: line.connection, state: 'answered', zones: line.zones, readAt }
        : {
            connection: line.connection,
            state: 'failed',
            zones: known?.zones ?? [],
            readAt: known?.readAt ?? null,
            problem: line.problem,
          }
    this.sources =
      known === undefined ? [...this.sources, source] : this.sources.map((each) => (each === known ? source : each))
  }
}
