import type { Page } from '@playwright/test'
import { simulate, type Simulation } from '../../worker/src/providers/customdns/simulator.ts'
import { asOwner, expect, type Panel, test } from './panel.ts'
import { serve } from './serve.ts'

const KEY = '5f3b1c9a-0000-4000-8000-7d1e2f3a4b5c'
const PASSWORD = 'canary-of-janedoe'
const ZONE = 'doe-bakery.example'

let simulation: Simulation
let url: string
let close: () => void

test.beforeEach(async () => {
  simulation = await simulate({ users: [{ userName: 'root', apikey: KEY, password: 'not used', firstName: 'Rita' }] })
  const server = await serve(simulation.fetch)
  url = `${server.url}/jpower-admin/rest`
  close = server.close
})
test.afterEach(() => {
  close()
})

async function connect(page: Page, panel: Panel): Promise<void> {
  await page.goto(`${panel.url}/connections/add`)
  await page.getByText('CustomDNS', { exact: true }).click()
  await page.getByLabel('Name', { exact: true }).fill('Hosting')
  await page.getByLabel('Address', { exact: true }).fill(url)
  await page.getByLabel('API key', { exact: true }).fill(KEY)
  await page.getByRole('button', { name: 'Test', exact: false }).click()
  await expect(page.getByText('CustomDNS, signed in as root')).toBeVisible()
  await expect(page.getByText('This is a ROOT account')).toBeVisible()
  await page.getByRole('button', { name: 'Save connection' }).click()
  await expect(page).toHaveURL(/\/connections$/)
}

/** Everything that asks "apply anyway" is accepted, what must be typed is typed, and the server is read again. */
async function carryOut(page: Page, action: string, typed?: string): Promise<void> {
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByRole('heading', { name: 'What happens' })).toBeVisible()
  for (const box of await sheet.getByRole('checkbox', { name: /Apply anyway/ }).all()) await box.check()
  if (typed !== undefined) await sheet.getByLabel(`Type ${typed} to confirm`).fill(typed)
  await sheet.getByRole('button', { name: action, exact: true }).click()
}

async function openAccounts(page: Page, panel: Panel): Promise<void> {
  await page.goto(`${panel.url}/connections`)
  await page
    .getByRole('main')
    .getByRole('link', { name: /Hosting/ })
    .click()
  await page.getByRole('link', { name: /Accounts/ }).click()
  await expect(page.getByText('May see and change all accounts')).toBeVisible()
}

async function makeZone(page: Page, panel: Panel): Promise<void> {
  await page.goto(`${panel.url}/zones/new`)
  await page.getByLabel('Server', { exact: true }).selectOption({ label: 'Hosting' })
  await page.getByLabel('Zone', { exact: true }).fill(ZONE)
  await page.getByLabel('Account', { exact: false }).fill('janedoe')
  await page.getByRole('button', { name: 'Add zone to draft' }).click()
  await page.getByRole('button', { name: 'Review' }).click()
  await page.getByRole('button', { name: 'Create zone' }).click()
  await expect(page.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible()
  await page.getByRole('link', { name: 'Back to records' }).last().click()
  await expect(page.getByText('ns1.nicmus.com').first()).toBeVisible()
}

async function addRecord(page: Page, type: string, name: string, fields: Record<string, string>): Promise<void> {
  await page
    .getByRole('button', { name: /^(Add record|Record)$/ })
    .first()
    .click()
  await page.getByRole('combobox', { name: 'Type' }).fill(type)
  await page
    .getByRole('option', { name: new RegExp(`^${type}\\b`) })
    .first()
    .click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  for (const [label, value] of Object.entries(fields)) {
    await page
      .getByRole('textbox', { name: label })
      .or(page.getByLabel(label, { exact: true }))
      .first()
      .fill(value)
  }
  await page.getByRole('button', { name: 'Add to draft' }).click()
  await expect(page.getByRole('button', { name: 'Add to draft' })).toBeHidden()
}

async function apply(page: Page, button: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Review' }).click()
  await expect(page.getByRole('heading', { name: 'What happens' })).toBeVisible()
  for (const box of await page.getByRole('checkbox', { name: /Apply anyway/ }).all()) await box.check()
  await page.getByRole('button', { name: button }).click()
  await expect(page.getByRole('heading', { name: /^(\d+) of \1 verified$/ })).toBeVisible({ timeout: 30_000 })
  await page.getByRole('link', { name: 'Back to records' }).last().click()
}

const held = (type: string) =>
  simulation.state.zones[0]?.records
    .filter((record) => record.type === type)
    .map(({ name, content, prio, ttl }) => `${name} ${ttl} ${prio} ${content}`)

test('a customer gets an account and a zone, its records are edited, and both go again', async ({ page, panel }) => {
  test.setTimeout(180_000)
  await asOwner(page, panel)
  await connect(page, panel)

  await openAccounts(page, panel)
  await page.getByRole('link', { name: 'Add an account' }).click()
  await page.getByLabel('Account name').fill('janedoe')
  await page.getByRole('button', { name: 'Review new account' }).click()
  await expect(page.getByText('Fill in “Password”.').first()).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByLabel('First name').fill('Jane')
  await page.getByRole('button', { name: 'Review new account' }).click()
  await carryOut(page, 'Create account')
  await expect(page.getByText('Verified.')).toBeVisible()
  await page.getByRole('button', { name: 'Back to accounts' }).click()
  expect(simulation.state.users.map(({ userName }) => userName)).toEqual(['root', 'janedoe'])

  await makeZone(page, panel)
  expect(simulation.state.zones).toMatchObject([{ name: ZONE, owner: 'janedoe' }])
  await addRecord(page, 'A', 'www', { 'IPv4 address': '203.0.113.7' })
  await addRecord(page, 'TXT', '_dmarc', { Text: 'v=DMARC1; p=none' })
  await addRecord(page, 'MX', '@', { Preference: '10', 'Mail server': 'mail.example.net.' })
  await apply(page, /^Apply 3 changes/)
  expect(held('A')).toEqual([`www.${ZONE} 3600 0 203.0.113.7`])
  expect(held('TXT')).toEqual([`_dmarc.${ZONE} 3600 0 "v=DMARC1; p=none"`])
  await page
    .getByRole('button', { name: /mail\.example\.net/ })
    .first()
    .click()
  await page.getByLabel('Preference').first().fill('5')
  await page.getByRole('button', { name: 'Add to draft' }).click()
  await apply(page, /^Apply 1 change/)
  expect(held('MX')).toEqual([`${ZONE} 3600 5 mail.example.net`])

  await openAccounts(page, panel)
  await page.getByRole('link', { name: 'janedoe' }).click()
  await expect(page.getByRole('link', { name: ZONE })).toBeVisible()
  await page.getByLabel('Email').fill('jane@doe-bakery.example')
  await page.getByRole('button', { name: 'Review 1 change' }).click()
  await carryOut(page, 'Apply changes')
  await expect(page.getByText('Verified.')).toBeVisible()
  expect(simulation.state.users[1]).toMatchObject({ firstName: 'Jane', email: 'jane@doe-bakery.example' })

  await page.goto(`${panel.url}/zones`)
  await page
    .getByRole('link', { name: new RegExp(ZONE) })
    .first()
    .click()
  await page.getByRole('button', { name: 'More' }).first().click()
  await page.getByRole('button', { name: 'Delete zone…' }).click()
  const dialog = page.getByRole('alertdialog', { name: `Delete zone ${ZONE}?` })
  await dialog.getByRole('textbox').fill(ZONE)
  await dialog.getByRole('button', { name: 'Delete zone' }).click()
  await expect(page.getByRole('heading', { name: /^(\d+) of \1 verified$/ })).toBeVisible({ timeout: 30_000 })
  expect(simulation.state.zones).toEqual([])

  await openAccounts(page, panel)
  await page.getByRole('link', { name: 'janedoe' }).click()
  await page.getByRole('button', { name: 'Delete account…' }).click()
  await carryOut(page, 'Delete account', 'janedoe')
  await expect(page.getByText('Verified.')).toBeVisible()
  expect(simulation.state.users.map(({ userName }) => userName)).toEqual(['root'])

  // With its own account the connection ends, which is said before.
  await openAccounts(page, panel)
  await page.getByLabel('Look up an account').fill('nobody')
  await page.getByRole('button', { name: 'Look up' }).click()
  await expect(page.getByText('The server knows no account nobody.')).toBeVisible()
  await page.getByRole('link', { name: 'Back to accounts' }).click()
  await page.getByRole('link', { name: /^root/ }).click()
  await page.getByRole('button', { name: 'Delete account…' }).click()
  await expect(page.getByText('The connection Hosting ends')).toBeVisible()
  await carryOut(page, 'Delete account', 'root')
  await expect(page.getByText('Hosting ended with its account')).toBeVisible()
  await expect(page.getByText('No server is connected')).toBeVisible()
})
