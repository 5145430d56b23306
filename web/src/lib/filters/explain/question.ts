import type { Zone } from '@zonedeck/shared/filter/time-zone'
import { isAscii } from '@zonedeck/shared/filter/dotnet/text'
import { labelToAscii } from '@zonedeck/shared/names-idna'

/** What is asked on the page "Test a name", as its address holds it. Every part may be empty. */
export interface Question {
  /** An address, a host name or a network: who asks. */
  client: string
  /** As typed. */
  name: string
  type: string
  /** On the clock of the filter's time zone: `2026-11-27T22:00`. Empty: now. */
  at: string
}

export const questionTypes = ['A', 'AAAA', 'HTTPS', 'CNAME', 'TXT', 'MX', 'SRV', 'ANY'] as const

export function readQuestion(params: { get: (name: string) => string | null }): Question {
  const type = (params.get('type') ?? '').toUpperCase()
  const at = params.get('at') ?? ''
  return {
    client: params.get('client') ?? '',
    name: params.get('name') ?? '',
    type: questionTypes.some((known) => known === type) ? type : 'A',
    at: /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(at) ? at : '',
  }
}

/** The parameters of an address for a question; what is as usual is left out. */
export function questionParams({ client, name, type, at }: Question): Record<string, string> {
  return { client, name, type: type === 'A' ? '' : type, at }
}

/** Where a question is tested. */
export function testPath(connection: string, question: Partial<Question>): string {
  const params = new URLSearchParams(
    Object.entries(questionParams({ client: '', name: '', type: 'A', at: '', ...question })).filter(
      ([, value]) => value !== '',
    ),
  )
  const path = `/filters/${encodeURIComponent(connection)}/test`
  return params.size === 0 ? path : `${path}?${params.toString()}`
}

/**
 * A name as the server is asked for it, so in A-labels, from what somebody typed or pasted: an address of a web page will
 * do. Null for what is no name.
 */
export function readName(typed: string): string | null {
  const text = typed.trim().replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
  const host = /^(?:[^@/]*@)?([^/?#:]*)/.exec(text)?.[1] ?? ''
  const labels = host.replace(/\.$/, '').split(isAscii(host) ? '.' : /[.\u3002\uff0e\uff61]/)
  const ascii = labels.map((label) => (isAscii(label) ? label.toLowerCase() : labelToAscii(label)))
  const isName = ascii.every((label) => label !== null && /^[a-z0-9_*-]{1,63}$/.test(label))
  const name = ascii.join('.')
  return isName && name.length <= 253 ? name : null
}

/** What a clock of the zone shows: `2026-11-27T22:00`. */
export function wallClock(zone: Zone, time: number): string {
  return new Date(wallTime(zone, time)).toISOString().slice(0, 16)
}

/**
 * The moment at which a clock of the zone shows this. An hour that comes twice counts the first time; one that is left out
 * counts as the hour after.
 */
export function momentOf(zone: Zone, clock: string): number | null {
  const wall = Date.parse(`${clock}Z`)
  if (Number.isNaN(wall)) return null
  const candidates = [-DAY, DAY].map((off) => wall - (wallTime(zone, wall + off) - (wall + off)))
  const fitting = candidates.filter((time) => wallTime(zone, time) === wall)
  return fitting.length > 0 ? Math.min(...fitting) : Math.max(...candidates)
}

const DAY = 86_400_000

/** The clock's face as if it were UTC. */
function wallTime(zone: Zone, time: number): number {
  const { date, milliseconds } = zone.localTime(time)
  return Date.parse(`${date}T00:00:00Z`) + milliseconds
}
