import type { Page } from '@playwright/test'
import { violations } from './axe.ts'
import { expect, test, withSandbox } from './panel.ts'

/** A Thursday: a school night, and its noon. */
const NIGHT = '2026-11-26T22:00'
const NOON = '2026-11-26T12:00'

/** What the server itself holds, past the draft of this device. */
async function held(page: Page, connection: string): Promise<string> {
  return page.evaluate(async (at) => {
    const response = await fetch(`/api/v1/connections/${at}/filter`)
    return ((await response.json()) as { text: string }).text
  }, connection)
}

test('school nights without YouTube: from an empty profile to a quarter of an hour that ends early', async ({
  page,
  panel,
}) => {
  test.setTimeout(180_000)
  await withSandbox(page, panel, '/filters')
  await page.getByRole('link', { name: /Home/ }).click()
  await expect(page).toHaveURL(/\/filters\/[^/?]+$/)
  const filter = page.url()
  const connection = filter.split('/').at(-1) ?? ''
  const week = (day: string) => page.getByRole('group', { name: new RegExp(`^${day}:`) })

  // A profile that begins as one for teens.
  await page.getByRole('button', { name: 'New profile' }).click()
  const sheet = page.getByRole('dialog', { name: 'New profile' })
  await sheet.getByLabel('Name', { exact: true }).fill('School nights')
  await sheet.getByRole('radio', { name: /^Teens/ }).check()
  await sheet.getByRole('button', { name: 'Add to draft' }).click()
  await expect(page.getByRole('heading', { name: 'School nights', level: 1 })).toBeVisible()

  // What it blocks besides.
  await page
    .getByRole('link', { name: /^Services/ })
    .last()
    .click()
  const search = page.getByRole('searchbox', { name: 'Find a service' })
  for (const service of ['YouTube', 'TikTok']) {
    await search.fill(service)
    await page.getByRole('switch', { name: `Block ${service}` }).click()
    await expect(page.getByRole('switch', { name: `Block ${service}` })).toBeChecked()
  }

  // When: five evenings and the mornings after them, which the week shows as the app takes them.
  await page.getByRole('link', { name: 'Hours' }).click()
  await page.getByRole('button', { name: 'School nights 21:00–07:00' }).click()
  await expect(week('Sunday')).toHaveAccessibleName('Sunday: 21:00–24:00. Really filters: 21:00–24:00')
  await expect(week('Monday')).toHaveAccessibleName(
    'Monday: 00:00–07:00, 21:00–24:00. Really filters: 00:00–07:00, 21:00–24:00',
  )
  await expect(week('Friday')).toHaveAccessibleName('Friday: 00:00–07:00. Really filters: 00:00–07:00')
  await expect(week('Saturday')).toHaveAccessibleName('Saturday: free all day. Really filters: never')
  expect(await violations(page, 'best')).toEqual([])

  // For whom.
  await page.getByRole('link', { name: 'Back to the filter' }).click()
  await page
    .getByRole('link', { name: /^Clients/ })
    .first()
    .click()
  await page.getByLabel('Profile of Guest tablet').selectOption('School nights')

  // One save is one write, read again afterwards.
  await page.getByRole('button', { name: 'Review' }).click()
  const review = page.getByRole('dialog', { name: /^Review \d/ })
  await expect(review.getByText('School nights').first()).toBeVisible()
  expect(await violations(page, 'best')).toEqual([])
  await review.getByRole('button', { name: /^Apply \d/ }).click()
  await expect(page.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible({ timeout: 60_000 })
  expect(await violations(page, 'best')).toEqual([])
  const saved = await held(page, connection)
  expect(JSON.parse(saved)).toMatchObject({
    profiles: { 'School nights': { blockedServices: expect.arrayContaining(['youtube', 'tiktok']) as string[] } },
  })
  await page.getByRole('link', { name: 'Back to the filter' }).last().click()

  // Blocked at ten in the evening, and not at noon.
  await page.getByRole('link', { name: 'Test a name' }).click()
  await page.getByLabel('Name', { exact: true }).fill('www.youtube.com')
  await page.getByRole('button', { name: /Who asks/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Guest tablet/ })
    .click()
  await page.getByLabel('When').selectOption({ label: 'At a time' })
  const verdict = page.getByRole('region', { name: 'Verdict' })
  await page.getByLabel('Day and time').fill(NOON)
  await expect(verdict.getByText('“School nights” does not filter at this time.')).toBeVisible()
  await page.getByLabel('Day and time').fill(NIGHT)
  await expect(verdict.getByText('Blocked by the service YouTube').first()).toBeVisible()
  expect(await violations(page, 'best')).toEqual([])

  // A quarter of an hour of it, for this tablet alone.
  await verdict.getByRole('button', { name: 'Allow for a time…' }).click()
  const grant = page.getByRole('dialog', { name: 'Allow for a time' })
  await expect(grant.getByText('Guest tablet')).toBeVisible()
  await grant.getByText('15 min', { exact: true }).click()
  expect(await violations(page, 'best')).toEqual([])
  await grant.getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(grant).toBeHidden()
  await expect(verdict.getByText(/^Allowed by/).first()).toBeVisible()
  expect(await held(page, connection)).not.toBe(saved)

  // It runs, and is ended by hand: the server is as it was.
  await page.getByRole('link', { name: 'Overview' }).click()
  const running = page.getByRole('listitem').filter({ hasText: 'www.youtube.com for Guest tablet' })
  await expect(running.getByText(/1[45] min left/)).toBeVisible()
  expect(await violations(page, 'best')).toEqual([])
  await running.getByRole('button', { name: /^End/ }).click()
  await expect(running).toBeHidden()
  await expect.poll(() => held(page, connection)).toBe(saved)
  await expect(page.getByRole('button', { name: 'Review' })).toBeHidden()
})
