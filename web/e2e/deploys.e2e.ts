import { expect, test, withSandbox } from './panel.ts'

/** Parts of pages: each has a hash in its name, and is gone once a newer panel is deployed. */
const PARTS = '**/_app/immutable/**'
const VERSION = '**/_app/version.json'

test('parts that cannot be loaded speak of a newer version only where there is one', async ({ page, panel }) => {
  await withSandbox(page, panel)
  const navigation = page.getByRole('navigation')
  const newer = page.getByText('A newer version of the panel is there.')

  // All of this page is there.
  await expect(page.getByRole('main').getByRole('link', { name: /harbourpine\.example/ })).toBeVisible()

  // The way to the server is broken while a finger rests on a link: nothing is wrong with the page.
  await page.route(PARTS, (route) => route.abort())
  const asked = page.waitForResponse(VERSION)
  await navigation.getByRole('link', { name: 'Stats' }).hover()
  await asked
  await expect(newer).toBeHidden()

  // The parts are gone because others stand there now.
  await page.route(VERSION, (route) => route.fulfill({ json: { version: 'another' } }))
  await navigation.getByRole('link', { name: 'History' }).hover()
  await expect(newer).toBeVisible()
  await expect(page).toHaveURL(/\/zones$/)

  // Reloading fetches what is there.
  await page.unroute(PARTS)
  await page.unroute(VERSION)
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.getByRole('main').getByRole('link', { name: /harbourpine\.example/ })).toBeVisible()
  await expect(newer).toBeHidden()
})
