import { readFile } from 'node:fs/promises'
import type { Browser, Page } from '@playwright/test'
import { asOwner, expect, type Panel, signIn } from './panel.ts'

const ZONE = 'northwind-traders.example'
const FILE = new URL(`fixtures/${ZONE}.zone`, import.meta.url)

const DKIM = `v=DKIM1; k=rsa; p=${'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A'.repeat(12)}IDAQAB`.slice(0, 400)

export interface Server {
  provider: string
  url: string
  secretLabel: string
  secret: string
  /** What the server answers in the DNS: rdata as dig prints it. */
  answers: (name: string, type: string) => Promise<string[]>
}

/** Adds a server by its form, tested before it is saved. */
async function connect(page: Page, panel: Panel, server: Server): Promise<void> {
  await page.goto(`${panel.url}/connections/add`)
  await page.getByText(server.provider, { exact: true }).click()
  await page.getByLabel('Name', { exact: true }).fill('Office')
  await page.getByLabel('Address', { exact: true }).fill(server.url)
  await page.getByLabel(server.secretLabel, { exact: true }).fill(server.secret)
  await page.getByRole('button', { name: 'Test', exact: false }).click()
  await expect(page.getByText('Nothing is missing.')).toBeVisible()
  await page.getByRole('button', { name: 'Save connection' }).click()
  await expect(page).toHaveURL(/\/(zones|connections)$/)
}

/** Opens the review (unless it is open) and accepts every danger by its own box. */
export async function review(page: Page, open = true): Promise<void> {
  if (open) await page.getByRole('button', { name: 'Review' }).click()
  const button = page.getByRole('button', { name: /^(Apply \d|Create zone)/ })
  await expect(button).toBeVisible()
  await expect(page.getByRole('heading', { name: 'What happens' })).toBeVisible()
  for (const box of await page.getByRole('checkbox', { name: /Apply anyway/ }).all()) await box.check()
  await expect(button).toBeEnabled()
}

/** Applies what was reviewed and waits until the server was read again and holds all of it. */
export async function apply(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  await expect(page.getByRole('heading', { name: /^(\d+) of \1 verified$/ })).toBeVisible({ timeout: 60_000 })
}

/** Makes the zone from a master file of 240 records through the page, and applies it. */
async function importZone(page: Page, panel: Panel): Promise<void> {
  await page.goto(`${panel.url}/zones/new`)
  await page.getByLabel('Server', { exact: true }).selectOption({ label: 'Office' })
  await page.getByLabel('Zone', { exact: true }).fill(ZONE)
  await page.getByLabel('Begin with the records of a zone file').check()
  await page.getByLabel('Zone file', { exact: true }).fill(await readFile(FILE, 'utf8'))
  await page.getByRole('button', { name: 'Add zone to draft' }).click()
  await expect(page).toHaveURL(new RegExp(`/zones/[^/]+/${ZONE}`))
}

/** Opens the editor of a record by what its row says. */
export async function openRecord(page: Page, filter: string, row: RegExp): Promise<void> {
  const search = page.getByRole('searchbox')
  if (!(await search.isVisible())) await page.getByRole('button', { name: 'Search this zone' }).click()
  await search.fill(filter)
  await page.getByRole('button', { name: row }).first().click()
}

export async function addToDraft(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add to draft' }).click()
  await expect(page.getByRole('button', { name: 'Add to draft' })).toBeHidden()
}

/** Deletes the zone from its menu, by typing its name. Its records page is open. */
export async function deleteZone(page: Page, zone: string): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Delete zone…' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByLabel(`Type ${zone} to confirm`).fill(zone)
  await dialog.getByRole('button', { name: 'Delete zone' }).click()
  await expect(page.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible({ timeout: 60_000 })
}

/** Changes the preference of the zone's first MX. */
async function typeMail(page: Page, preference: string): Promise<void> {
  await openRecord(page, 'mx', /mx9/)
  await page.getByLabel('Preference').first().fill(preference)
  await addToDraft(page)
}

/** An MX, a DKIM key of 400 characters and an SRV, edited in their forms. */
async function editMail(page: Page): Promise<void> {
  await page.goto(page.url().replace(/\?.*$/, ''))
  await openRecord(page, 'mx', /mx1\.northwind/)
  await page.getByLabel('Preference').first().fill('15')
  await page.getByLabel('Mail server').first().fill('mx9')
  await addToDraft(page)

  await page.getByRole('button', { name: 'Add record' }).click()
  await page.getByRole('combobox', { name: 'Type' }).fill('TXT')
  await page.getByRole('option', { name: /^TXT/ }).click()
  await page.getByLabel('Name', { exact: true }).fill('sel2026._domainkey')
  await page.getByRole('textbox', { name: 'Text' }).fill(DKIM)
  await addToDraft(page)

  await openRecord(page, '_sip', /_udp|100 5060/)
  await page.getByLabel('Port').fill('5061')
  await page.getByLabel('Target').fill('sip2')
  await addToDraft(page)
}

async function secondBrowser(browser: Browser, panel: Panel): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.goto(`${panel.url}/sign-in`)
  await signIn(page)
  await expect(page).not.toHaveURL(/sign-in/)
  return page
}

/**
 * The main story: from nothing to a zone that the server answers for, edited from a phone. Then two people change one
 * set, and the second sees what the first did instead of overwriting it.
 */
export async function story(page: Page, panel: Panel, browser: Browser, server: Server): Promise<void> {
  await asOwner(page, panel)
  await connect(page, panel, server)

  await importZone(page, panel)
  await review(page)
  await apply(page, 'Create zone')
  expect(await server.answers(`ws-090.${ZONE}`, 'A')).toEqual(['203.0.113.99'])
  expect(await server.answers(`phone-07.${ZONE}`, 'A')).toEqual(['203.0.113.127'])

  await editMail(page)
  await review(page)
  await apply(page, 'Apply 3 changes')
  expect(await server.answers(ZONE, 'MX')).toContain(`15 mx9.${ZONE}.`)
  expect((await server.answers(`sel2026._domainkey.${ZONE}`, 'TXT')).join('').replaceAll('" "', '')).toBe(`"${DKIM}"`)
  expect(await server.answers(`_sip._udp.${ZONE}`, 'SRV')).toEqual([`10 100 5061 sip2.${ZONE}.`])

  const other = await secondBrowser(browser, panel)
  const records = page.url().replace(/\?.*$/, '')
  await other.goto(records)
  await page.goto(records)
  await typeMail(page, '17')
  await typeMail(other, '18')
  await review(other)
  await apply(other, 'Apply 1 change')

  await page.getByRole('button', { name: 'Review' }).click()
  await page.getByRole('button', { name: 'Compare and decide' }).click()
  await expect(page.getByRole('heading', { name: 'Conflict' })).toBeVisible()
  await expect(page.getByText(`18 mx9.${ZONE}.`).first()).toBeVisible()
  await expect(page.getByText(`17 mx9.${ZONE}.`).first()).toBeVisible()
  expect(await server.answers(ZONE, 'MX')).toContain(`18 mx9.${ZONE}.`)
  await page.getByRole('radio', { name: /Mine/ }).check()
  await page.getByRole('button', { name: 'Review again' }).click()
  await review(page, false)
  await apply(page, 'Apply 1 change')
  expect(await server.answers(ZONE, 'MX')).toContain(`17 mx9.${ZONE}.`)
  await other.context().close()

  await page.goto(records)
  await deleteZone(page, ZONE)
  expect(await server.answers(ZONE, 'MX')).toEqual([])
}
