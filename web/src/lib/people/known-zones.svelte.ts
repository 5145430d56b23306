import { lastReadings } from '#lib/zones/last-readings.ts'
import { streamZones } from '#lib/zones/zone-api.ts'
import { ZoneList } from '#lib/zones/zone-list.svelte.ts'

/** The names of the zones there are, as far as their servers have answered (or had, last time). */
export class KnownZones {
  #list: ZoneList

  constructor(connections: readonly string[]) {
    this.#list = new ZoneList(connections, lastReadings(localStorage))
  }

  /** Asks the servers. Never throws: names are a help, any name can be typed. */
  async read(): Promise<void> {
    await this.#list.read(streamZones())
  }

  /** @param connection `*` for the zones of all of them */
  on(connection: string): string[] {
    const names = this.#list.sources
      .filter((source) => connection === '*' || source.connection === connection)
      .flatMap(({ zones }) => zones.map(({ name }) => name))
      .toSorted()
    return names.filter((name, index) => name !== names[index - 1])
  }
}
