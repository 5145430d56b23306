import type { Page } from '@playwright/test'
import { simulate } from '../../worker/src/providers/technitium/simulator.ts'
import { asOwner, expect, type Panel, test } from './panel.ts'
import { serve } from './serve.ts'
import { addToDraft, apply, deleteZone, openRecord, review, story } from './story.ts'

const TOKEN = 'c0ffee'.repeat(10)
const PASSWORD = 'canary-of-the-administrator'
const ZONE = 'family.example'

test('a zone on a Technitium is imported, edited from a phone, answered, and never overwritten', async ({
  page,
  panel,
  browser,
}) => {
  test.setTimeout(180_000)
  const simulator = simulate({ version: '15.2', admin: { password: 'not used', token: TOKEN } })
  const { url, close } = await serve(simulator.fetch)
  await story(page, panel, browser, {
    provider: 'Technitium DNS Server',
    url,
    secretLabel: 'API token',
    secret: TOKEN,
    answers: (name, type) => Promise.resolve(simulator.answers(name, type)),
  })
  close()
})

/** With a name and a password, which the panel trades for a token of its own. */
async function signInOnce(page: Page, panel: Panel, url: string): Promise<void> {
  await page.goto(`${panel.url}/connections/add`)
  await page.getByText('Technitium DNS Server', { exact: true }).click()
  await page.getByLabel('Name', { exact: true }).fill('Home')
  await page.getByLabel('Address', { exact: true }).fill(url)
  await page.getByLabel(/^Or: user name/).fill('admin')
  await page.getByLabel(/^Password/).fill(PASSWORD)
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText(/are tried once, when you save/)).toBeVisible()
  await page.getByRole('button', { name: 'Save connection' }).click()
  await expect(page).toHaveURL(/\/connections$/)
}

async function permissions(page: Page, records: string): Promise<void> {
  await page.goto(records)
  await page.getByRole('link', { name: 'Permissions' }).click()
  await expect(page.getByText('The server gives this group every right, whatever is set.').first()).toBeVisible()
  await page.getByLabel('Add a user').selectOption('grandma')
  const row = page.getByRole('group', { name: 'What grandma may do' })
  await expect(row.getByLabel('view')).toBeChecked()
  await row.getByLabel('modify').check()
  await page.getByRole('button', { name: 'Review permissions' }).click()
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByText('User grandma', { exact: true })).toBeVisible()
  await sheet.getByRole('button', { name: 'Apply permissions' }).click()
  await expect(page.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible({ timeout: 60_000 })
  await page.getByRole('link', { name: 'Back to permissions' }).first().click()
  await expect(page.getByRole('group', { name: 'What grandma may do' }).getByLabel('modify')).toBeChecked()
}

async function dnssec(page: Page, records: string): Promise<void> {
  await page.goto(records)
  await page.getByRole('link', { name: 'DNSSEC' }).click()
  await page.getByRole('button', { name: 'Sign zone…' }).click()
  await page.getByRole('button', { name: 'Review', exact: true }).click()
  await page.getByRole('button', { name: 'Sign zone', exact: true }).click()
  await expect(page.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible({ timeout: 60_000 })
  await page.getByRole('link', { name: 'Back to DNSSEC' }).first().click()
  await expect(page.getByRole('heading', { name: 'For the parent' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Copy Digest of DS \d+/ }).first()).toBeVisible()
  await expect(page.getByText('Key signing key')).toBeVisible()

  await page.getByRole('button', { name: 'End signing…' }).click()
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByRole('heading', { name: 'What happens' })).toBeVisible()
  for (const box of await sheet.getByRole('checkbox', { name: /Apply anyway/ }).all()) await box.check()
  await sheet.getByLabel(`Type ${ZONE} to confirm`).fill(ZONE)
  await sheet.getByRole('button', { name: 'End signing', exact: true }).click()
  await expect(page.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible({ timeout: 60_000 })
}

test('on a Technitium that is signed in to once, a zone is made, filled, shared, signed and deleted from a phone', async ({
  page,
  panel,
}) => {
  test.setTimeout(180_000)
  const simulator = simulate({
    version: '15.2',
    admin: { password: PASSWORD },
    users: [{ username: 'grandma', displayName: 'Grandma' }],
  })
  const { url, close } = await serve(simulator.fetch)
  await asOwner(page, panel)
  await signInOnce(page, panel, url)

  await page.goto(`${panel.url}/zones/new`)
  await page.getByLabel('Server', { exact: true }).selectOption({ label: 'Home' })
  await page.getByLabel('Zone', { exact: true }).fill(ZONE)
  await page.getByRole('button', { name: 'Add zone to draft' }).click()
  await expect(page).toHaveURL(new RegExp(`/zones/[^/]+/${ZONE}`))
  await review(page)
  await apply(page, 'Create zone')
  const records = page.url().replace(/\?.*$/, '')

  await page.goto(records)
  await page.getByRole('button', { name: 'Record', exact: true }).click()
  await page.getByLabel('Name', { exact: true }).fill('nas')
  await page.getByLabel('IPv4 address').first().fill('192.0.2.20')
  await addToDraft(page)
  await review(page)
  await apply(page, 'Apply 1 change')
  await page.goto(records)
  await openRecord(page, 'nas', /^A /)
  await page.getByLabel('IPv4 address').first().fill('192.0.2.21')
  await addToDraft(page)
  await review(page)
  await apply(page, 'Apply 1 change')
  expect(simulator.answers(`nas.${ZONE}`, 'A').join()).toContain('192.0.2.21')

  await permissions(page, records)
  await dnssec(page, records)
  await page.goto(records)
  await deleteZone(page, ZONE)
  expect(simulator.answers(`nas.${ZONE}`, 'A')).toEqual([])
  // One sign-in, and its session ended again: what is left is the token.
  expect(simulator.log.filter(({ path }) => path === '/api/user/login')).toHaveLength(1)
  close()
})
