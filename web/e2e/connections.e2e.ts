import { createServer, type Server } from 'node:http'
import { asOwner, expect, setUp, test, withSandbox } from './panel.ts'

/** A server that lets nobody in, or only who sends a header of its proxy; it notes what it was asked. */
async function doorkeeper(header?: { name: string; value: string }): Promise<{ url: string; server: Server }> {
  const server = createServer((incoming, outgoing) => {
    const known = header !== undefined && incoming.headers[header.name] === header.value
    if (!known || incoming.headers['x-api-key'] !== 'the-right-key') {
      outgoing.writeHead(known || header === undefined ? 401 : 403).end('Unauthorized')
      return
    }
    const answers = incoming.url?.endsWith('/zones')
      ? []
      : { id: 'localhost', version: '4.9.2', daemon_type: 'authoritative' }
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answers))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}`, server }
}

test('a newcomer has the sandbox in three presses, and sees what a silent server cannot hold up', async ({
  page,
  panel,
}) => {
  await setUp(page, panel)
  await expect(page.getByText('Nothing real is touched')).toBeVisible()
  await page.getByRole('button', { name: /Try the sandbox/ }).click()
  await expect(page).toHaveURL(/\/zones$/)
  await expect(page.getByRole('link', { name: /harbourpine\.example/ }).first()).toBeVisible()

  // Branch office takes calls and never answers, and the others are here all the same.
  await page.reload({ waitUntil: 'commit' })
  await expect(page.getByRole('link', { name: /harbourpine\.example/ }).first()).toBeVisible()
  await expect(page.getByRole('link', { name: /home\.arpa/ }).first()).toBeVisible()
  await expect(page.getByText(/Branch office (has not answered yet|could not be read)/)).toBeVisible()

  await page.goto(`${panel.url}/connections`)
  const rows = page.getByRole('main').getByRole('link').filter({ hasText: 'Sandbox' })
  await expect(rows.filter({ hasText: 'Harbour & Pine' })).toContainText('Answers')
  await expect(rows.filter({ hasText: 'Tidewatch' })).toContainText('Answers')
  await expect(rows.filter({ hasText: 'Lantern Hosting' })).toContainText('Answers')
  await expect(rows.filter({ hasText: 'Studio Lindqvist' })).toContainText('Answers')
  await expect(rows.filter({ hasText: 'Branch office' })).toContainText('Does not answer', { timeout: 40_000 })
})

test('a server is added, refused with a wrong key, let in with the header of its proxy, edited and removed', async ({
  page,
  panel,
}) => {
  await asOwner(page, panel)
  const office = await doorkeeper({ name: 'cf-access-client-secret', value: 'proxy-secret' })
  try {
    await page.goto(`${panel.url}/connections`)
    await expect(page.getByText('No server is connected')).toBeVisible()
    await page.getByRole('link', { name: 'Add a server' }).click()
    await page.getByRole('link', { name: /^(Pd )?PowerDNS/ }).click()

    const test = page.getByRole('button', { name: 'Test connection' })
    await expect(test).toBeDisabled()
    await expect(page.getByText('Give the address of the server.')).toBeVisible()
    await page.getByLabel('Name', { exact: true }).fill('office')
    await page.getByLabel('Address', { exact: true }).fill('dns.example')
    await page.getByLabel('API key', { exact: true }).fill('the-right-key')
    await expect(page.getByText('An address begins with https://')).toBeVisible()
    await page.getByLabel('Address', { exact: true }).fill(office.url)

    // Without the header the proxy lets nobody in.
    await test.click()
    await expect(page.getByRole('alert')).toContainText(/refuse|not|may/i)
    await page.getByText('Extra request headers').click()
    await page.getByRole('button', { name: 'Add a header' }).click()
    await page.getByLabel('Header 1', { exact: true }).fill('CF-Access-Client-Secret')
    await page.getByLabel('Value', { exact: true }).fill('proxy-secret')

    await page.getByLabel('API key', { exact: true }).fill('the-wrong-key')
    await page.getByRole('button', { name: 'Test again' }).click()
    await expect(page.getByRole('alert')).toContainText(/API key/i)
    await expect(page.getByRole('alert')).not.toContainText('the-wrong-key')

    await page.getByLabel('API key', { exact: true }).fill('the-right-key')
    await page.getByRole('button', { name: 'Test again' }).click()
    await expect(page.getByText(/4\.9\.2/)).toBeVisible()
    await page.getByRole('button', { name: 'Save connection' }).click()
    await expect(page).toHaveURL(/\/connections$/)
    const row = page.getByRole('main').getByRole('link', { name: /office/ })
    await expect(row).toContainText('Answers')

    await row.click()
    await expect(page.getByText('CF-Access-Client-Secret')).toBeVisible()
    const source = await page.content()
    expect(source).not.toContain('the-right-key')
    expect(source).not.toContain('proxy-secret')
    await expect(page.getByText('Nothing is changed yet.')).toBeVisible()
    await page.getByLabel('Name', { exact: true }).fill('head office')
    await page.getByRole('button', { name: 'Save connection' }).click()
    await expect(page).toHaveURL(/\/connections$/)

    await page
      .getByRole('main')
      .getByRole('link', { name: /head office/ })
      .click()
    await page.getByLabel('Address', { exact: true }).fill(`${office.url}/elsewhere`)
    await expect(page.getByText('Another address needs every secret again.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Save connection' })).toBeDisabled()
    await page.getByLabel('API key', { exact: true }).fill('the-right-key')
    await expect(page.getByRole('button', { name: 'Save connection' })).toBeEnabled()
    await page.getByLabel('Address', { exact: true }).fill(office.url)
    await page.getByLabel('API key', { exact: true }).fill('')

    await page.getByRole('button', { name: 'Remove connection…' }).click()
    const dialog = page.getByRole('alertdialog')
    await expect(dialog.getByRole('heading')).toHaveText('Remove connection head office?')
    await expect(dialog.getByRole('button', { name: 'Remove connection' })).toBeDisabled()
    await dialog.getByLabel('Type head office to confirm').fill('head office')
    await dialog.getByRole('button', { name: 'Remove connection' }).click()
    await expect(page.getByText('No server is connected')).toBeVisible()
  } finally {
    office.server.closeAllConnections()
    office.server.close()
  }
})

test('[C3] a hand-made request with a new address and the kept credential is refused too', async ({ page, panel }) => {
  await withSandbox(page, panel)
  const answer = await page.evaluate(async () => {
    const connections = (await (await fetch('/api/v1/connections')).json()) as { id: string }[]
    const response = await fetch(`/api/v1/connections/${connections[0]?.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: 'https://collector.example/' }),
    })
    return { status: response.status, problem: (await response.json()) as { type: string } }
  })
  expect(answer.status).toBe(422)
  expect(answer.problem.type).toBe('/problems/connection/credentials-needed')
})

test.describe('given by the operator', () => {
  const secret = 'operator-secret-of-the-office'
  test.use({
    environment: {
      CONNECTION_OFFICE: JSON.stringify({
        name: 'Office',
        provider: 'powerdns',
        url: 'http://127.0.0.1:9/',
        credentials: { apiKey: secret },
      }),
    },
  })

  test('[C11] a connection is marked, used, and neither shown nor changed', async ({ page, panel }) => {
    await setUp(page, panel)
    await expect(page.getByText('One server is connected by the operator')).toBeVisible()
    await page.goto(`${panel.url}/connections`)
    const row = page.getByRole('main').getByRole('link', { name: /Office/ })
    await expect(row).toContainText('Operator')
    await row.click()
    await expect(page.getByText('Given by the operator')).toBeVisible()
    await expect(page.getByRole('main').getByRole('textbox')).toHaveCount(0)
    await expect(page.getByRole('button', { name: /Save|Remove/ })).toHaveCount(0)
    await page.getByRole('button', { name: 'Test connection' }).click()
    await expect(page.getByText('The server could not be used')).toBeVisible({ timeout: 40_000 })
    expect(await page.content()).not.toContain(secret)
    const answers = await page.evaluate(async () => {
      const body = JSON.stringify({ name: 'mine' })
      const headers = { 'content-type': 'application/json' }
      const changed = await fetch('/api/v1/connections/op_office', { method: 'PATCH', headers, body })
      const removed = await fetch('/api/v1/connections/op_office', { method: 'DELETE' })
      return [changed.status, removed.status]
    })
    for (const status of answers) expect(status).toBeGreaterThanOrEqual(400)
  })
})
