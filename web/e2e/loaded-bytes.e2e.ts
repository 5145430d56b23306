import { expect, test, withSandbox } from './panel.ts'
import { scripts } from './scripts.ts'

test('the sign-in page loads at most 50 kB of JavaScript, the zone list 80 kB', async ({ page, panel, browser }) => {
  await withSandbox(page, panel)
  const context = await browser.newContext({ storageState: await page.context().storageState() })

  const signedOut = await browser.newPage()
  const forSignIn = scripts(signedOut)
  await signedOut.goto(`${panel.url}/sign-in`, { waitUntil: 'networkidle' })
  await expect(signedOut.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
  const signIn = await forSignIn()

  const signedIn = await context.newPage()
  const forZones = scripts(signedIn)
  await signedIn.goto(`${panel.url}/zones`)
  await expect(signedIn.getByRole('link', { name: /harbourpine\.example/ }).first()).toBeVisible()
  const zones = await forZones()

  console.log(`     loaded: sign-in ${signIn.toFixed(1)} kB, zone list ${zones.toFixed(1)} kB`)
  expect(signIn).toBeGreaterThan(20)
  expect(signIn).toBeLessThanOrEqual(50)
  expect(zones).toBeGreaterThan(20)
  expect(zones).toBeLessThanOrEqual(80)
  await context.close()
  await signedOut.close()
})
