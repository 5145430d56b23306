import { violations } from './axe.ts'
import { expect, test, withSandbox } from './panel.ts'

test('a script that was written for the Web UI works with the panel’s address and a token, until it is revoked', async ({
  page,
  panel,
}) => {
  await withSandbox(page, panel)
  const connection = await page.evaluate(async () => {
    const connections = (await (await fetch('/api/v1/connections')).json()) as { id: string; name: string }[]
    return connections.find(({ name }) => name === 'Home')?.id ?? ''
  })
  await page.goto(`${panel.url}/filters/${connection}/settings/scripts`)
  await expect(page.getByText('There are none: no script gets in.')).toBeVisible()
  await page.getByRole('button', { name: 'Make a token' }).click()
  await expect(page.getByText('Give the token a name')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('bedtime.sh')
  await page.getByRole('button', { name: 'Make a token' }).click()
  const secret = (await page.locator('[data-token]').textContent()) ?? ''
  const base = (await page.locator('[data-base-url]').textContent()) ?? ''
  await expect(page.getByText('Not used yet.')).toBeVisible()
  expect(await violations(page, 'best')).toEqual([])

  // From outside of the browser: no cookie, no origin.
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { Authorization: `Bearer ${secret}` },
      ...(body && { body: JSON.stringify(body) }),
    })
    return [response.status, await response.json()] as [number, Record<string, unknown>]
  }
  expect(await call('POST', '/api/profiles', { name: 'scripted', customRules: ['bad.test'] })).toEqual([
    200,
    { ok: true },
  ])
  const [, config] = await call('GET', '/api/config')
  expect(config['profiles']).toHaveProperty('scripted', { customRules: ['bad.test'] })

  await page.reload()
  await expect(page.locator('[data-token]')).toBeHidden()
  await expect(page.getByText('Last used')).toBeVisible()
  await page.getByRole('button', { name: 'Revoke bedtime.sh' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke', exact: true }).click()
  await expect(page.getByText('There are none: no script gets in.')).toBeVisible()
  expect((await call('GET', '/api/config'))[0]).toBe(401)
})
