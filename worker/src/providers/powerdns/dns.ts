import { typeRefusal } from '@zonedeck/shared/refusals'
import type { Change, ChangeResult } from '@zonedeck/shared/change'
import { toAbsolute } from '@zonedeck/shared/names'
import { setKey } from '@zonedeck/shared/plan/keys'
import type { CreateZone } from '@zonedeck/shared/zone'
import ipaddr from 'ipaddr.js'
import { parseJson, readJson } from '../json.ts'
import type { DnsProvider, ProviderContext } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { retryAfter, type UpstreamRequest, type UpstreamResponse } from '../upstream.ts'
import { about } from './about.ts'
import {
  absoluteZone,
  canonical,
  errorSchema,
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

const LISTING_BYTES = 64 * 2 ** 20
const MAX_CORRECTIONS = 20
const NOT_WRITTEN = 'Not written, because another change of the same save was refused.'
const API_KINDS: Record<string, string> = { Native: 'Native', Primary: 'Master', Secondary: 'Slave' }

/**
 * PowerDNS Authoritative over its HTTP API, version 4.5 and later.
 *
 * Sets are replaced whole, and all of a save in one PATCH, which the server carries out wholly or not at all. Deletes go
 * first: the server judges conflicts as it works through the list. Nothing on its side guards the SOA, the last apex NS
 * or a secondary zone, so this does.
 */
export function dns({ upstream, credentials }: ProviderContext): DnsProvider {
  const server = `/api/v1/servers/${encodeURIComponent(credentials.server || 'localhost')}`

  async function call(request: UpstreamRequest): Promise<UpstreamResponse> {
    const response = await upstream({
      ...request,
      path: server + request.path,
      headers: {
        accept: 'application/json',
        'x-api-key': credentials.apiKey ?? '',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
    })
    if (response.status >= 400) throw toError(request.method, response)
    return response
  }

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
          body: JSON.stringify({ rrsets }),
          // Replacing and deleting whole sets twice is the same as once; sqlite answers 500 while another writes.
          idempotent: true,
          retryOn: [500],
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
      const kind = API_KINDS[input.kind]
      if (kind === undefined) throw new ProviderError('refused', 'PowerDNS has no zones of this kind.')
      const masters = primaries(input)
      const { text } = await call({
        method: 'POST',
        path: '/zones',
        // Never with `zone` text: a line that the server cannot read leaves a zone behind that it cannot read either.
        body: JSON.stringify({ name: absoluteZone(zone), kind, nameservers: [], ...(masters ? { masters } : {}) }),
      })
      return { name: toZone(readJson(zoneSchema, text, 'the new zone')).name }
    },

    async deleteZone(zone) {
      await call({ method: 'DELETE', path: `/zones/${zoneId(zone)}` })
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

function primaries({ kind, values }: CreateZone): string[] | undefined {
  if (kind !== 'Secondary') return undefined
  const given = Array.isArray(values?.['primaries']) ? values['primaries'] : []
  if (given.length === 0)
    throw new ProviderError('refused', 'A secondary zone needs the address of its primary server.')
  for (const text of given) {
    const [, address = text] = /^(?:\[([^\]]+)\]|([0-9.]+)):\d{1,5}$/.exec(text)?.filter(Boolean) ?? []
    if (!ipaddr.isValid(address)) {
      throw new ProviderError(
        'refused',
        'PowerDNS takes primaries by address, such as 192.0.2.1 or [2001:db8::1]:5353.',
        {
          field: 'primaries',
        },
      )
    }
  }
  return given
}

function toError(method: string, response: UpstreamResponse): ProviderError {
  const { status } = response
  const said = words(response)
  switch (status) {
    case 401:
      return new ProviderError('auth', 'PowerDNS does not accept this API key.')
    case 403:
      return new ProviderError('forbidden', 'PowerDNS, or what stands in front of it, does not let this panel in.')
    case 404:
      return new ProviderError('missing', 'The server has no such zone.')
    case 409:
      return new ProviderError('conflict', 'The server has a zone of this name already.')
    case 400:
      return new ProviderError(
        'refused',
        'The server could not read the request. It takes 2 MB at once unless webserver-max-bodysize says otherwise: save in smaller parts.',
      )
    case 422:
      return new ProviderError('refused', said ?? 'The server refused this without saying why.')
    case 429: {
      const seconds = retryAfter(response.headers)
      return new ProviderError('rate-limited', 'The server asks for fewer calls.', {
        ...(seconds === undefined ? {} : { retryAfter: seconds }),
      })
    }
    case 500:
      // A PATCH is one transaction; making or removing a zone is several.
      return method === 'GET' || method === 'PATCH'
        ? new ProviderError(
            'unavailable',
            'The server failed (500). Its database may be locked by another program, or hold a record that it cannot read.',
          )
        : new ProviderError('unknown', 'The server failed (500), perhaps midway. Look at what it holds now.')
    case 502:
    case 504:
      return method === 'GET'
        ? new ProviderError('unavailable', `What stands in front of the server had no answer from it (${status}).`)
        : new ProviderError('unknown', `What stands in front of the server lost its answer (${status}).`)
    default:
      return status > 500
        ? new ProviderError('unavailable', `The server, or what stands in front of it, cannot answer now (${status}).`)
        : new ProviderError(
            'protocol',
            `The server answered with status ${status}, which the PowerDNS API does not know.`,
          )
  }
}

/** The `error` of a JSON answer; anything else may be a proxy's page. */
function words({ contentType, text }: UpstreamResponse): string | null {
  if (contentType !== 'application/json') return null
  const parsed = errorSchema.safeParse(parseJson(text))
  return parsed.success ? parsed.data.error.slice(0, 500) : null
}
