import type { Page } from '@playwright/test'
import { authenticator, expect, OWNER, setUp, signIn, test } from './panel.ts'

async function signOut(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/settings`)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
}

test('[A1] a password makes the owner, and the setup link works once', async ({ page, panel, browser }) => {
  await page.goto(`${panel.url}/`)
  await expect(page.getByRole('heading', { name: 'No owner yet' })).toBeVisible()

  await page.goto(panel.setup)
  await page.getByRole('button', { name: 'Use a password instead' }).click()
  await page.getByRole('button', { name: 'Create the owner' }).click()
  await expect(page.getByText('Give a name: it is what you sign in with.')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill(OWNER.name)
  await page.getByLabel('Password', { exact: true }).fill('too short')
  await page.getByRole('button', { name: 'Create the owner' }).click()
  await expect(page.getByText('A password has at least 10 characters.')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Create the owner' }).click()
  await expect(page.getByRole('heading', { name: 'Connect your first server' })).toBeVisible()

  await page.goBack().catch(() => null)
  expect(page.url()).not.toContain(new URL(panel.setup).hash)

  const other = await browser.newContext()
  const second = await other.newPage()
  await second.goto(panel.setup)
  await expect(second.getByRole('heading', { name: 'This panel has an owner' })).toBeVisible()
  const again = await second.evaluate(
    async ({ token, name, password }) => {
      const response = await fetch('/api/v1/setup/password', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token, name, password }),
      })
      return response.status
    },
    { token: new URL(panel.setup).hash.slice(1), name: 'eve', password: 'another long one' },
  )
  expect(again).toBe(404)
  await other.close()
})

test('[A8] a passkey makes the owner, and signs in again', async ({ page, panel }) => {
  await authenticator(page)
  await page.goto(panel.setup)
  await page.getByLabel('Name', { exact: true }).fill(OWNER.name)
  await page.getByRole('button', { name: 'Create a passkey' }).click()
  await expect(page).toHaveURL(/\/welcome$/)

  await signOut(page, panel.url)
  await page.goto(`${panel.url}/zones`)
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fzones$/)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page).toHaveURL(/\/zones$/)
})

test('[A6] a wrong password and an unknown name read the same, and the right one opens', async ({ page, panel }) => {
  await setUp(page, panel)
  await signOut(page, panel.url)

  await signIn(page, 'not the password')
  const refusal = page.getByRole('alert')
  await expect(refusal).toBeVisible()
  const wrongPassword = await sentence(page)
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')

  await page.getByLabel('Name', { exact: true }).fill('nobody')
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
  await expect(refusal).toBeVisible()
  expect(await sentence(page)).toBe(wrongPassword)

  await signIn(page)
  await expect(page).toHaveURL(/\/zones$/)
})

/** What the refusal says, without the id of the request, which differs. */
async function sentence(page: Page): Promise<string> {
  const text = await page.getByRole('alert').innerText()
  return text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '')
}

test('[A10] signing in leads back to where one was, and never to another site', async ({ page, panel }) => {
  await setUp(page, panel)
  for (const [next, ends] of [
    ['/settings', '/settings'],
    ['/zones?q=shop', '/zones?q=shop'],
    ['//evil.example/', '/zones'],
    ['https://evil.example/', '/zones'],
    ['/\\evil.example', '/zones'],
    ['/\t/evil.example', '/zones'],
    ['javascript:alert(1)', '/zones'],
    ['/x/..//evil.example', '/zones'],
  ] as const) {
    await page.context().clearCookies()
    await page.goto(`${panel.url}/sign-in?next=${encodeURIComponent(next)}`)
    await signIn(page)
    await expect(page, next).toHaveURL(panel.url + ends)
  }
})

test('[A4] a session ended from another device is signed out at its next request', async ({ page, panel, browser }) => {
  await setUp(page, panel)
  const elsewhere = await browser.newContext()
  const phone = await elsewhere.newPage()
  await phone.goto(`${panel.url}/sign-in`)
  await signIn(phone)
  await expect(phone).toHaveURL(/\/zones$/)

  await page.goto(`${panel.url}/settings`)
  const list = page.getByRole('listitem').filter({ hasText: 'Last used' })
  await expect(list).toHaveCount(2)
  await expect(list.filter({ hasText: 'This one' })).toHaveCount(1)
  await page.getByRole('button', { name: /^End the session on/ }).click()
  await expect(list).toHaveCount(1)

  await phone.getByRole('link', { name: 'History' }).click()
  await expect(phone).toHaveURL(/\/sign-in\?next=%2Fhistory$/)
  await elsewhere.close()

  // The one that ended it stays.
  await page.reload()
  await expect(list).toHaveCount(1)
})
