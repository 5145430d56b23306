import type { FilterContent } from '@zonedeck/shared/content-filter'
import { mergeConfigs } from '@zonedeck/shared/filter/merge'
import type { Plan } from '@zonedeck/shared/job'
import type { Problem } from '@zonedeck/shared/problem'
import { beforeEach, describe, expect, it } from 'vitest'
import { emptyPanel, person, type Browser } from '../../http/test-panel.ts'
import { simulate } from '../../providers/technitium/simulator.ts'

const token = 'a-token-of-the-administrator'
const list = 'https://lists.example.com/ads.txt'
const start = JSON.stringify({
  profiles: { kids: { customRules: ['bad.test'] }, teens: { customRules: ['worse.test'] } },
  blockLists: [{ url: list, name: 'Ads', refreshHours: 24 }],
})

let at: string
let ada: Browser
let bo: Browser

beforeEach(async () => {
  const server = simulate({ version: '15.2', admin: { password: 'secret', token }, filter: { config: start } })
  const panel = await emptyPanel({ internet: (request) => server.fetch(request) })
  ada = await person(panel, 'ada', 'owner')
  const input = { name: 'Home', provider: 'technitium', url: 'http://127.0.0.1:5380', credentials: { token } }
  const { id } = (await (await ada.ask('POST', 'connections', input)).json()) as { id: string }
  at = `connections/${id}/filter`
  bo = await person(panel, 'bo', [{ connection: id, zone: '*', right: 'edit' }])
})

const read = async (who: Browser) => (await (await who.ask('GET', at)).json()) as FilterContent

async function save(who: Browser, base: string, text: string): Promise<Response> {
  const operation = { operation: 'filter', base, text }
  const planned = await who.ask('POST', `${at}/plans`, { operation })
  if (planned.status !== 200) return planned
  const { plan } = (await planned.json()) as Plan
  return who.ask('POST', `${at}/jobs`, { plan, operation, accept: [] })
}

/** Both read, and write one after the other; what the second one is told. */
async function both(adas: string, bos: string) {
  const [seen, { hash }] = [await read(ada), await read(bo)]
  expect((await save(ada, seen.hash, adas)).status).toBe(200)
  const late = await save(bo, hash, bos)
  expect(late.status).toBe(409)
  const { filter } = (await late.json()) as Problem
  if (filter === undefined) throw new Error('The conflict does not tell what there is.')
  expect(filter).toMatchObject({ base: hash, theirs: { text: adas } })
  return { theirs: filter.theirs, merge: mergeConfigs(start, bos, filter.theirs.text) }
}

describe('two people at one filter', () => {
  it('who edit different profiles both have their way', async () => {
    const adas = start.replace('bad.test', 'bad.example')
    const { theirs, merge } = await both(adas, start.replace('worse.test', 'worse.example'))
    expect(merge.conflicts).toEqual([])
    expect((await save(bo, theirs.hash, merge.text ?? '')).status).toBe(200)
    expect((await read(ada)).text).toBe(adas.replace('worse.test', 'worse.example'))
  })

  it('who edit one list see both versions, and nothing is written until one is chosen', async () => {
    const adas = start.replace('"refreshHours":24', '"refreshHours":12')
    const bos = start.replace('"refreshHours":24', '"refreshHours":48')
    const { theirs, merge } = await both(adas, bos)
    expect(merge.text).toBeNull()
    expect(merge.conflicts).toMatchObject([{ base: 24, mine: 48, theirs: 12 }])
    expect((await read(bo)).text).toBe(adas)
    const [conflict] = merge.conflicts
    const chosen = mergeConfigs(start, bos, theirs.text, new Map([[conflict?.pointer ?? '', 'mine']]))
    expect((await save(bo, theirs.hash, chosen.text ?? '')).status).toBe(200)
    expect((await read(ada)).text).toBe(bos)
  })
})
