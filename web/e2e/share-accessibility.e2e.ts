import type { Page } from '@playwright/test'
import { DESKTOP, inspect, PHONE } from './inspect.ts'
import { asOwner, expect, openSandbox, type Panel, test, withSandbox } from './panel.ts'
import { watchShifts } from './shifts.ts'

const PASSCODE = 'tulips at dawn'
const LISTS = ['Domains', 'Clients', 'Protocols', 'What a server holds now']

/** Opens the form for the one server that keeps every list. */
async function openForm(page: Page, panel: Panel): Promise<void> {
  await page.goto(`${panel.url}/shares/new`)
  const servers = page.getByRole('group', { name: 'Servers' })
  await servers.getByRole('checkbox', { checked: true }).uncheck()
  await servers.getByRole('checkbox', { name: 'Home', exact: true }).check()
  await expect(page.getByRole('region', { name: 'What visitors see' }).getByText('Queries per hour')).toBeVisible()
}

async function makeLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Make the link' }).click()
  return page.locator('[data-link]').innerText()
}

test('neither who shares nor who visits has anything in the way', async ({ page, panel, browser }) => {
  test.setTimeout(300_000)
  const look = (state: string) => inspect(page, state)
  await asOwner(page, panel)
  await page.goto(`${panel.url}/shares/new`)
  await expect(page.getByText('There is no server that you may share')).toBeVisible()
  await look('nothing to share')
  await page.goto(`${panel.url}/welcome`)
  await openSandbox(page)
  await page.goto(`${panel.url}/shares`)
  await expect(page.getByText('No share links')).toBeVisible()
  await look('no links')

  await openForm(page, panel)
  await look('a new link')
  for (const part of LISTS) await page.getByRole('checkbox', { name: part, exact: true }).check()
  await page.getByLabel('Clients', { exact: true }).last().selectOption('Made-up names')
  await page.getByLabel('Domains', { exact: true }).last().selectOption('All')
  const preview = page.getByRole('region', { name: 'What visitors see' })
  await expect(preview.getByText(/^Client [A-Z2-9]{8}$/).first()).toBeVisible()
  await look('a new link that shows all there is')
  await page.getByLabel('Passcode', { exact: false }).first().fill('abc')
  await page.getByLabel('Opened at most').fill('none')
  await page.getByRole('button', { name: 'Make the link' }).click()
  await expect(page.getByText('A whole number from 1 on, or nothing.')).toBeVisible()
  await page.getByLabel('Time', { exact: true }).selectOption('Between two times')
  await page.getByLabel('To', { exact: true }).fill('2020-01-01T00:00')
  await page.getByLabel('To', { exact: true }).blur()
  await expect(page.getByText('Not up to date')).toBeVisible()
  await look('a new link with errors')
  await page.getByLabel('Time', { exact: true }).selectOption('Last 24 hours')
  await page.getByLabel('Opened at most').fill('')
  await page.getByLabel('Passcode', { exact: false }).first().fill(PASSCODE)
  await page.getByLabel('Badge and JSON for widgets').check()
  const link = await makeLink(page)
  await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible()
  await look('a link that was made')

  const context = await browser.newContext({ viewport: PHONE })
  const visitor = await context.newPage()
  const visit = (state: string) => inspect(visitor, `a visitor: ${state}`)
  await visitor.goto(`${panel.url}/share`)
  await expect(visitor.getByRole('heading', { name: 'Open the whole link' })).toBeVisible()
  await visit('half a link')
  await visitor.goto('about:blank')
  await visitor.goto(link)
  await expect(visitor.getByRole('heading', { name: 'This page needs a passcode' })).toBeVisible()
  await visit('the passcode')
  await visitor.locator('#passcode').fill('tulips')
  await visitor.locator('#passcode').press('Enter')
  await expect(visitor.getByRole('alert')).toBeVisible()
  await visit('a wrong passcode')
  await visitor.locator('#passcode').fill(PASSCODE)
  await visitor.locator('#passcode').press('Enter')
  await expect(visitor.getByRole('img', { name: /^Queries per/ })).toBeVisible()
  await visitor.getByText('Show as table').click()
  await visit('the page with its table')

  await page.goto(`${panel.url}/shares`)
  await expect(page.getByRole('listitem').filter({ hasText: 'Seen 1 time, last' })).toBeVisible()
  await look('links')
  await page.getByRole('button', { name: 'End link…' }).click()
  await look('ending a link')
  await page.getByRole('alertdialog').getByRole('button', { name: 'End link' }).click()
  await expect(page.getByText('No share links')).toBeVisible()
  await visitor.reload()
  await expect(visitor.getByRole('heading', { name: 'This link shows nothing' })).toBeVisible()
  await visit('a link that has ended')
  await context.close()
})

test('nothing moves on the pages of links, nor on the shared page', async ({ page, panel, browser }) => {
  test.setTimeout(120_000)
  await withSandbox(page, panel)
  await openForm(page, panel)
  const link = await makeLink(page)
  const storageState = await page.context().storageState()
  for (const viewport of [PHONE, DESKTOP]) {
    for (const address of [`${panel.url}/shares`, `${panel.url}/shares/new`, link]) {
      const context = await browser.newContext({ viewport, ...(address === link ? {} : { storageState }) })
      const fresh = await context.newPage()
      const shifts = await watchShifts(fresh)
      await fresh.goto(address)
      if (address.endsWith('/shares')) await expect(fresh.getByRole('listitem').first()).toBeVisible()
      // Of a server that is silent, or of one that answers.
      else await expect(fresh.getByText(/does not answer|^Queries per/).first()).toBeVisible({ timeout: 30_000 })
      await fresh.waitForTimeout(500)
      const { sum, what } = await shifts()
      expect.soft(sum, `${address}, ${viewport.width} px: ${what.join('\n')}`).toBeLessThan(0.01)
      await context.close()
    }
  }
})
