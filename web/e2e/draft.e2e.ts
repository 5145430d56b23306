import type { Page } from '@playwright/test'
import { elsewhere } from './elsewhere.ts'
import { expect, type Panel, test, withSandbox } from './panel.ts'

const ZONE = 'harbourpine.example'

/** The page of the company's zone, with the row of a record in it. */
async function openZone(page: Page, panel: Panel): Promise<string> {
  await withSandbox(page, panel)
  await page.getByRole('link', { name: /^harbourpine\.example/ }).click()
  await expect(row(page, /^MX 10 mail/)).toBeVisible()
  return new URL(page.url()).pathname
}

const row = (page: Page, name: RegExp) => page.getByRole('main').getByRole('button', { name }).first()
const tray = (page: Page) => page.getByRole('region', { name: 'Draft' })

async function find(page: Page, text: string): Promise<void> {
  const box = page.getByRole('searchbox')
  if ((await box.count()) === 0) await page.getByRole('button', { name: 'Search this zone' }).click()
  await box.fill(text)
  await expect(page).toHaveURL(new RegExp(`[?&]q=${encodeURIComponent(text)}`))
}

test.describe('as the operator starts it', () => {
  test.use({ asCommand: true })

  test('what was typed survives a reload, a restart of the panel and being signed out', async ({ page, panel }) => {
    const path = await openZone(page, panel)
    await row(page, /^MX 10 mail/).click()
    await page.getByLabel('TTL', { exact: true }).fill('15 min')
    await page.reload()
    // Not yet in the draft, and there all the same.
    await expect(page.getByRole('heading', { name: 'Edit MX' })).toBeVisible()
    await expect(page.getByLabel('TTL', { exact: true })).toHaveValue('15 min')
    await page.getByRole('button', { name: 'Add to draft' }).click()
    await expect(tray(page)).toContainText('1 change')

    await page.reload()
    await expect(tray(page)).toContainText('1 change')
    await panel.restart()
    await page.goto(`${panel.url}/zones`)
    await expect(page.getByRole('link', { name: /^harbourpine\.example.*1 in draft/ })).toBeVisible()
    await page.goto(panel.url + path)
    await page.getByRole('button', { name: 'Review' }).click()
    const review = page.getByRole('dialog')
    await expect(review).toContainText('3600')
    await expect(review).toContainText('900')
    await expect(page.getByRole('button', { name: 'Apply 1 change' })).toBeVisible()
  })
})

test('offline, it says so, keeps the draft and sends nothing', async ({ page, panel, context }) => {
  await openZone(page, panel)
  await row(page, /^MX 10 mail/).click()
  await page.getByLabel('TTL', { exact: true }).fill('15 min')
  await page.getByRole('button', { name: 'Add to draft' }).click()
  await page.getByRole('button', { name: 'Review' }).click()
  await expect(page.getByText('What happens')).toBeVisible()
  await context.setOffline(true)
  await expect(page.getByText('You are offline. The draft stays on this device.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Apply 1 change' })).toBeDisabled()
  await page.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByText(/You are offline\. What is shown was read before/)).toBeVisible()
  await expect(tray(page)).toContainText('1 change')
  await context.setOffline(false)
  await expect(page.getByText(/You are offline/)).toHaveCount(0)
})

test('several records get another TTL, and several are deleted', async ({ page, panel }) => {
  await openZone(page, panel)
  await find(page, '_tcp')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Select several records' }).click()
  await page.getByRole('checkbox', { name: /^Select SRV _imaps/ }).check()
  await page.getByRole('checkbox', { name: /^Select SRV _submissions/ }).check()
  await page.getByRole('button', { name: 'Set TTL…' }).click()
  await page.getByLabel('TTL', { exact: true }).fill('4 h')
  await page.getByRole('button', { name: 'Add TTL of 2 to draft' }).click()
  await expect(tray(page)).toContainText('2 changes')

  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Select several records' }).click()
  await page.getByRole('checkbox', { name: /^Select SRV _caldavs/ }).check()
  await page.getByRole('checkbox', { name: /^Select SRV _carddavs/ }).check()
  await page.getByRole('button', { name: 'Delete 2 in draft' }).click()
  await expect(tray(page)).toContainText('4 changes')

  await page.getByRole('button', { name: 'Review' }).click()
  const review = page.getByRole('dialog')
  await expect(review.getByText('MODIFY-TTL')).toHaveCount(2)
  await expect(review.getByText('DELETE', { exact: true })).toHaveCount(2)
  await page.getByRole('button', { name: 'Apply 4 changes' }).click()
  await expect(page.getByRole('heading', { name: '4 of 4 verified' })).toBeVisible()
  await expect(tray(page)).toHaveCount(0)
})

test('a value is edited as text, and what is no value is said', async ({ page, panel }) => {
  await openZone(page, panel)
  await row(page, /^MX 10 mail/).click()
  await page.getByRole('button', { name: 'Edit as text' }).first().click()
  await page.getByLabel('Value as text').fill('five relay')
  await page.getByRole('button', { name: 'Add to draft' }).click()
  await expect(
    page
      .getByRole('dialog')
      .getByText(/preference/i)
      .first(),
  ).toBeVisible()
  await page.getByLabel('Value as text').fill('5 relay')
  await page.getByRole('button', { name: 'Edit in fields' }).click()
  await expect(page.getByLabel('Preference').first()).toHaveValue('5')
  await page.getByRole('button', { name: 'Add to draft' }).click()
  await expect(page.getByRole('main')).toContainText(`relay.${ZONE}.`)
})

test('[H11] hidden, turning and look-alike characters are shown, and markup is text', async ({ page, panel }) => {
  const path = await openZone(page, panel)
  const markup = '<script>window.pwned = 1</script><img src=x onerror="window.pwned = 1">'
  await elsewhere(page, path, { name: 'evil', type: 'TXT', ttl: 300, rdata: [`"${markup.replaceAll('"', '\\"')}"`] })
  // “safe‮txt​.exe” with a right-to-left override and a zero-width space in it.
  await elsewhere(page, path, {
    name: 'hidden',
    type: 'TXT',
    ttl: 300,
    rdata: ['"safe\\226\\128\\174txt\\226\\128\\139.exe"'],
  })
  await elsewhere(page, path, { name: 'xn--pypal-4ve', type: 'A', ttl: 300, rdata: ['192.0.2.66'] })
  await page.reload()

  await find(page, 'evil')
  const evil = row(page, /^TXT/)
  await expect(evil).toContainText('<script>window.pwned = 1</script>')
  await evil.click()
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Text' })).toHaveValue(markup)
  await page.getByRole('button', { name: 'Delete TXT' }).click()
  await page.getByRole('button', { name: 'Review' }).click()
  await expect(page.getByRole('dialog')).toContainText('<script>window.pwned = 1</script>')
  await page.getByRole('button', { name: 'Close' }).click()
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false)

  await find(page, 'hidden')
  const hidden = row(page, /^TXT/)
  await expect(hidden.getByTitle(/right-to-left override/)).toHaveText('RLO')
  await expect(hidden.getByTitle(/zero-width space/)).toHaveText('ZWSP')
  await hidden.click()
  const editor = page.getByRole('dialog')
  await expect(editor.getByTitle(/right-to-left override/)).toHaveText('RLO')
  await editor.getByLabel('TTL', { exact: true }).fill('1 h')
  await page.getByRole('button', { name: 'Add to draft' }).click()
  await page.getByRole('button', { name: 'Review' }).click()
  await expect(
    page
      .getByRole('dialog')
      .getByTitle(/zero-width space/)
      .first(),
  ).toHaveText('ZWSP')
  await page.getByRole('button', { name: 'Close' }).click()

  await find(page, 'xn--pypal')
  const name = page.getByRole('main').getByRole('heading', { name: /xn--pypal-4ve/ })
  await expect(name).toBeVisible()
  await expect(name.getByTitle(/Cyrillic letter that looks like “a”/)).toHaveText('а')
})

test('a record without a form opens as text', async ({ page, panel }) => {
  const path = await openZone(page, panel)
  await elsewhere(page, path, { name: 'odd', type: 'TYPE65280', ttl: 300, rdata: ['\\# 4 0a000001'] })
  await page.reload()
  await find(page, 'odd')
  await row(page, /^TYPE65280/).click()
  await expect(page.getByLabel('Value as text')).toHaveValue('\\# 4 0a000001')
  await page.getByLabel('Value as text').fill('\\# 4 0a000002')
  await page.getByRole('button', { name: 'Add to draft' }).click()
  await page.getByRole('button', { name: 'Review' }).click()
  await page.getByRole('button', { name: 'Apply 1 change' }).click()
  await expect(page.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible()
})

/** Leaves as the owner, and comes back as a person who may look at everything and change nothing. */
async function comeBackAsViewer(page: Page): Promise<void> {
  const link = await page.evaluate(async () => {
    const response = await fetch('/api/v1/people', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Vi', owner: false, rights: [{ connection: '*', zone: '*', right: 'view' }] }),
    })
    return ((await response.json()) as { link: string }).link
  })
  await page.goto(link)
  await page.getByRole('button', { name: 'Use a password instead' }).click()
  await page.getByLabel('Password', { exact: true }).fill('only looking around')
  await page.getByRole('button', { name: 'Set the password and come in' }).click()
  await expect(page).toHaveURL(/\/zones$/)
}

test('who may only view is offered nothing to edit', async ({ page, panel }) => {
  const path = await openZone(page, panel)
  await comeBackAsViewer(page)
  await page.goto(panel.url + path)
  await expect(page.getByText('You may view this zone, not edit it.').first()).toBeVisible()
  await expect(row(page, /^MX 10 mail/)).toBeVisible()
  await expect(page.getByRole('button', { name: /^(Record|Add record|Review)$/ })).toHaveCount(0)
  await row(page, /^MX 10 mail/).click()
  await expect(page.getByRole('dialog', { name: 'MX' })).toContainText('You may view this zone, not edit it.')
  await expect(page.getByRole('heading', { name: 'Edit MX' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Close' }).last().click()
  await page.getByRole('button', { name: 'More' }).click()
  await expect(page.getByRole('button', { name: 'Delete zone…' })).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Select several records' })).toHaveCount(0)
  await page.goto(`${panel.url}/connections`)
  await expect(page.getByRole('main').getByRole('link', { name: /Harbour & Pine/ })).toBeVisible()
  await expect(page.getByRole('link', { name: /^Add/ })).toHaveCount(0)
})
