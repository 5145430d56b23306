import type { Page } from '@playwright/test'
import { simulate } from '../../worker/src/providers/vps-org/simulator.ts'
import { asOwner, expect, test } from './panel.ts'
import { serve } from './serve.ts'
import { addToDraft, apply, deleteZone, openRecord, review } from './story.ts'

const TOKEN = 'vps_0123456789abcdef0123456789abcdef'
const ZONE = 'ateljen.example'

/** Opens the form of a new record of this type at this name. */
async function addRecord(page: Page, type: string, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add record' }).click()
  await page.getByRole('combobox', { name: 'Type' }).fill(type)
  await page.getByRole('option', { name: new RegExp(`^${type}\\b`) }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
}

test('an account of VPS.org is connected, and a zone made, filled, edited and deleted from a phone', async ({
  page,
  panel,
}) => {
  test.setTimeout(180_000)
  const simulation = simulate({ token: TOKEN })
  const { url, close } = await serve(simulation.fetch)
  const held = () =>
    simulation
      .records(ZONE)
      .map(({ record_type: type, name, value, ttl, priority }) =>
        [type, name, ttl, priority, value].filter((part) => part !== null).join(' '),
      )

  await asOwner(page, panel)
  await page.goto(`${panel.url}/connections/add`)
  await page.getByText('VPS.org', { exact: true }).click()
  await page.getByLabel('Name', { exact: true }).fill('Studio')
  await page.getByLabel('Address', { exact: true }).fill(url)
  const token = page.getByLabel('API token', { exact: true })
  await token.fill('sk_live_of_another_service')
  await expect(page.getByRole('button', { name: 'Test connection' })).toBeDisabled()
  await expect(page.getByText('API token is not right yet.')).toBeVisible()
  await token.blur()
  await expect(page.getByText(/begins with vps_/)).toBeVisible()
  await expect(token).toHaveAttribute('aria-invalid', 'true')
  expect(simulation.log).toEqual([])

  simulation.permissions = ['dns:list', 'dns:create', 'dns:update']
  await token.fill(TOKEN)
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('The token may not delete zones and records (dns:delete).')).toBeVisible()
  simulation.permissions.push('dns:delete')
  await page.getByRole('button', { name: 'Test again' }).click()
  await expect(page.getByText('Nothing is missing.')).toBeVisible()
  await expect(page.getByText('lina@lindqvist.example (token Panel)')).toBeVisible()
  await expect(page.getByText('dns:list, dns:create, dns:update, dns:delete')).toBeVisible()
  await page.getByRole('button', { name: 'Save connection' }).click()
  await expect(page).toHaveURL(/\/connections$/)

  await page.goto(`${panel.url}/zones/new`)
  await page.getByLabel('Server', { exact: true }).selectOption({ label: 'Studio' })
  await page.getByLabel('Zone', { exact: true }).fill(ZONE)
  await page.getByRole('button', { name: 'Add zone to draft' }).click()
  await expect(page).toHaveURL(new RegExp(`/zones/[^/]+/${ZONE}`))
  await review(page)
  await apply(page, 'Create zone')
  const records = page.url().replace(/\?.*$/, '')

  await page.goto(records)
  await addRecord(page, 'MX', '@')
  await page.getByLabel('Preference').first().fill('10')
  await page.getByLabel('Mail server').first().fill('mx1.postbrevet.example.')
  await addToDraft(page)
  await addRecord(page, 'A', 'www')
  await page.getByLabel('IPv4 address').first().fill('203.0.113.40')
  await addToDraft(page)
  await addRecord(page, 'SRV', '_imaps._tcp')
  await page.getByLabel('Port').fill('993')
  await page.getByLabel('Target').fill('imap.postbrevet.example.')
  await addToDraft(page)
  await addRecord(page, 'TXT', '@')
  await page.getByRole('textbox', { name: 'Text' }).fill('v=spf1 mx -all; "hej"')
  await addToDraft(page)
  await review(page)
  await apply(page, 'Apply 4 changes')
  expect(held().sort()).toEqual([
    'A www 3600 203.0.113.40',
    'MX @ 3600 10 mx1.postbrevet.example',
    'SRV _imaps._tcp 3600 0 0 993 imap.postbrevet.example',
    'TXT @ 3600 v=spf1 mx -all; "hej"',
  ])

  simulation.log.length = 0
  await page.goto(records)
  await openRecord(page, 'mx', /^MX/)
  await page.getByLabel('Preference').first().fill('5')
  await addToDraft(page)
  await openRecord(page, 'www', /^A /)
  await page.getByLabel('TTL', { exact: true }).fill('10 s')
  await addToDraft(page)
  await review(page)
  await page.getByRole('button', { name: 'Apply 2 changes' }).click()
  // The one that VPS.org takes is verified, and the other says which field it did not.
  await expect(page.getByRole('heading', { name: '1 of 2 verified, 1 refused' })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(/TTL must be between 60 and 604800 \(field “ttl”\)/)).toBeVisible()
  expect(simulation.log.filter(({ method }) => method === 'PATCH').map(({ body }) => body)).toEqual([
    '{"ttl":10}',
    '{"priority":5}',
  ])
  expect(held()).toContain('MX @ 3600 5 mx1.postbrevet.example')

  await page.goto(records)
  await deleteZone(page, ZONE)
  expect(simulation.log.at(-1)).toMatchObject({ method: 'GET', status: 200 })
  expect(simulation.log.some(({ method, status }) => method === 'DELETE' && status === 204)).toBe(true)
  await page.goto(`${panel.url}/zones`)
  await expect(page.getByRole('link', { name: new RegExp(ZONE) })).toHaveCount(0)

  close()
})
