import { violations } from './axe.ts'
import { expect, test, withSandbox } from './panel.ts'

test.use({ viewport: { width: 390, height: 844 } })

test('records are found on the servers that can search, and lead to their zone', async ({ page, panel }) => {
  await withSandbox(page, panel)
  await page.getByRole('searchbox', { name: 'Search zones' }).fill('mail')
  await page.getByRole('link', { name: /Search in records/ }).click()
  const all = /^\s*\d+ records( so far\. Waiting for Branch office…)?\s*$/
  const found = page.getByRole('region', { name: 'In records' })
  await expect(found.getByRole('status')).toHaveText(all)
  const first = found.getByRole('link').first()
  await expect(first).toContainText('mail')
  expect(await violations(page, 'best')).toEqual([])

  // What is typed from now on is looked for at once; what cannot be found is said.
  await page.getByRole('searchbox', { name: 'Search zones' }).fill('no-such-record-4711')
  await expect(found.getByRole('status')).toHaveText('No record has “no-such-record-4711” in its name or value.')
  await page.getByRole('searchbox', { name: 'Search zones' }).fill('mail')
  // Once all have answered no other record takes the first place.
  await expect(found.getByRole('status')).toHaveText(all)
  const name = (await found.locator('.name').first().textContent())?.trim() ?? ''
  await first.click()
  await expect(page).toHaveURL(/\/zones\/[^/]+\/[^/?]+\?(q|type)=/)
  await expect(page.getByText(name.split('.')[0] ?? '').first()).toBeVisible()
  await page.goBack()
  await expect(found.getByRole('link').first()).toBeVisible()
})

test('a connection shows what its server counts', async ({ page, panel }) => {
  await withSandbox(page, panel, '/connections')
  await page.getByRole('link', { name: /Harbour & Pine/ }).click()
  await page.getByText('What the server counts').click()
  await expect(page.getByText('Zones in the zone cache')).toBeVisible()
  await expect(page.getByText(/^\d+ zones$/)).toBeVisible()
  expect(await violations(page, 'best')).toEqual([])
})
