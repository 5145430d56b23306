import type { Change, ChangeResult } from '@zonedeck/shared/change'
import { toAbsolute } from '@zonedeck/shared/names'
import { setKey } from '@zonedeck/shared/plan/keys'
import { ProviderError } from '../provider-error.ts'
import type { DnsProvider, ProviderContext } from '../provider.ts'
import { isRoot, whoAmI } from './account.ts'
import { AnswerError, makeCall } from './call.ts'
import { compile } from './compile.ts'
import { refusalOf, trapOf } from './guards.ts'
import { placeOf, toRecordSets, toZone } from './record-sets.ts'
import { makeSteps, StepFailed, type Done } from './steps.ts'
import type { Domain, WireRecord } from './wire.ts'
import { writeXml } from './xml.ts'
import { makeZones, zonePath } from './zones.ts'

/** Calls left for a step that breaks midway: looking again (several pages) and putting one record back. */
const RESERVE = 8

/**
 * CustomDNS, or any JPowerAdmin, over its REST API.
 *
 * Records are single, and there is no call that changes one: edits are compiled to new records and the ends of old ones
 * (`compile.ts`), each new one is read back, and what breaks midway is taken back (`steps.ts`). Zones are found in the
 * list, by their A-labels, since there is no call for one and an IDN is listed by its U-labels.
 */
export function dns(context: ProviderContext): DnsProvider {
  const { upstream } = context
  const call = makeCall(context)
  const zones = makeZones(call, upstream)
  /** The records that were read last, by id: what `apply` goes by. */
  let last: { zone: string; held: Map<number, WireRecord> } | null = null

  async function read(zone: string, domain: Domain) {
    const { items, counted } = await zones.records(domain)
    last = { zone, held: new Map(items.map((record) => [record.id, record])) }
    return { held: last.held, counted }
  }

  async function test() {
    const { userName } = await whoAmI(call)
    const root = await isRoot(call, userName)
    return {
      account: userName,
      missing: [],
      notes: [
        ...(root ? ['This is a ROOT account: it holds the zones of all accounts.'] : []),
        'CustomDNS cannot change a record. With a new TTL or priority it is deleted and made anew, and is absent for a moment.',
      ],
    }
  }

  async function readZone(zone: string) {
    const domain = await zones.find(zone)
    const { held, counted } = await read(zone, domain)
    const { recordSets, lost } = toRecordSets(zone, [...held.values()])
    const soa = recordSets.find(({ type, name }) => type === 'SOA' && name === '@')?.records[0]?.rdata.split(' ')[2]
    const warnings = [
      counted !== null && counted !== held.size
        ? `The server counts ${counted} records and lists ${held.size}. It may be changing right now: read the zone again.`
        : null,
      lost > 0
        ? `${lost === 1 ? 'A record has a name' : `${lost} records have names`} outside of the zone, and cannot be shown.`
        : null,
    ].filter((warning) => warning !== null)
    return {
      zone: {
        ...toZone(zone, domain),
        ...(soa !== undefined && /^\d{1,10}$/.test(soa) ? { serial: Number(soa) } : {}),
        recordCount: counted ?? held.size,
        ...(warnings.length > 0 ? { warnings } : {}),
      },
      recordSets,
    }
  }

  async function apply(zone: string, changes: readonly Change[]) {
    const domain = await zones.known(zone)
    const { readOnly } = toZone(zone, domain)
    if (readOnly !== undefined) throw new ProviderError('refused', readOnly)
    const held = last?.zone === zone ? last.held : (await read(zone, domain)).held
    const steps = makeSteps(call, zones, domain, held)
    const keys = new Map<number, string | null>()
    const keyOf = (record: WireRecord): string | null => {
      const kept = keys.get(record.id)
      if (kept !== undefined) return kept
      const place = placeOf(zone, record)
      const key = place === null ? null : setKey(place)
      keys.set(record.id, key)
      return key
    }
    const results: ChangeResult[] = []
    for (const change of changes) {
      const result = await applyOne(change, zone, held, keyOf, steps)
      if (result === null) return { results, more: true }
      results.push(result)
      // After a broken connection the rest waits for the zone to be read again.
      if (result.status === 'unknown') break
    }
    return { results, more: results.length < changes.length }
  }

  /** One change as far as the calls reach; null when they do not reach to its end. */
  async function applyOne(
    change: Change,
    zone: string,
    held: Map<number, WireRecord>,
    keyOf: (record: WireRecord) => string | null,
    steps: ReturnType<typeof makeSteps>,
  ): Promise<ChangeResult | null> {
    const { name, type, after } = change
    const result = (status: ChangeResult['status'], detail?: string): ChangeResult => ({
      name,
      type,
      status,
      ...(detail === undefined ? {} : { detail }),
    })
    const refusal = refusalOf(change)
    if (refusal !== null) return result('failed', refusal)
    const done: Done[] = []
    try {
      const present = [...held.values()].filter((record) => keyOf(record) === setKey(change))
      const moves = compile(type, toAbsolute(name, zone).replace(/\.$/, ''), present, after)
      const trap = moves.map((move) => trapOf(move, held.values())).find((reason) => reason !== null)
      if (trap !== undefined) return result('failed', trap)
      for (const move of moves) {
        if (upstream.callsLeft() <= RESERVE + done.length) return null
        done.push(await steps.perform(move))
      }
      return result('done')
    } catch (error) {
      if (error instanceof ProviderError) return result('failed', error.message)
      if (!(error instanceof StepFailed)) throw error
      const { reason, unsure } = error
      const all = [...done, error.done].filter(({ removed, added }) => removed ?? added)
      const left = await steps.undo(all)
      if (left.length > 0) return result('unknown', [because(reason, type), ...left].join(' '))
      const undone = all.length === 0 ? '' : ' Everything else of this change was taken back.'
      if (unsure) return result('unknown', reason.message + undone)
      return result(undone === '' ? 'failed' : 'rolled-back', because(reason, type) + undone)
    }
  }

  async function isThere(zone: string): Promise<boolean> {
    try {
      await zones.find(zone)
      return true
    } catch (error) {
      if (error instanceof ProviderError && error.kind === 'missing') return false
      throw error
    }
  }

  return {
    test,
    readZone,
    apply,

    async listZones() {
      return (await zones.list()).map(({ name, domain }) => toZone(name, domain))
    },

    async createZone(zone, { kind, values }) {
      if (await isThere(zone)) throw new ProviderError('conflict', 'The account has a zone of this name already.')
      const owner = typeof values?.['owner'] === 'string' ? values['owner'].trim() : ''
      const body = writeXml('domain', { name: zone, type: kind })
      const query = owner === '' ? {} : { userName: owner }
      try {
        await call({ method: 'POST', path: '/zone', query, body, answer: 'nothing' })
      } catch (error) {
        if (!(error instanceof AnswerError)) throw error
        const { status } = error
        if (status === 404 && owner !== '') throw new ProviderError('refused', NO_ACCOUNT, { field: 'owner' })
        if (status === 409) throw new ProviderError('conflict', TAKEN)
        if (status === 400) throw new ProviderError('refused', `${error.message} ${FULL_NAME}`)
        if (status < 500 || error.kind !== 'refused') throw error
        // A failure is answered to a name that is taken too: what is there now tells.
        if (!(await isThere(zone))) {
          throw new ProviderError('refused', [error.message, TAKEN, ...(owner === '' ? [] : [NO_ACCOUNT])].join(' '))
        }
      }
      return { name: zone }
    },

    async deleteZone(zone) {
      const domain = await zones.find(zone)
      zones.forget(zone)
      last = null
      try {
        await call({ method: 'DELETE', path: zonePath(domain), answer: 'nothing' })
      } catch (error) {
        if (!(error instanceof AnswerError)) throw error
        if (error.status >= 500 && error.kind === 'refused' && !(await isThere(zone))) return
        if (![404, 405].includes(error.status)) throw error
        // The document has no name in this call. Without one nobody knows which zone would go.
        throw new ProviderError(
          'refused',
          `The server does not delete a zone that is named in the address (${error.status}). Delete it on its own pages.`,
        )
      }
    },
  }
}

const TAKEN = 'A zone of this name may be there already, in another account.'
const NO_ACCOUNT = 'There may be no account of this name to give the zone to.'
const FULL_NAME = 'It takes full names of letters, digits and hyphens, with a dot in them.'

/** What the server is known to refuse without a word. */
const HINTS: Readonly<Record<string, string>> = {
  A: 'It takes no address at a name with a CNAME.',
  AAAA: 'It takes no address at a name with a CNAME.',
  CNAME: 'It takes no CNAME at a name that has an address or another CNAME, or that an MX or NS record points to.',
  MX: 'It takes no MX to a host that a CNAME points to as well.',
  NS: 'It takes no NS to a host that a CNAME points to as well.',
  SPF: 'It takes only what it can read as an SPF policy.',
  TXT: 'It may not take a text with more than 63 characters in a row without a dot.',
}

/** The reason, with what is known of such refusals where the server gave none of its own. */
function because(reason: ProviderError, type: string): string {
  const hint = HINTS[type]
  const silent = reason instanceof AnswerError && reason.kind === 'refused' && reason.message.includes('gave no reason')
  return silent && hint !== undefined ? `${reason.message} ${hint}` : reason.message
}
