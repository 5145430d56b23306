import { ProviderError } from '../provider-error.ts'
import type { Upstream } from '../upstream.ts'
import type { Call } from './call.ts'
import { listAll, listCounted } from './listing.ts'
import { readList, readNumber } from './read.ts'
import { zoneName } from './record-sets.ts'
import { domainSchema, recordSchema, type Domain, type WireRecord } from './wire.ts'

/** The path of a zone: its name exactly as it is listed, which for an IDN is not the one the panel knows it by. */
export const zonePath = ({ name }: Pick<Domain, 'name'>) => `/zone/${encodeURIComponent(name)}`

/** Reading zones and their records. What was found is remembered for the calls that follow in the same context. */
export function makeZones(call: Call, upstream: Upstream) {
  const found = new Map<string, Domain>()

  const page = async (owner: string | null, offset: string, count: string) => {
    const path = owner === null ? '/zone/list/' : `/zone/${encodeURIComponent(owner)}/list/`
    const answer = await call({ method: 'GET', path, query: { offset, count }, answer: 'objects' })
    return readList(answer, 'domain', domainSchema)
  }
  const key = ({ zoneId, name }: Domain) => zoneId ?? name

  /** A count as text. A server that will not count does not keep the listing from being shown. */
  async function count(path: string): Promise<number | null> {
    try {
      return readNumber(await call({ method: 'GET', path, answer: 'number' }))
    } catch (error) {
      if (error instanceof ProviderError && error.kind !== 'auth') return null
      throw error
    }
  }

  /** The zones of the key's account, which for a ROOT account are those of all; or of `owner`. */
  async function list(owner: string | null = null): Promise<{ name: string; domain: Domain }[]> {
    const { items } = await listCounted(
      () => listAll((offset, size) => page(owner, offset, size), key),
      () => count(owner === null ? '/zone/count' : `/zone/${encodeURIComponent(owner)}/count`),
      () => upstream.callsLeft(),
    )
    return items.flatMap((domain) => {
      const name = zoneName(domain)
      return name === null ? [] : { name, domain }
    })
  }

  /** One zone, found in the list: there is no call for it. Throws `missing`. */
  async function find(zone: string): Promise<Domain> {
    const isIt = (domain: Domain) => zoneName(domain) === zone
    const domain = (await listAll((offset, size) => page(null, offset, size), key, isIt)).find(isIt)
    if (domain === undefined) {
      found.delete(zone)
      throw new ProviderError('missing', `The account has no zone ${zone}.`)
    }
    found.set(zone, domain)
    return domain
  }

  /** As `find`, without asking again for a zone that was just seen. */
  async function known(zone: string): Promise<Domain> {
    return found.get(zone) ?? find(zone)
  }

  /** The records of a zone, and what the server counts of them. */
  async function records(domain: Domain): Promise<{ items: WireRecord[]; counted: number | null }> {
    const path = zonePath(domain)
    return listCounted(
      () =>
        listAll(
          async (offset, size) => {
            const query = { offset, count: size }
            const answer = await call({ method: 'GET', path: `${path}/records`, query, answer: 'objects' })
            return readList(answer, 'record', recordSchema)
          },
          ({ id }) => id,
        ),
      () => count(`${path}/count`),
      () => upstream.callsLeft(),
    )
  }

  return { list, find, known, records, count, forget: (zone: string) => found.delete(zone) }
}

export type Zones = ReturnType<typeof makeZones>
