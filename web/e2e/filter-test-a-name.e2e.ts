import { violations } from './axe.ts'
import { expect, test, withSandbox } from './panel.ts'

/** A Thursday, on which the profile of the teens filters from 21:00 on. */
const EVENING = '2026-11-26T22:00'
const NOON = '2026-11-26T12:00'

test('a tablet is found by its address, given a profile, and a name is tested for it at night and at noon', async ({
  page,
  panel,
}) => {
  test.setTimeout(120_000)
  await withSandbox(page, panel, '/filters')
  await page.getByRole('link', { name: /home/i }).first().click()
  await expect(page).toHaveURL(/\/filters\/[^/]+$/)
  await page
    .getByRole('link', { name: /^Clients/ })
    .first()
    .click()

  // Who is it?
  await page.getByRole('searchbox', { name: 'Find a client' }).fill('192.168.20.38')
  const who = page.getByRole('region', { name: 'Found by address' })
  await expect(who.getByText('192.168.20.38 is Guest tablet')).toBeVisible()
  await expect(who.getByText(/goes before every network/)).toBeVisible()
  expect(await violations(page, 'wcag')).toEqual([])

  // It gets the teens' profile, in the draft.
  await page.getByLabel('Profile of Guest tablet').selectOption('teens')
  await expect(who.getByText('Filtered by teens.')).toBeVisible()
  await who.getByRole('link', { name: 'Test a name' }).click()

  // At night it is blocked: by what the server holds, and after saving.
  await page.getByLabel('Name', { exact: true }).fill('https://www.youtube.com/watch')
  await page.getByLabel('When').selectOption({ label: 'At a time' })
  await page.getByLabel('Day and time').fill(EVENING)
  const verdict = page.getByRole('region', { name: 'Verdict' })
  await expect(verdict.getByText('Blocked by the service YouTube').first()).toBeVisible()
  await verdict.getByText('After saving', { exact: true }).click()
  await expect(verdict.getByText('“teens” filters at this time.')).toBeVisible()
  expect(await violations(page, 'wcag')).toEqual([])

  // At noon it passes once the draft is saved; what the server holds now has no hours.
  await page.getByLabel('Day and time').fill(NOON)
  await expect(verdict.getByText('“teens” does not filter at this time.')).toBeVisible()
  await expect(verdict.getByText('On the server now: Blocked by the service YouTube')).toBeVisible()

  // At night again, with the smallest fix in the draft.
  await page.getByLabel('Day and time').fill(EVENING)
  await expect(verdict.getByText(/Also changes Anna’s tablet/).first()).toBeVisible()
  await verdict.getByRole('button', { name: 'Add to draft: Allow “www.youtube.com” in the profile “teens”' }).click()
  await expect(verdict.getByText('Allowed by www.youtube.com on the allow list')).toBeVisible()
  expect(await violations(page, 'wcag')).toEqual([])

  // What the server holds still blocks it; it can be let through at once, for a time.
  await verdict.getByText('On the server', { exact: true }).click()
  await expect(verdict.getByText('After saving: Allowed by www.youtube.com on the allow list')).toBeVisible()
  await verdict.getByRole('button', { name: 'Allow for a time…' }).click()
  await expect(page.getByRole('dialog', { name: 'Allow for a time' }).getByText('Guest tablet')).toBeVisible()
  await page.getByRole('button', { name: 'Close' }).click()

  // What is on lists is known once they are loaded; one of them is gone from where it was.
  await page.getByLabel('Name', { exact: true }).fill('ok.example')
  await expect(verdict.getByText(/lists are not loaded: the verdict may differ/)).toBeVisible()
  await verdict.getByRole('button', { name: 'Load lists' }).click()
  await expect(verdict.getByText('The list Parents’ council is not loaded: the verdict may differ')).toBeVisible()
  await expect(verdict.getByText(/^Parents’ council could not be loaded\./)).toBeVisible()
})
