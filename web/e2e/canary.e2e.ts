import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Response } from '@playwright/test'
import { expect, openSandbox, OWNER, setUp, test } from './panel.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const GIVEN = 'canary/given+by=the&operator'
const TYPED = 'canary/typed+into=the&form'

async function files(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** A secret as it is, and as it could be carried: base64, base64url, hex, in a URL, in JSON. */
function guises(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [
    secret,
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ]
}

test.use({
  asCommand: true,
  environment: {
    CONNECTION_OFFICE: JSON.stringify({
      name: 'Office',
      provider: 'technitium',
      url: 'http://127.0.0.1:9/',
      credentials: { token: GIVEN },
    }),
  },
})

test('[C2] no secret is in an answer, a log, the database or what was built', async ({ page, panel }) => {
  const seen: [where: string, text: string][] = []
  const reading: Promise<void>[] = []
  const read = (response: Response) => {
    reading.push(
      (async () => {
        const body = await response.body().catch(() => Buffer.alloc(0))
        const headers = JSON.stringify(await response.allHeaders())
        seen.push([`answer of ${response.url()}`, headers + body.toString('latin1')])
      })(),
    )
  }
  page.on('response', read)

  await setUp(page, panel)
  await openSandbox(page)
  await page.goto(`${panel.url}/connections/add`)
  await page.getByRole('link', { name: /^(Pd )?PowerDNS PowerDNS/ }).click()
  await page.getByLabel('Name', { exact: true }).fill('Typed')
  await page.getByLabel('Address', { exact: true }).fill('http://127.0.0.1:9/')
  await page.getByLabel('API key', { exact: true }).fill(TYPED)
  await page.getByRole('button', { name: 'Test', exact: false }).click()
  await page.getByRole('button', { name: 'Save anyway' }).click()
  await expect(page).toHaveURL(/\/connections$/)
  await page.goto(`${panel.url}/zones`)
  await expect(page.getByRole('link', { name: /harbourpine\.example/ }).first()).toBeVisible()
  await page.goto(`${panel.url}/history`, { waitUntil: 'networkidle' })
  page.off('response', read)
  await Promise.all(reading)

  // What start made and what the worker holds; the folder itself is only for its owner.
  const made = JSON.parse(await readFile(join(panel.state, 'secrets.json'), 'utf8')) as Record<string, string>
  const secrets = [GIVEN, TYPED, OWNER.password, ...Object.values(made).filter((value) => value.length > 20)]
  expect(secrets.length).toBe(7)

  for (const folder of [join(panel.state, 'v3'), at('../build'), at('../../worker/.out')]) {
    for (const file of await files(folder)) seen.push([file, await readFile(file, 'latin1')])
  }
  seen.push(['the log', await readFile(join(panel.state, 'worker.log'), 'latin1')])
  expect(seen.length).toBeGreaterThan(100)

  const leaks = seen.flatMap(([where, text]) =>
    secrets.flatMap((secret, index) =>
      guises(secret).some((guise) => text.includes(guise)) ? `${where}: ${index}` : [],
    ),
  )
  expect(leaks).toEqual([])
})
