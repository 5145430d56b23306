import { globSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { asOwner, expect, OWNER, type Panel, test, withSandbox } from './panel.ts'

/** As if everyone had signed in an hour ago. */
function letAnHourPass(panel: Panel): void {
  for (const path of globSync(join(panel.state, '**/d1/**/*.sqlite'))) {
    const db = new DatabaseSync(path, { timeout: 5000 })
    const known = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'sessions'").get()
    const then = new Date(Date.now() - 3_600_000).toISOString()
    if (known) db.prepare('UPDATE sessions SET authenticated_at = ?').run(then)
    db.close()
  }
}

test('[A7] who signed in long ago confirms who they are, and what was typed stays', async ({ page, panel }) => {
  await asOwner(page, panel)
  await page.goto(`${panel.url}/connections/add`)
  await page.getByRole('link', { name: /^(Pd )?PowerDNS/ }).click()
  await page.getByLabel('Name', { exact: true }).fill('office')
  await page.getByLabel('Address', { exact: true }).fill('http://127.0.0.1:9')
  await page.getByLabel('API key', { exact: true }).fill('the-right-key')
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByRole('button', { name: 'Save anyway' })).toBeVisible()
  letAnHourPass(panel)
  await page.getByRole('button', { name: 'Save anyway' }).click()

  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  const password = dialog.getByLabel('Password', { exact: true })
  await expect(password).toBeFocused()
  await expect(dialog.getByRole('button', { name: 'Confirm with a passkey' })).toBeHidden()
  await password.fill('not my password')
  await dialog.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('The password is wrong')
  await expect(password).toHaveValue('')

  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('alert')).toContainText('password or your passkey from the last five minutes')
  await expect(page.getByLabel('API key', { exact: true })).toHaveValue('the-right-key')

  await page.getByRole('button', { name: 'Test connection' }).click()
  await page.getByRole('button', { name: 'Save anyway' }).click()
  await password.fill(OWNER.password)
  await password.press('Enter')
  await expect(page).toHaveURL(/\/connections$/)
  await expect(page.getByRole('main').getByRole('link', { name: /office/ })).toBeVisible()
})

test('[A7] a removal asks over its own dialog, and goes on once confirmed', async ({ page, panel }) => {
  await withSandbox(page, panel, '/connections')
  await page
    .getByRole('main')
    .getByRole('link', { name: /Branch office/ })
    .click()
  letAnHourPass(panel)
  await page.getByRole('button', { name: 'Remove connection…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove connection' }).click()
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await dialog.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await dialog.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(page.getByText('Branch office is removed')).toBeVisible()
})
