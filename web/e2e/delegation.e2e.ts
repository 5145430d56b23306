import { zonePath } from './elsewhere.ts'
import { expect, test, withSandbox } from './panel.ts'

const ZONE = 'tern-and-sons.example'

test('a new zone shows the name servers for the registrar, and when they are set', async ({ page, panel, context }) => {
  test.setTimeout(120_000)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: panel.url })
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  await withSandbox(page, panel, '/zones/new')
  await page.getByLabel('Server', { exact: true }).selectOption({ label: 'Harbour & Pine' })
  await page.getByLabel('Zone', { exact: true }).fill(ZONE)
  await page.getByLabel('Begin with the records of a zone file').check()
  await page.getByLabel('Zone file', { exact: true }).fill(
    `$TTL 1h
@ IN SOA ns1.harbourpine.example. hostmaster.harbourpine.example. 1 3h 1h 4w 1h
@ IN NS ns1.harbourpine.example.
@ IN NS ns2
ns2 IN A 192.0.2.53`,
  )
  await page.getByRole('button', { name: 'Add zone to draft' }).click()
  await page.getByRole('button', { name: 'Review' }).click()
  await page.getByRole('button', { name: /^Create zone/ }).click()
  await expect(page.getByRole('heading', { name: /^(\d+) of \1 verified$/ })).toBeVisible()
  await page.getByRole('link', { name: 'Back to records' }).last().click()

  const card = page.getByRole('region', { name: 'Delegation' })
  await expect(card.getByRole('heading', { name: 'Set these name servers at your registrar' })).toBeVisible()
  // The registrar is 20 seconds away.
  await expect(card.getByText('Not delegated yet')).toBeVisible()
  await expect(card.getByText('The parent (example) does not have this name')).toBeVisible()
  await expect(card.getByRole('listitem')).toHaveCount(2)
  await expect(card.getByRole('listitem').filter({ hasText: `ns2.${ZONE}` })).toContainText('192.0.2.53')
  await card.getByRole('button', { name: 'Copy ns1.harbourpine.example' }).click()
  await expect(card.getByText('Copied', { exact: true })).toBeAttached()
  expect(await clipboard()).toBe('ns1.harbourpine.example')
  await card.getByRole('button', { name: 'Copy all 2' }).click()
  await expect(card.getByText('Copied.')).toBeVisible()
  expect(await clipboard()).toBe(`ns1.harbourpine.example\nns2.${ZONE}\n`)

  // The card is there whenever one comes back, until it is done; then it is not seen a second time.
  await page.reload()
  await expect(card.getByRole('heading', { name: 'This zone is delegated' })).toBeVisible({ timeout: 60_000 })
  await expect(card.getByText('At the parent')).toHaveCount(2)
  await page.reload()
  await expect(page.getByRole('button', { name: /^NS / }).first()).toBeVisible()
  await expect(card).toHaveCount(0)

  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('link', { name: 'Delegation' }).click()
  await expect(page).toHaveURL(/\/delegation$/)
  await expect(page.getByRole('heading', { name: 'This zone is delegated' })).toBeVisible()
  await expect(page.getByText('No DS records', { exact: true })).toBeVisible()
})

test('a delegation is told apart: elsewhere, with DS records left over, private', async ({ page, panel }) => {
  await withSandbox(page, panel)
  const open = async (zone: string) => page.goto(`${panel.url}${await zonePath(page, zone)}/delegation`)

  await open('kids-club.example')
  await expect(page.getByText('Delegated elsewhere')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'ns1.mailhost.example' })).toContainText(
    'Only at the parent',
  )
  await expect(page.getByText('A private name: nobody outside finds it.')).toBeVisible()

  await open('old-shop.example')
  await expect(page.getByText('Signatures do not fit', { exact: true })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: '31589' })).toContainText('RSA/SHA-256')
  await expect(page.getByText('Remove it at the registrar, then wait 1 d')).toBeVisible()

  await open('home.arpa')
  await expect(page.getByText('No registrar is involved')).toBeVisible()
  await expect(page.getByText('home.arpa is for home networks (RFC 8375).')).toBeVisible()
})
