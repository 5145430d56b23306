import { splitLabels } from '@zonedeck/shared/names'
import { decodeMessage } from './decode.ts'
import { encodeMessage } from './encode.ts'
import { RCODE, type Message, type Question, type ResourceRecord } from './message.ts'

/** What a parent zone holds for one of its names. All names are absolute. */
export interface Cut {
  /** The zone that holds it. */
  parent: string
  /** Without any the name exists there and is not delegated. */
  nameServers: readonly string[]
  /** Rdata of DS records; the parent signs them. */
  ds?: readonly string[]
  /** Seconds, of both sets. */
  ttl: number
  /** The servers do not answer for the zone, or its signatures do not fit the DS records. */
  trouble?: 'lame' | 'bogus'
}

/** The zone that says there is no such name. */
export interface Denial {
  deniedBy: string
}

export interface Simulation {
  fetch: (request: Request) => Promise<Response>
  /** What was asked, as `NS example.org.`, cached or not. */
  asked: string[]
}

const MEDIA_TYPE = 'application/dns-message'
/** EDNS options of RFC 8914: no key fits the DS records; no name server can be reached. */
const TROUBLES = { bogus: 9, lame: 22 }

/**
 * A public resolver over HTTPS (RFC 8484) that validates and caches, with a whole internet of delegations behind it.
 * Only NS, DS and SOA are answered; other types are NODATA where the name exists. As resolvers do, it follows a
 * delegation and gives the NS set it ends at, keeps answers for their TTL, negative ones for that of the parent's SOA,
 * and counts the TTL down meanwhile.
 *
 * Assumed: that DS answers to whoever asks with DO come with the RRSIG over them (RFC 4035 §3.1), that SERVFAIL tells
 * its reason (RFC 8914), and that NODATA of an unsigned delegation is not marked as validated (opt-out). The bytes of
 * signatures mean nothing.
 *
 * @param negativeTtl seconds
 */
export function simulate(options: {
  cutOf: (name: string) => Promise<Cut | Denial>
  negativeTtl: number
  /** Milliseconds since 1970. */
  now: () => number
}): Simulation {
  const { cutOf, negativeTtl, now } = options
  const cache = new Map<string, { answer: Partial<Message>; at: number; ttl: number }>()
  const asked: string[] = []

  async function answer(query: Message): Promise<Message> {
    const [question] = query.questions
    const base: Message = {
      ...query,
      response: true,
      recursionAvailable: true,
      rcode: RCODE.NOERROR,
      answers: [],
      authority: [],
      additional: [],
      edns: query.edns && { size: 1232, dnssecOk: query.edns.dnssecOk, errors: [] },
    }
    if (question === undefined || query.questions.length > 1 || query.response || query.opcode !== 0) {
      return { ...base, rcode: RCODE.FORMERR }
    }
    asked.push(`${question.type} ${question.name}`)
    const key = `${question.type} ${question.name} ${query.checkingDisabled} ${query.edns?.dnssecOk}`
    const kept = cache.get(key)
    const age = kept === undefined ? 0 : Math.floor((now() - kept.at) / 1000)
    if (kept !== undefined && age < kept.ttl) return { ...base, ...older(kept.answer, age) }
    const found = await look(question, query)
    const records = [...(found.answers ?? []), ...(found.authority ?? [])]
    // SERVFAIL is kept for a moment, too (RFC 9520).
    const ttl = records.length === 0 ? 1 : Math.min(...records.map((record) => record.ttl))
    cache.set(key, { answer: found, at: now(), ttl })
    return { ...base, ...found }
  }

  async function look({ name, type }: Question, query: Message): Promise<Partial<Message>> {
    const cut = await cutOf(name)
    const signed = query.edns?.dnssecOk === true
    const soa = (zone: string) => ({
      name: zone,
      type: 'SOA',
      ttl: negativeTtl,
      rdata: `a.nic.${zone === '.' ? '' : zone} hostmaster.${zone === '.' ? '' : zone} 2026112301 1800 900 604800 ${negativeTtl}`,
    })
    if ('deniedBy' in cut) return { rcode: RCODE.NXDOMAIN, authority: [soa(cut.deniedBy)], authenticData: true }
    const { parent, nameServers, ds = [], ttl, trouble } = cut
    if (type === 'DS') {
      if (ds.length === 0) return { authority: [soa(parent)] }
      const records = ds.map((rdata) => ({ name, type, ttl, rdata }))
      return { answers: signed ? [...records, signatureOf(name, ttl, parent, now())] : records, authenticData: true }
    }
    if (nameServers.length === 0) return { authority: [soa(parent)], authenticData: true }
    if (trouble === 'lame' || (trouble === 'bogus' && !query.checkingDisabled)) {
      const errors = [{ code: TROUBLES[trouble], text: '' }]
      return { rcode: RCODE.SERVFAIL, edns: query.edns && { size: 1232, dnssecOk: signed, errors } }
    }
    const authenticData = ds.length > 0 && !query.checkingDisabled
    if (type === 'NS') return { answers: nameServers.map((rdata) => ({ name, type, ttl, rdata })), authenticData }
    if (type === 'SOA') return { answers: [soa(name)], authenticData }
    return { authority: [soa(name)], authenticData }
  }

  return {
    asked,
    async fetch(request) {
      const url = new URL(request.url)
      if (request.method !== 'GET' && request.method !== 'POST') return new Response(null, { status: 405 })
      if (request.method === 'POST' && request.headers.get('content-type') !== MEDIA_TYPE) {
        return new Response(null, { status: 415 })
      }
      let query: Message
      try {
        query = decodeMessage(
          request.method === 'POST'
            ? new Uint8Array(await request.arrayBuffer())
            : Uint8Array.from(Buffer.from(url.searchParams.get('dns') ?? '', 'base64url')),
        )
      } catch {
        return new Response('The DNS message cannot be read.', { status: 400 })
      }
      const message = await answer(query)
      const ttls = [...message.answers, ...message.authority].map(({ ttl }) => ttl)
      // RFC 8484 §5.1: fresh for no longer than the shortest TTL.
      const headers = { 'content-type': MEDIA_TYPE, 'cache-control': `max-age=${Math.min(...ttls, 86_400)}` }
      return new Response(encodeMessage(message), { headers })
    },
  }
}

/** The answer some seconds later: TTLs count down, the signature's own copy of the original one does not. */
function older(answer: Partial<Message>, age: number): Partial<Message> {
  const aged = (records: ResourceRecord[]) => records.map((record) => ({ ...record, ttl: record.ttl - age }))
  return { ...answer, answers: aged(answer.answers ?? []), authority: aged(answer.authority ?? []) }
}

function signatureOf(name: string, ttl: number, signer: string, now: number): ResourceRecord {
  const day = (offset: number) => {
    const at = new Date(now + offset * 86_400_000)
    return `${at.toISOString().slice(0, 10).replaceAll('-', '')}000000`
  }
  const labels = splitLabels(name).length
  const rdata = `DS 13 ${labels} ${ttl} ${day(10)} ${day(-4)} 34512 ${signer} ${btoa('not a signature').repeat(2)}`
  return { name, type: 'RRSIG', ttl, rdata }
}
