import type { ListCheck } from '@zonedeck/shared/content-filter'
import { listCatalogue } from '@zonedeck/shared/filter/catalogue'
import type { Problem } from '@zonedeck/shared/problem'
import { beforeEach, describe, expect, it } from 'vitest'
import { emptyPanel, person, type Browser, type Panel } from '../../http/test-panel.ts'
import { simulate } from '../../providers/technitium/simulator.ts'

const token = 'a-token-of-the-administrator'
const named = 'https://lists.example.com/ads.txt'
const unnamed = 'https://elsewhere.example.com/list.txt'

let panel: Panel
let at: string
let connection: string
let owner: Browser

beforeEach(async () => {
  const server = simulate({
    version: '15.2',
    admin: { password: 'secret', token },
    filter: { config: JSON.stringify({ blockLists: [{ url: named }] }) },
  })
  panel = await emptyPanel({
    internet: async (request) =>
      new URL(request.url).hostname === '127.0.0.1' ? server.fetch(request) : new Response('# Ads\nads.test\nb\n'),
  })
  owner = await person(panel, 'ada', 'owner')
  const input = { name: 'Home', provider: 'technitium', url: 'http://127.0.0.1:5380', credentials: { token } }
  connection = ((await (await owner.ask('POST', 'connections', input)).json()) as { id: string }).id
  at = `connections/${connection}/filter/lists/fetch`
})

const who = (right: 'view' | 'edit', id = right) => person(panel, id, [{ connection, zone: '*', right }])
const fetched = async (browser: Browser, url: string, more: object = {}) => browser.ask('POST', at, { url, ...more })
const outside = () => panel.sent.filter(({ url }) => !url.startsWith('http://127.0.0.1')).map(({ url }) => url)

describe('lists through the panel', () => {
  it('are counted, and given along when asked for', async () => {
    const editor = await who('edit')
    const check = (await (await fetched(editor, unnamed)).json()) as ListCheck
    expect(check).toMatchObject({ url: unnamed, ok: true, status: 200, lines: 2, entries: 1, bytes: 17 })
    expect(check).not.toHaveProperty('text')
    const whole = (await (await fetched(editor, unnamed, { wantText: true, type: 'regex' })).json()) as ListCheck
    expect(whole).toMatchObject({ entries: 2, text: 'ads.test\nb\n' })
  })

  it('are no way for those who only look to fetch what they like', async () => {
    const viewer = await who('view')
    expect((await fetched(viewer, named)).status).toBe(200)
    expect((await fetched(viewer, listCatalogue[0]?.url ?? '')).status).toBe(200)
    const refused = await fetched(viewer, unnamed)
    expect(refused.status).toBe(403)
    expect((await fetched(viewer, `${named}?token=1`)).status).toBe(403)
    expect(outside()).toEqual([named, listCatalogue[0]?.url])
  })

  it.each(['ftp://lists.example.com/a.txt', 'lists.example.com/a.txt', 'https://', 'file:///etc/passwd', ''])(
    '%j is no address of one',
    async (url) => {
      const answer = await fetched(await who('edit'), url)
      expect(answer.status).toBe(422)
      expect(((await answer.json()) as Problem).errors).toMatchObject([{ pointer: '/url' }])
      expect(outside()).toEqual([])
    },
  )

  it('[S4] are fetched from a private network for owners alone, whoever named them', async () => {
    const editor = await who('edit')
    const full = await person(panel, 'fay', [{ connection, zone: '*', right: 'full' }])
    for (const url of [
      'http://127.0.0.1:5380/list.txt',
      'http://localhost/x',
      'http://0x7f.1/',
      'http://[fd00::1]/a',
    ]) {
      for (const browser of [editor, full]) {
        const answer = await fetched(browser, url)
        expect(answer.status).toBe(403)
        expect(((await answer.json()) as Problem).errors).toEqual([
          { pointer: '/url', detail: expect.stringContaining('Use a list on the public internet') as string },
        ])
      }
    }
    expect(panel.sent.some(({ url }) => url.includes('list.txt'))).toBe(false)
    await fetched(owner, 'http://127.0.0.1:5380/list.txt')
    expect(panel.sent.at(-1)?.url).toBe('http://127.0.0.1:5380/list.txt')
  })

  it('[S3] are never fetched from the panel itself, nor from a private network that is not opened', async () => {
    for (const url of ['https://panel.example/api/v1/health', 'http://10.0.0.1/list.txt']) {
      const check = (await (await fetched(owner, url)).json()) as ListCheck
      expect(check).toMatchObject({ ok: false })
      expect(check.trouble).toContain('The panel does not fetch from there')
    }
    expect(outside()).toEqual([])
  })

  it('carry nothing of the connection', async () => {
    await fetched(await who('edit'), unnamed)
    const [request] = panel.sent.filter(({ url }) => url === unnamed)
    expect(JSON.stringify([...(request?.headers ?? [])])).not.toContain(token)
    expect(request?.headers.has('cookie')).toBe(false)
  })

  it('are forty a minute for one person, and another’s are not counted among them', async () => {
    const editor = await who('edit')
    const statuses = await Promise.all(Array.from({ length: 41 }, async () => (await fetched(editor, unnamed)).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(40)
    const refused = await fetched(editor, unnamed)
    expect(await refused.json()).toMatchObject({ status: 429, type: '/problems/filter/too-many-lists' })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await fetched(await who('edit', 'other' as 'edit'), unnamed)).status).toBe(200)
  })
})
