import type { Page } from '@playwright/test'
import { simulate } from '../../worker/src/providers/thalassa/simulator.ts'
import { asOwner, expect, type Panel, test } from './panel.ts'
import { serve } from './serve.ts'
import { addToDraft, apply, deleteZone, openRecord, review } from './story.ts'

const TOKEN = 'tc_pat_0123456789abcdef'
const ORGANISATION = 'pegelwerk'
const ZONE = 'pegelwerk.example'

/** A Thalassa on a port of its own, whose clock can be put forward. */
async function thalassa() {
  const clock = { ahead: 0 }
  const simulation = simulate({ token: TOKEN, organisation: ORGANISATION, now: () => Date.now() + clock.ahead })
  return { simulation, clock, ...(await serve(simulation.fetch)) }
}

async function connect(page: Page, panel: Panel, url: string): Promise<void> {
  await page.goto(`${panel.url}/connections/add`)
  await page.getByText('Thalassa Cloud DNS', { exact: true }).click()
  await page.getByLabel('Name', { exact: true }).fill('Cloud')
  await page.getByLabel('Address', { exact: true }).fill(url)
  await page.getByLabel('Token', { exact: true }).fill(TOKEN)
  await page.getByLabel('Organisation', { exact: true }).fill('another')
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByRole('alert')).toContainText('the feature gate “dns” is off for this organisation')
  await page.getByLabel('Organisation', { exact: true }).fill(ORGANISATION)
  await page.getByLabel('Kind of token').selectOption({ label: 'Access token (Bearer)' })
  await page.getByRole('button', { name: 'Test again' }).click()
  await expect(page.getByRole('alert')).toContainText('Is it of the kind that was chosen')
  await page.getByLabel('Kind of token').selectOption({ label: 'Personal access token (Token)' })
  await page.getByRole('button', { name: 'Test again' }).click()
  await expect(page.getByText('Nothing is missing.')).toBeVisible()
  await page.getByRole('button', { name: 'Save connection' }).click()
  await expect(page).toHaveURL(/\/connections$/)
}

async function addRecord(page: Page, type: string, name: string, fields: Record<string, string>): Promise<void> {
  await page.getByRole('button', { name: 'Add record' }).click()
  await page.getByRole('combobox', { name: 'Type' }).fill(type)
  await page.getByRole('option', { name: new RegExp(`^${type}\\b`) }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  for (const [label, value] of Object.entries(fields)) {
    await page.getByRole('textbox', { name: label }).or(page.getByLabel(label)).first().fill(value)
  }
  await addToDraft(page)
}

const FILE = `$ORIGIN ${ZONE}.
$TTL 300
@ IN SOA ns1.old-host.example. host.old-host.example. 1 2 3 4 5
@ IN NS ns1.old-host.example.
app IN A 203.0.113.20
app IN A 203.0.113.21
www IN CNAME app
@ IN CAA 0 issue "letsencrypt.org"
`

/** On, waiting for the DS, signed, and off again past what the parent still holds. */
async function dnssec(page: Page, records: string, { simulation, clock }: Awaited<ReturnType<typeof thalassa>>) {
  const done = () => expect(page.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible({ timeout: 60_000 })
  const openPage = async () => {
    await page.goto(records)
    await page.getByRole('link', { name: 'DNSSEC' }).click()
  }
  await openPage()
  await expect(page.getByText('The zone is not signed.')).toBeVisible()
  await page.getByRole('button', { name: 'Enable DNSSEC…' }).click()
  await page.getByLabel('Region').fill('nl-01')
  await page.getByRole('button', { name: 'Review', exact: true }).click()
  await page.getByRole('button', { name: 'Enable DNSSEC', exact: true }).click()
  await done()

  await openPage()
  await expect(page.getByText('Not yet protected')).toBeVisible()
  await expect(page.getByText(/Until Thalassa finds it there, the zone is published unsigned\./)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'For the parent' })).toBeVisible()
  simulation.delegated.add(ZONE)
  clock.ahead += 61_000
  await page.reload()
  await expect(page.getByText('The parent holds the DS, and the zone is signed, with NSEC3.')).toBeVisible()

  await page.getByRole('button', { name: 'Disable DNSSEC…' }).click()
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByText(/^While the parent holds the DS, resolvers that validate/)).toBeVisible()
  for (const box of await sheet.getByRole('checkbox', { name: /Apply anyway/ }).all()) await box.check()
  await sheet.getByLabel(`Type ${ZONE} to confirm`).fill(ZONE)
  await sheet.getByRole('button', { name: 'Disable DNSSEC', exact: true }).click()
  await done()
  await openPage()
  await expect(page.getByText('The zone is not signed.')).toBeVisible()
}

test('a zone on Thalassa is made, filled, imported, signed and deleted from a phone', async ({ page, panel }) => {
  test.setTimeout(180_000)
  const server = await thalassa()
  const { simulation, clock, url, close } = server
  const published = () => simulation.published(ZONE)?.zoneFile ?? ''

  await asOwner(page, panel)
  await connect(page, panel, url)

  await page.goto(`${panel.url}/zones/new`)
  await page.getByLabel('Server', { exact: true }).selectOption({ label: 'Cloud' })
  await page.getByLabel('Zone', { exact: true }).fill(ZONE)
  await page.getByLabel('Description').fill('Water levels')
  await page.getByRole('button', { name: 'Add zone to draft' }).click()
  await expect(page).toHaveURL(new RegExp(`/zones/[^/]+/${ZONE}`))
  await review(page)
  await apply(page, 'Create zone')
  const records = page.url().replace(/\?.*$/, '')

  await page.goto(records)
  await addRecord(page, 'A', 'app', { Address: '203.0.113.9' })
  await addRecord(page, 'MX', '@', { Preference: '10', 'Mail server': 'mx1.mailhost.example.' })
  await addRecord(page, 'TXT', '@', { Text: 'v=spf1 include:_spf.mailhost.example -all' })
  await review(page)
  await apply(page, 'Apply 3 changes')
  // It is written and verified, and the name servers have it half a minute later.
  await expect(page.getByText(/Resolvers see new answers 25 to 40 s after the write/)).toBeVisible()
  expect(published()).not.toContain('mailhost')
  clock.ahead += 40_000
  expect(published()).toContain('@ 3600 IN MX 10 mx1.mailhost.example.')

  await page.goto(records)
  await openRecord(page, 'mx', /^MX/)
  await page.getByLabel('Preference').first().fill('5')
  await addToDraft(page)
  await page.goto(`${records}/import`)
  await page.getByLabel('Zone file', { exact: true }).fill(FILE)
  // The name servers of the old host stay behind: Thalassa has its own.
  await page.getByRole('button', { name: 'Let Cloud import it in one call…' }).click()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('heading', { name: /^(\d+) of \1 verified$/ })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('Thalassa created 2 record sets, updated 1 and deleted 0.')).toBeVisible()
  expect(simulation.log.filter(({ url, method }) => method === 'POST' && url.endsWith('/import'))).toHaveLength(1)
  await page.goto(records)
  await review(page)
  await apply(page, 'Apply 1 change')
  clock.ahead += 40_000
  for (const line of [
    '@ 3600 IN MX 5 mx1.mailhost.example.',
    'app 300 IN A 203.0.113.21',
    `www 300 IN CNAME app.${ZONE}.`,
    '@ 300 IN CAA 0 issue "letsencrypt.org"',
    '@ 3600 IN NS ns1.eu-nl-1.thalassa.cloud.',
  ]) {
    expect(published()).toContain(`${line}\n`)
  }
  expect(published()).not.toContain('old-host')

  await page.goto(records)
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByLabel('Description')).toHaveValue('Water levels')
  await page.getByLabel('Labels').fill('team=web\nenv=production')
  await page.getByRole('button', { name: 'Review 1 change' }).click()
  await page.getByRole('button', { name: 'Apply settings' }).click()
  await expect(page.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible({ timeout: 60_000 })

  await dnssec(page, records, server)

  await page.goto(records)
  await deleteZone(page, ZONE)
  expect(simulation.published(ZONE)).toBeNull()
  close()
})
