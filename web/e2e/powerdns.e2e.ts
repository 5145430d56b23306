import { powerdnsInstalled, type RealServer, startPowerdns } from '../../worker/src/providers/powerdns/real-server.ts'
import { test } from './panel.ts'
import { story } from './story.ts'

test.describe('a zone on a real PowerDNS (needs pdns_server)', () => {
  test.skip(!powerdnsInstalled, 'pdns_server, its sqlite backend or dig is not installed')

  let server: RealServer
  test.beforeAll(async () => {
    server = await startPowerdns()
  })
  test.afterAll(() => server.stop())

  test('is imported, edited from a phone, answered by dig, and never overwritten', async ({ page, panel, browser }) => {
    await story(page, panel, browser, {
      provider: 'PowerDNS',
      url: server.url,
      secretLabel: 'API key',
      secret: server.apiKey,
      answers: server.dig,
    })
  })
})
