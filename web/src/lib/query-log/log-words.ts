import type { LoggedQuery } from '@zonedeck/shared/statistics'

/** The server's words for who answered. */
export const answererWords: Readonly<Record<string, string>> = {
  Authoritative: 'Authoritative',
  Recursive: 'Recursive',
  Cached: 'From cache',
  Blocked: 'Blocked',
  UpstreamBlocked: 'Blocked upstream',
  UpstreamBlockedCached: 'Blocked upstream, from cache',
  Dropped: 'Dropped',
}

export const rcodeWords: Readonly<Record<string, string>> = {
  NoError: 'No error',
  NxDomain: 'No such name',
  ServerFailure: 'Server failure',
  Refused: 'Refused',
  FormatError: 'Format error',
  NotImplemented: 'Not implemented',
}

export const protocolWords: Readonly<Record<string, string>> = {
  Udp: 'UDP',
  Tcp: 'TCP',
  Tls: 'DNS over TLS',
  Https: 'DNS over HTTPS',
  Quic: 'DNS over QUIC',
  UdpProxy: 'UDP, by a proxy',
  TcpProxy: 'TCP, by a proxy',
}

/** A word of the server's that is none of the known ones is shown as it is. */
export function wordFor(words: Readonly<Record<string, string>>, word: string): string {
  return Object.hasOwn(words, word) ? (words[word] ?? word) : word
}

export interface Outcome {
  words: string
  /** `look`: a failure. Blocked is none. */
  kind: 'answered' | 'blocked' | 'rewritten' | 'none' | 'look'
}

/** What became of a query. A rewrite is logged as a block, too: the words tell them apart. */
export function outcome({ filtered, answeredBy, rcode }: LoggedQuery): Outcome {
  if (filtered === 'rewritten') return { words: 'Answered otherwise', kind: 'rewritten' }
  if (filtered === 'blocked') {
    const upstream = answeredBy.startsWith('Upstream')
    return { words: upstream ? wordFor(answererWords, 'UpstreamBlocked') : 'Blocked', kind: 'blocked' }
  }
  if (answeredBy === 'Dropped') return { words: 'Dropped', kind: 'look' }
  if (rcode === 'NoError') return { words: wordFor(answererWords, answeredBy), kind: 'answered' }
  return { words: wordFor(rcodeWords, rcode), kind: rcode === 'NxDomain' ? 'none' : 'look' }
}

/** `0.4 ms`, `13 ms`, `1.2 s` */
export function tookWords(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(1)} s`
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(0)} ms`
}

/** In the viewer's zone: `14:02:11`, of another day `26 Nov 14:02:11`. */
export function rowTime(at: string, now: Date = new Date()): string {
  const date = new Date(at)
  const clock = date.toLocaleTimeString('en-GB')
  if (date.toDateString() === now.toDateString()) return clock
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${clock}`
}

/** In the viewer's zone to the millisecond: `Thu 26 Nov 2026, 14:02:11.025`. */
export function wholeTime(at: string): string {
  const date = new Date(at)
  const day = date.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  const clock = `${date.toLocaleTimeString('en-GB')}.${String(date.getMilliseconds()).padStart(3, '0')}`
  return `${day.replace(',', '')}, ${clock}`
}

/** An instant for a field of a form, in the viewer's zone to the second: `2026-11-26T14:02:11`. */
export function localTime(at: string): string {
  if (at === '') return ''
  const date = new Date(at)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

/** What such a field holds as an instant; empty for what is none. */
export function instantOf(local: string): string {
  const date = new Date(local)
  return local === '' || Number.isNaN(date.getTime()) ? '' : date.toISOString()
}
