import { chooseZone } from '@zonedeck/shared/filter/time-zone'
import { compileConfig } from '@zonedeck/shared/filter/compile'
import { explain } from '@zonedeck/shared/filter/explain'
import { readConfig } from '@zonedeck/shared/filter/read-config'
import { describe, expect, it, vi } from 'vitest'
import { EVERYONE_ELSE, readAsker } from './asker.ts'
import { Explainer, type WorkerLike } from './explainer.ts'
import { grantTarget } from './grant-target.ts'
import { Judge } from './judge.ts'
import { LoadedLists } from './loaded-lists.svelte.ts'
import type { FromWorker, ToWorker } from './messages.ts'
import { momentOf, readName, readQuestion, testPath, wallClock } from './question.ts'
import { reachWords } from './reach-words.ts'
import { decidingPlace } from './source-place.ts'
import { answerWords, traceRows, verdictTitle } from './verdict-words.ts'

const LIST = 'https://lists.example/ads.txt'
const CONFIG = JSON.stringify({
  profiles: {
    kids: {
      blockedServices: ['youtube'],
      allowList: ['fine.example'],
      dnsRewrites: [{ domain: 'www.google.com', answer: 'forcesafesearch.google.com' }],
      blockLists: [LIST],
    },
  },
  clients: [{ name: 'Tablet', ids: ['192.168.1.20'], profile: 'kids' }],
  blockLists: [{ url: LIST, name: 'Ads', enabled: true, refreshHours: 24 }],
})
const query = (name: string, type = 'A') => ({ client: '192.168.1.20', name, type, time: 0 })
const explained = (name: string, type = 'A') =>
  explain(compileConfig(readConfig(CONFIG).config!, new Map()), query(name, type))

describe('readName', () => {
  it('takes what people paste', () => {
    expect(readName(' https://WWW.YouTube.com/watch?v=1 ')).toBe('www.youtube.com')
    expect(readName('user@mail.example:8080')).toBe('mail.example')
    expect(readName('bücher.example.')).toBe('xn--bcher-kva.example')
    expect(readName('_dmarc.example')).toBe('_dmarc.example')
  })
  it.each(['', 'two words', 'a..b', `${'a'.repeat(64)}.example`, 'https://'])('refuses %j', (typed) => {
    expect(readName(typed)).toBeNull()
  })
})

describe('times', () => {
  const zone = chooseZone('Europe/Copenhagen').zone!
  it('reads a clock of the zone, in summer and in winter', () => {
    expect(momentOf(zone, '2026-07-01T22:00')).toBe(Date.parse('2026-07-01T20:00:00Z'))
    expect(momentOf(zone, '2026-12-01T22:00')).toBe(Date.parse('2026-12-01T21:00:00Z'))
  })
  it('takes the first of an hour that comes twice, and passes over one that is left out', () => {
    expect(momentOf(zone, '2026-10-25T02:30')).toBe(Date.parse('2026-10-25T00:30:00Z'))
    expect(momentOf(zone, '2026-03-29T02:30')).toBe(Date.parse('2026-03-29T01:30:00Z'))
  })
  it('shows what it reads', () => {
    const time = Date.parse('2026-11-26T21:00:00Z')
    expect(wallClock(zone, time)).toBe('2026-11-26T22:00')
    expect(momentOf(zone, wallClock(zone, time))).toBe(time)
  })
})

describe('the address of a question', () => {
  it('comes back as it went', () => {
    const question = { client: 'fe80::1', name: 'www.youtube.com', type: 'AAAA', at: '2026-11-26T22:00' }
    const path = testPath('c1', question)
    expect(readQuestion(new URL(path, 'http://localhost').searchParams)).toEqual(question)
    expect(testPath('c1', { client: '10.0.0.1' })).toBe('/filters/c1/test?client=10.0.0.1')
  })
  it('drops what makes no sense', () => {
    const params = new URLSearchParams('type=nonsense&at=tomorrow')
    expect(readQuestion(params)).toEqual({ client: '', name: '', type: 'A', at: '' })
  })
})

describe('words', () => {
  it('say who decides', () => {
    expect(verdictTitle(explained('www.youtube.com'))).toBe('Blocked by the service YouTube')
    expect(verdictTitle(explained('a.fine.example'))).toBe('Allowed by fine.example on the allow list')
    expect(verdictTitle(explained('www.google.com'))).toBe('Rewritten to forcesafesearch.google.com')
    expect(verdictTitle(explained('other.example'))).toBe('Allowed')
  })
  it('say what is answered', () => {
    expect(answerWords(explained('www.youtube.com').answer, 'A')).toMatch(/no such name/)
    expect(answerWords(explained('www.google.com').answer, 'A')).toBe(
      'It answers CNAME forcesafesearch.google.com for 300 s.',
    )
    expect(answerWords(null, 'A')).toMatch(/as if there were no filter/)
    expect(answerWords({ rcode: 'NOERROR', records: [] }, 'AAAA')).toBe('It answers that the name has no AAAA record.')
  })
  it('list the steps, and those that were not reached', () => {
    const states = (name: string) => traceRows(explained(name).steps).map(({ id, state }) => `${id} ${state}`)
    expect(states('a.fine.example').slice(4)).toEqual([
      'allow-list decides',
      'allow-pattern not-reached',
      'schedule not-reached',
      'block-list not-reached',
      'block-pattern not-reached',
    ])
    expect(states('other.example').at(-1)).toBe('nothing decides')
  })
})

describe('Judge', () => {
  const answer = (text: string) => JSON.stringify({ url: LIST, ok: true, text })
  it('knows a list once it was given', () => {
    const judge = new Judge()
    expect(judge.explain(CONFIG, query('ads.example'))).toMatchObject({
      verdict: 'allow',
      unsure: [{ source: { list: { url: LIST } } }],
    })
    expect(judge.addList(LIST, 'domain', answer('ads.example\n'))).toEqual({ ok: true, entries: 1 })
    expect(judge.explain(CONFIG, query('ads.example'))).toMatchObject({ verdict: 'block', unsure: [] })
  })
  it('offers fixes that the list needs', () => {
    const judge = new Judge()
    judge.addList(LIST, 'domain', answer('ads.example\n'))
    const explanation = judge.explain(CONFIG, query('ads.example'))!
    expect(judge.fixes(CONFIG, query('ads.example'), explanation).map(({ title }) => title)).toEqual([
      'Allow “ads.example” in the profile “kids”',
      'Take the list “Ads” from the profile “kids”',
    ])
  })
  it('keeps a list that could not be fetched unknown', () => {
    const judge = new Judge()
    const refused = JSON.stringify({ url: LIST, ok: false, trouble: 'Not found.' })
    expect(judge.addList(LIST, 'domain', refused)).toEqual({ ok: false, trouble: 'Not found.' })
    expect(judge.explain(CONFIG, query('ads.example'))?.unsure).toHaveLength(1)
  })
  it('says nothing about what the app refuses', () => {
    expect(new Judge().explain('{"profiles":null}', query('a.example'))).toBeNull()
  })
})

class FakeWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null
  onerror: WorkerLike['onerror'] = null
  readonly heard: ToWorker[] = []
  ended = false
  postMessage(message: ToWorker): void {
    this.heard.push(message)
  }
  terminate(): void {
    this.ended = true
  }
  say(data: FromWorker): void {
    this.onmessage?.({ data } as MessageEvent<FromWorker>)
  }
}

describe('Explainer', () => {
  const question = { server: CONFIG, draft: null, query: query('a.example') }
  const verdicts = { server: null, draft: null }
  const make = () => {
    const workers: FakeWorker[] = []
    const explainer = new Explainer(() => {
      const worker = new FakeWorker()
      workers.push(worker)
      return worker
    })
    const hearer = { verdicts: vi.fn(), fixes: vi.fn(), failed: vi.fn() }
    return { workers, explainer, hearer }
  }

  it('hears only the answers to the last question', () => {
    const { workers, explainer, hearer } = make()
    const first = { verdicts: vi.fn(), fixes: vi.fn(), failed: vi.fn() }
    explainer.ask(question, first)
    explainer.ask(question, hearer)
    workers[0]!.say({ kind: 'verdicts', id: 1, verdicts })
    workers[0]!.say({ kind: 'verdicts', id: 2, verdicts })
    expect(first.verdicts).not.toHaveBeenCalled()
    expect(hearer.verdicts).toHaveBeenCalledOnce()
  })

  it('ends what takes too long, and gives a new worker the lists again', async () => {
    vi.useFakeTimers()
    const { workers, explainer, hearer } = make()
    const adding = explainer.addList(LIST, 'domain', new Blob(['{}']))
    workers[0]!.say({ kind: 'list', url: LIST, outcome: { ok: true, entries: 1 } })
    expect(await adding).toEqual({ ok: true, entries: 1 })
    explainer.ask(question, hearer)
    workers[0]!.say({ kind: 'begun', id: 1 })
    vi.advanceTimersByTime(20_001)
    expect(workers[0]!.ended).toBe(true)
    expect(hearer.failed).toHaveBeenCalledOnce()
    explainer.ask(question, hearer)
    expect(workers[1]!.heard.map(({ kind }) => kind)).toEqual(['list', 'judge'])
    vi.useRealTimers()
  })

  it('does not wait long for a question that is no longer asked', () => {
    vi.useFakeTimers()
    const { workers, explainer, hearer } = make()
    explainer.ask(question, { verdicts: vi.fn(), fixes: vi.fn(), failed: vi.fn() })
    workers[0]!.say({ kind: 'begun', id: 1 })
    explainer.ask(question, hearer)
    expect(workers).toHaveLength(1)
    vi.advanceTimersByTime(600)
    explainer.ask(question, hearer)
    expect(workers[0]!.ended).toBe(true)
    workers[1]!.say({ kind: 'verdicts', id: 3, verdicts })
    expect(hearer.verdicts).toHaveBeenCalledOnce()
    expect(hearer.failed).not.toHaveBeenCalled()
    vi.useRealTimers()
  })

  it('fails everything when the worker breaks', async () => {
    const { workers, explainer, hearer } = make()
    explainer.ask(question, hearer)
    const adding = explainer.addList(LIST, 'domain', new Blob(['{}']))
    workers[0]!.onerror?.({ message: 'Out of memory.' } as ErrorEvent)
    expect(await adding).toEqual({ ok: false, trouble: 'Out of memory.' })
    expect(hearer.failed).toHaveBeenCalledWith('Out of memory.')
  })

  it('forgets a list that could not be read', async () => {
    const { workers, explainer, hearer } = make()
    const adding = explainer.addList(LIST, 'domain', new Blob(['{}']))
    workers[0]!.say({ kind: 'list', url: LIST, outcome: { ok: false, trouble: 'No.' } })
    expect(await adding).toEqual({ ok: false, trouble: 'No.' })
    explainer.end('Enough.')
    explainer.ask(question, hearer)
    expect(workers[1]!.heard.map(({ kind }) => kind)).toEqual(['judge'])
  })
})

describe('readAsker', () => {
  const config = readConfig(CONFIG).config!
  it('knows a client by its address, and everyone else', () => {
    expect(readAsker(config, '192.168.1.20')).toEqual({ client: '192.168.1.20', host: null, name: 'Tablet' })
    expect(readAsker(config, 'phone.example')).toEqual({
      client: '0.0.0.0',
      host: 'phone.example',
      name: 'Everyone else',
    })
    expect(readAsker(config, EVERYONE_ELSE)).toMatchObject({ client: '192.0.2.77', name: 'Everyone else' })
    expect(readAsker(config, 'two words')).toBeNull()
  })
  it('passes over an address that an entry names', () => {
    const clients = [{ name: 'Example', ids: ['192.0.2.0/24', '0.0.0.0/0'], profile: 'kids' }]
    expect(readAsker({ clients }, EVERYONE_ELSE)?.client).toBe('2001:db8::77')
  })
})

describe('reachWords', () => {
  it('names a few, and counts the rest', () => {
    expect(reachWords({ changes: [], keeps: ['Laptop'] })).toBe('Changes nothing for anyone else.')
    expect(reachWords({ changes: ['Tablet'], keeps: ['Laptop', 'Phone'] })).toBe(
      'Also changes Tablet. At this time it does not change Laptop and Phone.',
    )
    expect(reachWords({ changes: ['A', 'B', 'C', 'D', 'E'], keeps: [] })).toBe('Also changes A, B, C and 2 others.')
  })
})

describe('decidingPlace', () => {
  it('leads to the part of the profile that holds the entry', () => {
    expect(decidingPlace('c', explained('www.youtube.com'))?.href).toBe('/filters/c/profiles/kids/services')
    expect(decidingPlace('c', explained('a.fine.example'))?.href).toBe('/filters/c/profiles/kids/allowed')
    expect(decidingPlace('c', explained('www.google.com'))?.href).toBe('/filters/c/profiles/kids/rewrites')
    expect(decidingPlace('c', explained('other.example'))).toBeNull()
  })
})

describe('LoadedLists', () => {
  const list = { url: LIST, name: 'Ads', type: 'domain' as const }
  it('loads each list once, and again after a failure', async () => {
    const fetched = vi
      .fn()
      .mockRejectedValueOnce(new Error('No way.'))
      .mockResolvedValue(new Blob(['{}']))
    const lists = new LoadedLists({ addList: () => Promise.resolve({ ok: true, entries: 7 }) }, fetched)
    await lists.load('c', [list])
    expect(lists.states.get(LIST)?.state).toBe('failed')
    expect(lists.version).toBe(0)
    await lists.load('c', [list])
    await lists.load('c', [list])
    expect(lists.states.get(LIST)).toEqual({ state: 'loaded', entries: 7 })
    expect(fetched).toHaveBeenCalledTimes(2)
    expect(lists.version).toBe(1)
  })
})

describe('grantTarget', () => {
  it('is the client that asked, where it is blocked', () => {
    expect(grantTarget('www.youtube.com', explained('www.youtube.com'))).toEqual({
      kind: 'domain',
      domain: 'www.youtube.com',
      for: { kind: 'client', client: { name: 'Tablet', ids: ['192.168.1.20'] } },
    })
    expect(grantTarget('www.google.com', explained('www.google.com'))).toBeNull()
    expect(grantTarget('a.example', explained('a.example'))).toBeNull()
  })
})
