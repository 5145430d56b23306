import type { Problem } from '@zonedeck/shared/problem'
import type { SearchHit } from '@zonedeck/shared/search'
import { beforeEach, describe, expect, it } from 'vitest'
import { emptyPanel, person, type Browser, type Panel } from '../../http/test-panel.ts'
import { simulate } from '../../providers/powerdns/simulator.ts'
import { simulate as simulateTechnitium } from '../../providers/technitium/simulator.ts'

interface Line {
  connection: string
  hits?: SearchHit[]
  more?: boolean
  problem?: Problem
}

const set = (name: string, type: string, ...contents: string[]) => ({
  name,
  type,
  ttl: 300,
  records: contents.map((content) => ({ content })),
})
const many = Array.from({ length: 120 }, (_, index) => set(`host-${index}.open.example.`, 'A', '192.0.2.1'))

let panel: Panel
let owner: Browser
let office: string
let branch: string
let technitium: string

async function connect(name: string, url: string, provider = 'powerdns', credentials: object = { apiKey: 'k' }) {
  const response = await owner.ask('POST', 'connections', { name, provider, url, credentials })
  return ((await response.json()) as { id: string }).id
}

async function search(browser: Browser, text: string): Promise<Map<string, Line>> {
  const response = await browser.ask('GET', `search?q=${encodeURIComponent(text)}`)
  expect(response.status).toBe(200)
  expect(response.headers.get('Content-Type')).toContain('application/x-ndjson')
  const lines = (await response.text()).split('\n').filter((line) => line !== '')
  return new Map(lines.map((line) => JSON.parse(line) as Line).map((line) => [line.connection, line]))
}

beforeEach(async () => {
  const servers: Record<string, (request: Request) => Promise<Response>> = {
    '8001': simulate({
      apiKey: 'k',
      zones: [
        {
          name: 'open.example.',
          rrsets: [
            ...many,
            set('www.open.example.', 'CNAME', 'shop.example.net.'),
            set('key._domainkey.open.example.', 'TXT', `"v=DKIM1; p=${'A'.repeat(400)}"`),
            set('xn--bcher-kva.open.example.', 'A', '192.0.2.7'),
            set('note.open.example.', 'TXT', '"bücher"'),
          ],
        },
        { name: 'secret.example.', rrsets: [set('www.secret.example.', 'CNAME', 'shop.example.net.')] },
      ],
    }).fetch,
    '8002': simulate({ apiKey: 'other' }).fetch,
    '8003': simulateTechnitium({ version: '15.2', admin: { password: 'p', token: 't' }, serverDomain: 'dns.example' })
      .fetch,
  }
  panel = await emptyPanel({
    internet: (request) => servers[new URL(request.url).port]?.(request) ?? Promise.reject(new TypeError('lost')),
  })
  owner = await person(panel, 'usr_owner', 'owner')
  office = await connect('office', 'http://localhost:8001')
  branch = await connect('branch', 'http://localhost:8002')
  technitium = await connect('home', 'http://localhost:8003', 'technitium', { token: 't' })
})

describe('the search in records', () => {
  it('asks the servers that can, and says of each what it answered', async () => {
    const lines = await search(owner, 'shop.example.net')
    expect(lines.get(office)).toMatchObject({
      hits: [
        { zone: 'open.example', name: 'www', type: 'CNAME', content: 'shop.example.net.', ttl: 300 },
        { zone: 'secret.example', name: 'www', type: 'CNAME' },
      ],
      more: false,
    })
    expect(lines.get(branch)).toMatchObject({ problem: { type: '/problems/provider/auth', provider: 'branch' } })
    expect(lines.has(technitium)).toBe(false)
  })

  it('shows a person only zones that they may view', async () => {
    const some = await person(panel, 'usr_some', [
      { connection: office, zone: '*', right: 'view' },
      { connection: office, zone: 'secret.example', right: 'none' },
    ])
    const lines = await search(some, 'shop.example.net')
    expect([...lines.keys()]).toEqual([office])
    expect(lines.get(office)?.hits?.map(({ zone }) => zone)).toEqual(['open.example'])
    const one = await person(panel, 'usr_one', [{ connection: office, zone: 'secret.example', right: 'view' }])
    expect((await search(one, '*')).get(office)?.hits?.map(({ zone }) => zone)).toEqual(
      Array.from({ length: 3 }, () => 'secret.example'),
    )
    expect(await search(await person(panel, 'usr_nobody', []), 'shop')).toEqual(new Map())
  })

  it('stops at a hundred, and says that there are more', async () => {
    const hosts = (await search(owner, 'host-')).get(office)
    expect(hosts?.hits).toHaveLength(100)
    expect(hosts?.more).toBe(true)
  })

  it('cuts a long content', async () => {
    const [hit] = (await search(owner, 'DKIM1')).get(office)?.hits ?? []
    expect(hit).toMatchObject({ name: 'key._domainkey' })
    expect(hit?.content).toHaveLength(301)
    expect(hit?.content).toMatch(/^"v=DKIM1; p=A+…$/)
  })

  it('finds what is outside of ASCII as a name and as a text', async () => {
    const names = (await search(owner, 'bücher')).get(office)?.hits?.map(({ name }) => name)
    expect(names?.sort()).toEqual(['note', 'xn--bcher-kva'])
  })

  it.each(['', '   ', 'x'.repeat(201)])('wants something to look for, and not too much: “%s”', async (text) => {
    const response = await owner.ask('GET', `search?q=${encodeURIComponent(text)}`)
    expect(response.status).toBe(422)
    expect(((await response.json()) as Problem).errors?.[0]?.pointer).toContain('q')
  })

  it('is for people who are signed in', async () => {
    expect((await panel.browser().ask('GET', 'search?q=x')).status).toBe(401)
    expect((await owner.ask('GET', 'search')).status).toBe(422)
  })
})
