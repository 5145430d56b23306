import type { Browser, BrowserContext, Page } from '@playwright/test'
import { violationsInBothThemes } from './axe.ts'
import { expect, type Panel, test, withSandbox } from './panel.ts'
import { scripts } from './scripts.ts'

const PASSCODE = 'tulips at noon'

/** Opens the form and chooses the server that counts the most. */
async function choose(page: Page, panel: Panel): Promise<void> {
  await page.goto(`${panel.url}/more`)
  await page.getByRole('main').getByRole('link', { name: 'Share links' }).click()
  await expect(page.getByText('No share links')).toBeVisible()
  await page.getByRole('link', { name: 'New link' }).click()
  const servers = page.getByRole('group', { name: 'Servers' })
  await servers.getByRole('checkbox', { checked: true }).uncheck()
  await expect(servers).toContainText('Choose at least one server.')
  await servers.getByRole('checkbox', { name: 'Home', exact: true }).check()
  await page.getByLabel('Title', { exact: true }).fill('Home network DNS')
  await page.getByLabel('Note').fill('For the family meeting.')
}

/** A browser that knows nothing of the panel, what it breaks, and how much JavaScript it was sent. */
async function clean(browser: Browser, panel: Panel) {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  const troubles: string[] = []
  const asked: string[] = []
  await context.exposeFunction('reportViolation', (text: string) => troubles.push(text))
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const report = Reflect.get(window, 'reportViolation') as (text: string) => void
      report(`${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  context.on('weberror', (error) => troubles.push(error.error().message))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.origin !== panel.url) troubles.push(`foreign request: ${request.url()}`)
    if (url.pathname.startsWith('/api/')) asked.push(`${request.method()} ${url.pathname}`)
  })
  return { context, page, troubles, asked, kB: scripts(page) }
}

test('[T1] a link with a passcode shows what its preview showed to a stranger, until it is ended', async ({
  page,
  panel,
  browser,
}) => {
  test.setTimeout(180_000)
  await withSandbox(page, panel)
  await choose(page, panel)

  const preview = page.getByRole('region', { name: 'What visitors see' })
  await expect(preview.getByText('Home network DNS')).toBeVisible()
  await expect(preview.getByText('For the family meeting.')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Clients', exact: true }).check()
  await expect(preview.getByText(/^\d+ hidden\.$/)).toBeVisible()
  await page.getByLabel('Clients', { exact: true }).last().selectOption('Made-up names')
  await expect(preview.getByText(/^Client [A-Z2-9]{8}$/).first()).toBeVisible()

  // The server's own errors stand at their fields, and nothing is made.
  await page.getByLabel('Ends after').fill('91')
  await page.getByLabel('Passcode', { exact: false }).first().fill('abc')
  await page.getByRole('button', { name: 'Make the link' }).click()
  await expect(page.getByText('A link lasts 90 days at most.')).toBeVisible()
  await expect(page.getByText('A passcode has at least 4 characters.')).toBeVisible()
  await expect(page.getByLabel('Ends after')).toBeFocused()
  await page.getByLabel('Ends after').fill('3')
  await page.getByLabel('Passcode', { exact: false }).first().fill(PASSCODE)
  await page.getByLabel('Badge and JSON for widgets').check()
  expect(await violationsInBothThemes(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
  await page.getByRole('button', { name: 'Make the link' }).click()
  const link = await page.locator('[data-link]').innerText()
  expect(link).toMatch(/^http:\/\/localhost:\d+\/share#[\w-]{43}$/)
  await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible()
  const badge = page.getByRole('img', { name: /^The badge/ })
  await expect.poll(() => badge.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(60)
  expect(await violationsInBothThemes(page)).toEqual([])

  const visitor = await clean(browser, panel)
  await visitor.page.goto(link)
  await expect(visitor.page.getByRole('heading', { name: 'This page needs a passcode' })).toBeVisible()
  expect(await violationsInBothThemes(visitor.page)).toEqual([])
  const field = visitor.page.getByLabel('Who sent you the link has it.')
  await field.fill('roses at noon')
  await field.press('Enter')
  await expect(visitor.page.getByRole('alert')).toHaveText('This is not the passcode. Ask who sent you the link.')
  await field.fill(PASSCODE)
  await field.press('Enter')
  await expect(visitor.page.getByRole('heading', { name: 'Home network DNS', level: 1 })).toBeVisible()
  const chart = visitor.page.getByRole('img', { name: /^Queries per/ })
  await expect(chart).toBeVisible()
  expect(await chart.locator('path').count()).toBeGreaterThan(1)
  await expect(visitor.page.getByText('Shared read-only · ends')).toBeVisible()
  expect(await violationsInBothThemes(visitor.page)).toEqual([])
  const text = await visitor.page.locator('body').innerText()
  expect(text).not.toMatch(/192\.168\.|10\.0\.|fd00:/)
  await expect(visitor.page.getByRole('link')).toHaveCount(0)

  // Once each: nothing of it is asked without need.
  expect(visitor.asked).toEqual([
    ...['POST', 'POST', 'POST'].map((method) => `${method} /api/share/session`),
    'GET /api/share/view',
  ])
  const kB = await visitor.kB()
  console.log(`     loaded: shared page ${kB.toFixed(1)} kB`)
  expect(kB).toBeGreaterThan(10)
  expect(kB).toBeLessThanOrEqual(45)

  // On paper, and in the colours of who needs their own.
  await visitor.page.emulateMedia({ media: 'print' })
  await expect(visitor.page.getByRole('button')).toHaveCount(0)
  await expect(visitor.page.getByText('Show as table').first()).toBeHidden()
  await visitor.page.emulateMedia({ media: 'screen', forcedColors: 'active' })
  await expect(chart).toBeVisible()
  const fills = await chart.locator('path').evaluateAll((paths) => paths.map((path) => getComputedStyle(path).fill))
  expect(new Set(fills).size).toBe(fills.length)
  await visitor.page.emulateMedia({ forcedColors: 'none' })

  await page.getByRole('link', { name: 'Done' }).click()
  const row = page.getByRole('listitem').filter({ hasText: 'Home network DNS' })
  await expect(row).toContainText('Seen 1 time, last')
  await row.getByRole('button', { name: 'End link…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'End link' }).click()
  await expect(page.getByText('No share links')).toBeVisible()

  await visitor.page.reload()
  await expect(visitor.page.getByRole('heading', { name: 'This link shows nothing' })).toBeVisible()
  await expect(visitor.page.getByText('Home network DNS')).toHaveCount(0)
  expect(await violationsInBothThemes(visitor.page)).toEqual([])
  expect(visitor.troubles).toEqual([])
  await visitor.context.close()
})
