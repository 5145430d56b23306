import { simulate } from '../../worker/src/providers/technitium/simulator.ts'
import { asOwner, expect, signIn, test } from './panel.ts'
import { serve } from './serve.ts'

const TOKEN = 'c0ffee'.repeat(10)
const CONFIG = `{
  "enableBlocking": true,
  "profiles": { "kids": { "customRules": ["bad.test"], "future": 1.50 } },
  "clients": [{ "name": "Tablet", "ids": ["192.168.1.20"], "profile": "kids" }],
  "_kept": {"by": "another tool"}
}`

test('a filter is edited in a draft, reviewed, saved and put back, and two people lose nothing', async ({
  page,
  panel,
  browser,
}) => {
  test.setTimeout(180_000)
  const simulator = simulate({
    version: '15.2',
    admin: { password: 'not used', token: TOKEN },
    filter: { name: 'Family', config: CONFIG },
  })
  const server = await serve((request) => simulator.fetch(request))
  await asOwner(page, panel)
  await page.goto(`${panel.url}/connections/add?provider=technitium`)
  await page.getByLabel('Name', { exact: true }).fill('Home')
  await page.getByLabel('Address', { exact: true }).fill(server.url)
  await page.getByLabel('API token', { exact: true }).fill(TOKEN)
  await page.getByRole('button', { name: 'Test', exact: false }).click()
  await page.getByRole('button', { name: 'Save connection' }).click()
  await expect(page).toHaveURL(/\/(zones|connections)$/)

  // The only filter opens at once.
  await page.getByRole('link', { name: 'Filter', exact: true }).first().click()
  await expect(page).toHaveURL(/\/filters\/con_/)
  const overview = page.url()
  const main = page.getByRole('main')
  await expect(main.getByText('Every device without an entry')).toBeVisible()

  await page.getByRole('button', { name: 'New profile' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Kids')
  await page.getByRole('button', { name: 'Add to draft' }).click()
  await expect(page.getByText('differ in case alone')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('small ones')
  await page.getByLabel('For every device that has no entry of its own').check()
  await page.getByRole('button', { name: 'Add to draft' }).click()
  await expect(page).toHaveURL(/\/profiles\/small%20ones$/)

  // The draft stays over a reload, and a step back takes back one edit.
  await page.goto(overview)
  await page.getByRole('switch', { name: 'This filter' }).click()
  const tray = page.getByRole('region', { name: 'Draft' })
  await expect(main.getByText('Switched off').first()).toBeVisible()
  await tray.getByRole('button', { name: 'Undo the last edit' }).click()
  await expect(main.getByText('Filtering now').first()).toBeVisible()
  await page.reload()
  await expect(main.getByText('Every device without an entry', { exact: true })).toHaveCount(0)

  await tray.getByRole('button', { name: 'Review' }).click()
  await expect(page.getByText('Profile “small ones”', { exact: true })).toBeVisible()
  await expect(page.getByText('One save is one write', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: /^Apply \d+ changes$/ }).click()
  await expect(page.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible()
  await expect(page.getByText('The app has taken it up')).toBeVisible()
  const saved = await read()
  expect(saved).toContain('"future": 1.50')
  expect(saved).toContain('"_kept": {"by": "another tool"}')
  expect(saved).toContain('"defaultProfile": "small ones"')

  // Someone else saves another profile meanwhile: both stand.
  await page.goto(`${overview}/settings`)
  await page.getByLabel('Base profile').selectOption('kids')
  await expect(tray).toBeVisible()
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const other = await context.newPage()
  await other.goto(`${panel.url}/sign-in`)
  await signIn(other)
  await expect(other).not.toHaveURL(/sign-in/)
  await other.goto(`${overview}/settings`)
  await other.getByRole('switch', { name: 'Answers tell why' }).click()
  await other.getByRole('button', { name: 'Review' }).click()
  await other.getByRole('button', { name: 'Apply 1 change' }).click()
  await expect(other.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible()

  await tray.getByRole('button', { name: 'Review' }).click()
  await expect(page.getByText('Someone else saved meanwhile')).toBeVisible()
  await page.getByRole('button', { name: 'Apply 1 change' }).click()
  await expect(page.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible()
  expect(await read()).toContain('"allowTxtBlockingReport": true')
  expect(await read()).toContain('"baseProfile": "kids"')
  const undo = page.url()

  // Both change one thing: both versions are shown, and nothing is written until one is chosen.
  await page.goto(`${overview}/settings`)
  await page.getByLabel('Default profile').selectOption('kids')
  await other.goto(`${overview}/settings`)
  await other.getByLabel('Default profile').selectOption({ label: 'None' })
  await other.getByRole('button', { name: 'Review' }).click()
  await other.getByRole('button', { name: 'Apply 1 change' }).click()
  await expect(other.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible()
  await context.close()
  await tray.getByRole('button', { name: 'Review' }).click()
  await expect(page).toHaveURL(/\/conflict$/)
  await expect(page.getByRole('heading', { name: 'The default profile' })).toBeVisible()
  expect(await read()).toContain('"defaultProfile": null')
  await page.getByRole('radio', { name: 'Yours' }).check()
  await page.getByRole('button', { name: 'Review again' }).click()
  await page.getByRole('button', { name: 'Apply 1 change' }).click()
  await expect(page.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible()
  expect(await read()).toContain('"defaultProfile": "kids"')

  // What was saved before that is put back, and what came later stays.
  await page.goto(undo)
  await page.getByRole('link', { name: 'Undo…' }).click()
  await page.getByRole('button', { name: 'Put back and review' }).click()
  await page.getByRole('button', { name: 'Apply 1 change' }).click()
  await expect(page.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible()
  const last = await read()
  expect(last).not.toContain('"baseProfile": "kids"')
  expect(last).toContain('"defaultProfile": "kids"')
  expect(last).toContain('"allowTxtBlockingReport": true')

  await page.goto(`${panel.url}/history`)
  await page
    .getByRole('link', { name: /Change settings/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'What was changed' })).toBeVisible()

  // Whom nothing would filter any more is a danger: it is accepted before anything is sent.
  await page.goto(`${overview}/profiles/kids`)
  await page.getByRole('button', { name: 'Delete profile…' }).click()
  await page.getByRole('button', { name: 'Delete in the draft' }).click()
  await tray.getByRole('button', { name: 'Review' }).click()
  const send = page.getByRole('button', { name: /^Apply \d+ changes?$/ })
  await expect(page.getByText(/dangers? left to accept/)).toBeVisible()
  await expect(send).toBeDisabled()
  for (const box of await page.getByRole('checkbox', { name: /Apply anyway/ }).all()) await box.check()
  await send.click()
  await expect(page.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible()
  server.close()

  async function read(): Promise<string> {
    const answer = await simulator.fetch(new Request(`http://127.0.0.1/api/apps/config/get?name=Family&token=${TOKEN}`))
    const { response } = (await answer.json()) as { response: { config: string } }
    return response.config
  }
})
