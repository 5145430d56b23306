import { violations } from './axe.ts'
import { expect, test, withSandbox } from './panel.ts'

test('the log of a server is filtered, a row leads to the filter, and new queries come by themselves', async ({
  page,
  panel,
}) => {
  test.setTimeout(300_000)
  await withSandbox(page, panel, '/connections')
  await page.getByRole('link', { name: /home/i }).first().click()
  await page.getByRole('link', { name: /^Query log/ }).click()
  await expect(page).toHaveURL(/\/statistics\/[^/]+\/log$/)
  await expect(page.getByText(/\d\s+queries, read at/)).toBeVisible()
  const rows = page.locator('.log').getByRole('button')
  await expect(rows).toHaveCount(50)
  expect(await violations(page, 'wcag')).toEqual([])

  // Older ones, and back: what is logged meanwhile moves no row to the next page.
  await page.getByRole('link', { name: 'Older' }).click()
  await expect(page.getByText('Page 2 of')).toBeVisible()
  await expect(page).toHaveURL(/to=/)
  await page.getByRole('link', { name: 'Newer' }).click()
  await expect(page.getByText('Page 1 of')).toBeVisible()
  await page.getByRole('link', { name: /^Take out: until/ }).click()

  // A filter, which is in the address.
  await page.getByRole('link', { name: 'Blocked', exact: true }).click()
  await page.getByRole('button', { name: 'Filter…' }).click()
  const filter = page.getByRole('dialog', { name: 'Filter the log' })
  await filter.getByLabel('Client').fill('tablet')
  await filter.getByRole('button', { name: 'Show' }).click()
  await expect(filter.getByText('A client is an address, like 192.168.1.20 or 2001:db8::20.')).toBeVisible()
  await filter.getByLabel('Client').fill('')
  await filter.getByLabel('Name').fill('*.*')
  await filter.getByLabel('Type').fill('a')
  expect(await violations(page, 'wcag')).toEqual([])
  await filter.getByRole('button', { name: 'Show' }).click()
  await expect(page).toHaveURL(/name=\*\.\*.*type=A|type=A.*name=/)
  await expect(page.getByText(/\d\s+(queries|query) match/)).toBeVisible()
  await page.reload()
  await expect(page.getByText(/\d\s+(queries|query) match/)).toBeVisible()

  // A blocked row: all of it, and on to the filter.
  const blocked = rows.filter({ hasText: 'Blocked' }).first()
  await blocked.click()
  const sheet = page.getByRole('dialog', { name: 'Blocked' })
  await expect(sheet.getByText('Response code')).toBeVisible()
  expect(await violations(page, 'wcag')).toEqual([])
  await sheet.getByRole('link', { name: 'Only this client' }).click()
  await expect(page).toHaveURL(/client=/)
  await rows.filter({ hasText: 'Blocked' }).first().click()
  await sheet.getByRole('link', { name: /^Test or allow this name/ }).click()
  await expect(page).toHaveURL(/\/filters\/[^/]+\/test\?client=.*name=/)
  const verdict = page.getByRole('region', { name: 'Verdict' })
  await expect(verdict.getByText(/^(Blocked|Allowed)/).first()).toBeVisible()
  await page.goBack()

  // Live: who reads further down is not moved; what came meanwhile is a press away.
  await page.goto(page.url().replace(/\?.*/, ''))
  await page.getByText('Live', { exact: true }).click()
  await expect(page).toHaveURL(/live=on/)
  await expect(rows.first()).toBeVisible()
  const newest = await rows.first().innerText()
  expect(await violations(page, 'wcag')).toEqual([])
  await page.evaluate(() => {
    scrollTo(0, 900)
  })
  const more = page.getByRole('button', { name: /^\d+\s+new/ })
  await expect(more).toBeVisible({ timeout: 150_000 })
  expect(await violations(page, 'wcag')).toEqual([])
  await more.click()
  await expect(more).toBeHidden()
  await expect(rows.first()).not.toHaveText(newest, { useInnerText: true })
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('Paused.')).toBeVisible()
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByText(/New queries every few/)).toBeVisible()
})

test('a server without a log says why', async ({ page, panel }) => {
  await withSandbox(page, panel)
  const connections = (await (await page.request.get(`${panel.url}/api/v1/connections`)).json()) as {
    id: string
    provider: string
  }[]
  const other = connections.find(({ provider }) => provider === 'powerdns')
  await page.goto(`${panel.url}/statistics/${other?.id ?? ''}/log`)
  await expect(page.getByRole('heading', { name: /keeps no log of queries$/ })).toBeVisible()
  await expect(page.getByText('PowerDNS counts queries and keeps none.')).toBeVisible()
  expect(await violations(page, 'wcag')).toEqual([])
  await page.goto(`${panel.url}/statistics/con_nothing/log`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})
