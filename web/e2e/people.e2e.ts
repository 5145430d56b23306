import type { Browser, Page } from '@playwright/test'
import { asOwner, authenticator, expect, type Panel, test, withSandbox } from './panel.ts'

const ZONE = 'iot.home.arpa'
const PASSWORD = 'the analytical engine'

/** Adds Ada, who may edit one zone and nothing else. Her link. */
async function addAda(page: Page, panel: Panel): Promise<string> {
  await page.goto(`${panel.url}/more`)
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('link', { name: 'Add' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Ada')
  const home = page.getByRole('region', { name: 'Home', exact: true })
  await home.getByText('Single zones').click()
  await home.getByRole('combobox', { name: 'Add a zone' }).fill(ZONE.slice(0, 5))
  await home.getByRole('option', { name: ZONE }).click()
  await home.getByLabel(ZONE, { exact: true }).selectOption('Edit')
  await expect(page.getByText(`Edits ${ZONE} at Home, and nothing else there.`)).toBeVisible()
  await page.getByRole('button', { name: 'Add and make the link' }).click()
  await expect(page.getByRole('heading', { name: 'Ada is added' })).toBeVisible()
  return page.locator('[data-link]').innerText()
}

/** Opens the link in a browser that knows nothing of the panel, and comes in with a password. */
async function comeIn(browser: Browser, link: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'Come in, Ada' })).toBeVisible()
  await page.getByRole('button', { name: 'Use a password instead' }).click()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Set the password and come in' }).click()
  await expect(page).toHaveURL(/\/zones$/)
  return page
}

/** Opens the person's page from the list. */
async function openAda(page: Page, panel: Panel): Promise<void> {
  await page.goto(`${panel.url}/people`)
  await page.getByRole('main').getByRole('link', { name: /^Ada/ }).click()
  await expect(page.getByRole('heading', { name: 'Ada', level: 1 })).toBeVisible()
}

test('[Z4] the owner lets Ada edit one zone, then only see it, then removes her', async ({ page, panel, browser }) => {
  test.setTimeout(120_000)
  await withSandbox(page, panel)
  const link = await addAda(page, panel)
  const ada = await comeIn(browser, link)

  // Exactly that zone, and nothing that makes others.
  const zones = ada.getByRole('main').getByRole('link', { name: /arpa|example/ })
  await expect(zones).toHaveCount(1)
  await expect(ada.getByRole('link', { name: /^Zone$|Add zone|Import a zone file/ })).toHaveCount(0)
  await ada.goto(`${panel.url}/more`)
  await expect(ada.getByRole('link', { name: 'People' })).toHaveCount(0)
  await ada.goto(`${panel.url}/people`)
  await expect(ada.getByText('Only an owner may do this.')).toBeVisible()
  await ada.goto(`${panel.url}/connections/add`)
  await expect(ada.getByText('Only owners add connections')).toBeVisible()

  // She edits a record of it.
  await ada.goto(`${panel.url}/zones`)
  await zones.click()
  const rows = ada.getByRole('main').getByRole('button', { name: /^A 192\.168\./ })
  await rows.first().click()
  await ada.getByLabel('TTL', { exact: true }).fill('17 min')
  await ada.getByRole('button', { name: 'Add to draft' }).click()
  await ada.getByRole('button', { name: 'Review' }).click()
  await ada.getByRole('button', { name: 'Apply 1 change' }).click()
  await expect(ada.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible({ timeout: 30_000 })
  await ada.getByRole('link', { name: 'Back to records' }).last().click()

  // With a change in her draft, she is set to view: it cannot be applied any more, and says why.
  await rows.first().click()
  await ada.getByLabel('TTL', { exact: true }).fill('18 min')
  await ada.getByRole('button', { name: 'Add to draft' }).click()
  await ada.getByRole('button', { name: 'Review' }).click()
  const apply = ada.getByRole('button', { name: 'Apply 1 change' })
  await expect(apply).toBeEnabled()
  await openAda(page, panel)
  await page.getByLabel(ZONE, { exact: true }).selectOption('View')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Saved: Ada')).toBeVisible()
  await apply.click()
  await expect(ada.getByText('You may view this zone, not edit it.')).toBeVisible()
  await ada.reload()
  await expect(ada.getByText('You may view this zone, not edit it.')).toBeVisible()
  await expect(ada.getByRole('button', { name: 'Review' })).toHaveCount(0)
  await expect(ada.getByRole('button', { name: /Record$|Add record/ })).toHaveCount(0)
  await rows.first().click()
  // She may look at it whole, and no more.
  const look = ada.getByRole('dialog', { name: 'A', exact: true })
  await expect(look).toContainText(/192\.168\.\d+\.\d+/)
  await expect(look).toContainText('You may view this zone, not edit it.')
  await expect(look.getByRole('textbox')).toHaveCount(0)
  await look.getByRole('button', { name: 'Close' }).last().click()
  await ada.getByRole('button', { name: 'Discard…' }).click()
  await ada.getByRole('button', { name: 'Discard 1 change' }).click()
  await expect(ada.getByRole('region', { name: 'Draft' })).toHaveCount(0)

  // She is removed: signed out with her next request, and her name opens nothing.
  await page.getByRole('button', { name: 'Remove Ada…' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByLabel('Type Ada to confirm').fill('Ada')
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByText('mara removed Ada')).toBeVisible()
  await expect(page.getByText('Ada used the link and set a password')).toBeVisible()
  await ada.goto(`${panel.url}/zones`)
  await expect(ada).toHaveURL(/\/sign-in/)
  await ada.getByLabel('Name', { exact: true }).fill('Ada')
  await ada.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await ada.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(ada.getByRole('alert')).toContainText('The name or the password is wrong')
  await ada.goto(link)
  await expect(ada.getByRole('heading', { name: 'This link opens nothing' })).toBeVisible()
  await ada.context().close()
})

test('[A8] a link is made once, a newer one ends it, a passkey opens from then on, and nobody locks themselves out', async ({
  page,
  panel,
  browser,
}) => {
  await asOwner(page, panel)
  const first = await (async () => {
    await page.goto(`${panel.url}/people/add`)
    await page.getByLabel('Name', { exact: true }).fill('Ada')
    await page.getByLabel('An owner of this panel').check()
    await page.getByRole('button', { name: 'Add and make the link' }).click()
    return page.locator('[data-link]').innerText()
  })()
  await openAda(page, panel)
  await page.getByRole('button', { name: 'New link' }).click()
  const second = await page.locator('[data-link]').innerText()
  expect(second).not.toBe(first)
  await page.reload()
  await expect(page.locator('[data-link]')).toHaveCount(0)

  const elsewhere = await (await browser.newContext()).newPage()
  await elsewhere.goto(first)
  await expect(elsewhere.getByRole('heading', { name: 'This link opens nothing' })).toBeVisible()
  await elsewhere.goto(second)
  await expect(elsewhere.getByRole('heading', { name: 'Come in, Ada' })).toBeVisible()
  await authenticator(elsewhere)
  await elsewhere.getByRole('button', { name: 'Create a passkey' }).click()
  await expect(elsewhere).toHaveURL(/\/zones$/)
  await elsewhere.goto(`${panel.url}/people`)
  await expect(elsewhere.getByText('Ada used the link and set a passkey')).toBeVisible()
  await elsewhere.goto(`${panel.url}/settings`)
  await elsewhere.getByRole('button', { name: 'Sign out' }).click()
  await elsewhere.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(elsewhere).toHaveURL(/\/zones$/)
  await elsewhere.context().close()

  await page.goto(`${panel.url}/people`)
  await page.getByRole('main').getByRole('link', { name: /^mara/ }).click()
  await expect(page.getByLabel('An owner of this panel')).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Remove mara…' })).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Sign out everywhere' })).toHaveCount(0)
})

test('two who set the rights of one person at once lose nothing', async ({ page, panel }) => {
  await withSandbox(page, panel)
  await addAda(page, panel)
  const other = await page.context().newPage()
  await openAda(other, panel)
  await openAda(page, panel)
  const right = (on: Page, server: string, name: string) =>
    on.getByRole('radiogroup', { name: `What they may do: ${server}` }).getByRole('radio', { name, exact: true })
  await right(other, 'Tidewatch', 'Edit').check()
  await other.getByRole('button', { name: 'Save changes' }).click()
  await expect(other.getByText('Saved: Ada')).toBeVisible()

  await right(page, 'Lantern Hosting', 'View').check()
  const save = page.getByRole('button', { name: 'Save changes' })
  await save.click()
  await expect(page.getByRole('alert')).toContainText('Somebody else has set the rights of Ada since you read them')
  await expect(right(page, 'Tidewatch', 'Edit')).toBeChecked()
  await expect(right(page, 'Lantern Hosting', 'View')).toBeChecked()
  await save.click()
  await expect(page.getByText('Saved: Ada')).toBeVisible()
  await expect(page.getByRole('alert')).toBeHidden()
  await other.reload()
  await expect(right(other, 'Lantern Hosting', 'View')).toBeChecked()
  await expect(right(other, 'Tidewatch', 'Edit')).toBeChecked()
})
