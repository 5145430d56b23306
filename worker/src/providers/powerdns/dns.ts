import { typeRefusal } from '@zonedeck/shared/refusals'
import type { Change, ChangeResult } from '@zonedeck/shared/change'
import { toAbsolute } from '@zonedeck/shared/names'
import { setKey } from '@zonedeck/shared/plan/keys'
import { readJson } from '../json.ts'
import type { DnsProvider, ProviderContext } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { about } from './about.ts'
import { runActions } from './actions.ts'
import { primaryList } from './addresses.ts'
import { makeCall } from './call.ts'
import { zoneDnssec } from './dnssec.ts'
import { searchData } from './search.ts'
import { zoneSettings } from './settings.ts'
import {
  absoluteZone,
  canonical,
  exportSchema,
  headsSchema,
  serverSchema,
  toRecordSets,
  toWireDelete,
  toWireSet,
  toZone,
  zoneId,
  zoneSchema,
  type WireChange,
} from './wire.ts'
import { wireKind } from './zone-kinds.ts'

const LISTING_BYTES = 64 * 2 ** 20
const MAX_CORRECTIONS = 20
const NOT_WRITTEN = 'Not written, because another change of the same save was refused.'

/**
 * PowerDNS Authoritative over its HTTP API, version 4.5 and later.
 *
 * Sets are replaced whole, and all of a save in one PATCH, which the server carries out wholly or not at all. Deletes go
 * first: the server judges conflicts as it works through the list. Nothing on its side guards the SOA, the last apex NS
 * or a secondary zone, so this does.
 */
export function dns({ upstream, credentials }: ProviderContext): DnsProvider {
  const call = makeCall({ upstream, credentials })

  // With sqlite, writes that come at once fail with 500: here they wait for each other, elsewhere retries must do.
  let writing: Promise<unknown> = Promise.resolve()
  function inTurn<T>(write: () => Promise<T>): Promise<T> {
    const turn = writing.then(write, write)
    writing = turn.catch(() => undefined)
    return turn
  }

  /** One transaction, sent again where the server only wants another spelling of a content. */
  async function patch(zone: string, rrsets: WireChange[]): Promise<void> {
    for (let corrections = 0; ; corrections += 1) {
      try {
        await call({
          method: 'PATCH',
          path: `/zones/${zoneId(zone)}`,
          body: { rrsets },
          // Replacing and deleting whole sets twice is the same as once.
          idempotent: true,
          timeout: 30_000,
        })
        return
      } catch (error) {
        const again = error instanceof ProviderError && error.kind === 'refused' && corrections < MAX_CORRECTIONS
        if (!again || upstream.callsLeft() < 2 || !respell(rrsets, error.message)) throw error
      }
    }
  }

  const readHead = async (zone: string) => {
    const { text } = await call({ method: 'GET', path: `/zones/${zoneId(zone)}`, query: { rrsets: 'false' } })
    return toZone(readJson(zoneSchema, text, 'this zone'))
  }

  return {
    async test() {
      const { text } = await call({ method: 'GET', path: '' }).catch((error: unknown) => {
        if (!(error instanceof ProviderError) || error.kind !== 'missing') throw error
        throw new ProviderError('missing', 'There is no PowerDNS API at this address, or no server of this id.')
      })
      const { daemon_type: daemon, version } = readJson(serverSchema, text, 'the server')
      if (daemon !== 'authoritative') {
        throw new ProviderError('refused', `This is a PowerDNS ${daemon.slice(0, 40)}, which holds no zones to edit.`)
      }
      return { version: version.slice(0, 60), missing: [] }
    },

    async listZones() {
      const { text } = await call({ method: 'GET', path: '/zones', maxBytes: LISTING_BYTES })
      return readJson(headsSchema, text, 'the list of zones').map(toZone)
    },

    async readZone(zone) {
      const { text } = await call({ method: 'GET', path: `/zones/${zoneId(zone)}`, maxBytes: LISTING_BYTES })
      const content = readJson(zoneSchema, text, 'this zone')
      const recordSets = toRecordSets(zone, content.rrsets ?? [])
      const head = toZone(content)
      const warnings =
        head.readOnly === undefined && !recordSets.some(({ type }) => type === 'SOA')
          ? ['The zone has no SOA record, so the server does not answer for it.']
          : []
      return {
        zone: {
          ...head,
          recordCount: recordSets.reduce((sum, { records }) => sum + records.length, 0),
          ...(warnings.length > 0 ? { warnings } : {}),
        },
        recordSets,
      }
    },

    async apply(zone, changes, fresh) {
      const { readOnly } = await readHead(zone)
      if (readOnly !== undefined) throw new ProviderError('refused', readOnly)
      const refusals = changes.map((change) => refusal(change))
      if (refusals.some((reason) => reason !== undefined)) return { results: refuse(changes, refusals), more: false }

      const commented = new Set(fresh.filter(({ comments }) => comments?.length).map(setKey))
      const rrsets = [
        ...changes.filter(({ after }) => after === null).map((change) => toWireDelete(zone, change)),
        ...changes.flatMap((change) =>
          change.after === null
            ? []
            : [toWireSet(zone, change.after, commented.has(setKey(change)) || !!change.before?.comments?.length)],
        ),
      ]
      try {
        await inTurn(() => patch(zone, rrsets))
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error
        if (error.kind === 'unknown') return { results: resultOfAll(changes, 'unknown', error.message), more: false }
        if (error.kind !== 'refused') throw error
        return { results: refuse(changes, blame(zone, changes, error.message)), more: false }
      }
      return { results: resultOfAll(changes, 'done'), more: false }
    },

    async createZone(zone, input) {
      const kind = wireKind(input.kind)
      if (kind === undefined) throw new ProviderError('refused', 'PowerDNS has no zones of this kind.')
      const masters = input.kind === 'Secondary' ? primaryList(input.values?.['primaries']) : undefined
      const { text } = await call({
        method: 'POST',
        path: '/zones',
        // Never with `zone` text: a line that the server cannot read leaves a zone behind that it cannot read either.
        body: { name: absoluteZone(zone), kind, nameservers: [], ...(masters ? { masters } : {}) },
      })
      return { name: toZone(readJson(zoneSchema, text, 'the new zone')).name }
    },

    async deleteZone(zone) {
      await call({ method: 'DELETE', path: `/zones/${zoneId(zone)}` })
    },

    settings: zoneSettings(call),
    dnssec: zoneDnssec(call),
    actions: runActions(call),
    search: searchData(call),

    async exportZone(zone) {
      const { text } = await call({ method: 'GET', path: `/zones/${zoneId(zone)}/export`, maxBytes: LISTING_BYTES })
      return readJson(exportSchema, text, 'the zone file').zone
    },
  }
}

/** Why this change is not sent at all. */
function refusal({ name, type, after }: Change): string | undefined {
  const unsupported = after === null ? null : typeRefusal(about.capabilities, type)
  if (unsupported) return unsupported.reason
  // A set whose records are all disabled is not answered, which is the same as none.
  const gone = after === null || after.records.every(({ disabled }) => disabled)
  if (gone && type === 'SOA') return 'Without its SOA record the server would no longer answer for the zone.'
  if (gone && type === 'NS' && name === '@') {
    return 'A zone needs at least one NS record at its apex. Replace them instead.'
  }
  const { min, max } = about.capabilities.ttl
  if (after && (!Number.isInteger(after.ttl) || after.ttl < min || after.ttl > max)) {
    return `The TTL must be a whole number from ${min} to ${max} seconds.`
  }
  return undefined
}

/**
 * Servers tell how they would have written a content that they refuse. Where that means the same, it is taken over, and
 * the answer is true.
 */
function respell(rrsets: readonly WireChange[], message: string): boolean {
  const [, name, type = '', given, wanted = ''] =
    /^Record (\S+)\/(\S+) '(.*)': Not in expected format \(parsed as '(.*)'\)$/s.exec(message) ?? []
  if (given === undefined || canonical(type, wanted) !== canonical(type, given)) return false
  const set = rrsets.find((each) => each.name === name && each.type === type && each.changetype === 'REPLACE')
  const record = set?.changetype === 'REPLACE' ? set.records.find(({ content }) => content === given) : undefined
  if (!record) return false
  record.content = wanted
  return true
}

/** The server names the set it stumbled over, in one of two ways. */
function blame(zone: string, changes: readonly Change[], message: string): (string | undefined)[] {
  const blamed = changes.map(({ name, type }) => {
    const absolute = toAbsolute(name, zone)
    return [`${absolute} IN ${type}`, `${absolute}/${type} `].some(
      (words) => message.includes(` ${words}`) || message.endsWith(words),
    )
  })
  return blamed.includes(true) ? blamed.map((guilty) => (guilty ? message : undefined)) : changes.map(() => message)
}

function refuse(changes: readonly Change[], reasons: readonly (string | undefined)[]): ChangeResult[] {
  return changes.map(({ name, type }, index) => ({
    name,
    type,
    status: 'failed',
    detail: reasons[index] ?? NOT_WRITTEN,
  }))
}

function resultOfAll(changes: readonly Change[], status: ChangeResult['status'], detail?: string): ChangeResult[] {
  return changes.map(({ name, type }) => ({ name, type, status, ...(detail === undefined ? {} : { detail }) }))
}
