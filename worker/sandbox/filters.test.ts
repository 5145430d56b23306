import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findings } from '@zonedeck/shared/filter/findings/index'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filterText, keepFilter } from './filter-files.ts'
import { sandboxLists } from './lists.ts'

const LISTS = 'http://127.0.0.1:9/lists/'
let state: string

beforeAll(async () => void (state = await mkdtemp(join(tmpdir(), 'zonedeck-sandbox-'))))
afterAll(() => rm(state, { recursive: true, force: true }))

const findingIds = async (name: string) => [
  ...new Set(findings(await filterText(name, state, LISTS)).map(({ id }) => id)),
]

describe('the filters of the sandbox', () => {
  it('are what a family and a library would have, each with something to find', async () => {
    expect(await findingIds('home')).toEqual([
      'client-without-profile',
      'mac-id',
      'disabled-list',
      'wildcard-entry',
      'rewrite-to-host',
    ])
    expect(await findingIds('library')).toEqual(['rewrite-to-host'])
  })

  it('are kept over a restart on another port', async () => {
    const elsewhere = 'http://127.0.0.1:10/lists/'
    const text = await filterText('home', state, LISTS)
    await keepFilter('home', state, LISTS, text)
    expect(await filterText('home', state, elsewhere)).toBe(text.replaceAll(LISTS, elsewhere))
  })

  it('name lists that are served, all but one', async () => {
    const { blockLists } = JSON.parse(await filterText('home', state, 'http://x/')) as { blockLists: { url: string }[] }
    const statuses = blockLists
      .filter(({ url }) => url.startsWith('http://x/'))
      .map(async ({ url }) => [new URL(url).pathname, (await sandboxLists(new Request(url))).status])
    expect(await Promise.all(statuses)).toEqual([
      ['/ads-and-trackers.txt', 200],
      ['/adult.txt', 200],
      ['/gambling.txt', 200],
      ['/school-council.txt', 404],
    ])
  })
})
