import type { BrowserContext, Locator, Page } from '@playwright/test'
import { elsewhere, filterElsewhere, zonePath } from './elsewhere.ts'
import { DESKTOP, inspect, PHONE } from './inspect.ts'
import { asOwner, expect, openSandbox, OWNER, type Panel, signIn, test, withSandbox } from './panel.ts'

test('before and at sign-in nothing is in the way of anyone', async ({ page, panel }) => {
  test.setTimeout(240_000)
  const look = (state: string) => inspect(page, state)

  await page.goto(`${panel.url}/sign-in`)
  await expect(page.getByRole('heading', { name: 'No owner yet' })).toBeVisible()
  await look('no owner yet')
  await page.goto(`${panel.url}/setup`)
  await expect(page.getByRole('heading', { name: 'Open the setup link' })).toBeVisible()
  await look('setup without the link')
  await page.goto(panel.setup)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Become the owner' })).toBeVisible()
  await look('setup')
  await page.getByRole('button', { name: 'Use a password instead' }).click()
  await page.getByRole('button', { name: 'Create the owner' }).click()
  await look('setup with errors')
  await page.getByLabel('Name', { exact: true }).fill(OWNER.name)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Create the owner' }).click()
  await expect(page).toHaveURL(/\/welcome$/)
  await look('welcome')
  await page.goto(`${panel.url}/zones`)
  await expect(page.getByText('No server is connected')).toBeVisible()
  await look('no zones')
  await page.goto(`${panel.url}/connections`)
  await look('no connections')
  await page.goto(`${panel.url}/history`)
  await look('no history')
  await page.context().clearCookies()
  await page.goto(`${panel.url}/sign-in`)
  await look('sign-in')
  await signIn(page, 'not the password')
  await expect(page.getByRole('alert')).toBeVisible()
  await look('sign-in refused')
})

test('no step of editing a zone is in the way of anyone', async ({ page, panel }) => {
  test.setTimeout(400_000)
  const look = (state: string) => inspect(page, state)
  const row = (name: RegExp) => page.getByRole('main').getByRole('button', { name }).first()
  const close = () => page.getByRole('button', { name: 'Close' }).last().click()

  await withSandbox(page, panel)
  await expect(page.getByText('Branch office has not answered yet')).toBeVisible()
  await look('zones')
  await page.goto(`${panel.url}/zones?q=nothing-like-it`)
  await expect(page.getByText('No zone fits these filters.')).toBeVisible()
  await look('zones without a match')

  const path = await zonePath(page, 'harbourpine.example')
  const zone = panel.url + path
  await page.goto(zone)
  await expect(row(/^MX/)).toBeVisible()
  await look('zone')
  await page.getByRole('button', { name: 'Search this zone' }).click()
  await page.getByRole('searchbox').fill('nothing-like-it')
  await expect(page.getByText('No record fits this filter.')).toBeVisible()
  await look('zone without a match')

  await page.goto(zone)
  await page.getByRole('button', { name: 'More' }).click()
  await look('menu of the zone')
  await page.getByRole('button', { name: 'Select several records' }).click()
  await page
    .getByRole('checkbox', { name: /^Select A / })
    .first()
    .check()
  await look('selecting')
  await page.getByRole('button', { name: 'Set TTL…' }).click()
  await look('selecting a TTL')
  await page.goto(zone)

  await row(/^MX/).click()
  await expect(page.getByRole('heading', { name: 'Edit MX' })).toBeVisible()
  await look('editor of an MX')
  await page.getByLabel('TTL', { exact: true }).fill('1 fortnight')
  await page.getByRole('button', { name: 'Add to draft' }).click()
  await look('editor with an error')
  await page.getByLabel('TTL', { exact: true }).fill('2 h')
  await page.getByRole('button', { name: 'Edit as text' }).first().click()
  await look('editor of text')
  await page.getByRole('button', { name: 'Add to draft' }).click()
  await expect(page.getByRole('button', { name: /^Review/ })).toBeVisible()
  await look('zone with a draft')
  await row(/^TXT/).click()
  await look('editor of a TXT')
  await page.getByRole('combobox', { name: 'Type' }).click()
  await look('list of types')
  await page.getByRole('button', { name: 'Delete TXT' }).click()

  await page.getByRole('button', { name: /^Review/ }).click()
  await expect(page.getByRole('button', { name: /^Apply/ })).toBeVisible()
  await expect(page.getByText('What happens')).toBeVisible()
  await look('review')
  await close()

  await elsewhere(page, path, { name: '@', type: 'MX', ttl: 7200 + 60 })
  await page.getByRole('button', { name: /^Review/ }).click()
  await expect(page.getByRole('button', { name: 'Compare and decide' })).toBeVisible()
  await look('review with a conflict')
  await page.getByRole('button', { name: 'Compare and decide' }).click()
  await look('conflict')
  await page.getByRole('radio', { name: /^Mine/ }).check()
  await page.getByRole('button', { name: 'Review again' }).click()
  const apply = page.getByRole('button', { name: /^Apply / })
  await expect(apply).toBeVisible()
  await expect(page.getByText('What happens')).toBeVisible()
  for (const box of await page.getByRole('checkbox', { name: /Apply anyway/ }).all()) await box.check()
  await apply.click()
  await expect(page.getByRole('heading', { name: /\d of \d verified/ })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Back to records' }).last()).toBeVisible()
  await look('result')
})

test('no other page is in the way of anyone', async ({ page, panel }) => {
  test.setTimeout(400_000)
  const look = (state: string) => inspect(page, state)
  await withSandbox(page, panel)
  const path = await zonePath(page, 'harbourpine.example')
  const zone = panel.url + path
  await elsewhere(page, path, { name: '@', type: 'MX', ttl: 7200 })

  await page.goto(`${zone}/history`)
  await expect(page.getByRole('main').getByRole('link', { name: /mara/ }).first()).toBeVisible()
  await look('history of the zone')
  await page.goto(`${panel.url}/history`)
  await page.getByRole('main').getByRole('link', { name: /mara/ }).first().click()
  await expect(page).toHaveURL(/\/history\/.+/)
  await look('entry of the history')
  await page.goto(`${zone}/import`)
  await page.getByLabel('Zone file', { exact: true }).fill('$TTL 1h\nnew IN A 192.0.2.99\nbad IN A 300.1.2.3\n')
  await expect(page.getByText('Correct the errors first')).toBeVisible()
  await look('import with an error')
  for (const [name, said] of [
    ['harbourpine.example', 'This zone is delegated'],
    ['old-shop.example', 'Signatures do not fit'],
    ['kids-club.example', 'Delegated elsewhere'],
    ['home.arpa', 'No registrar is involved'],
  ] as const) {
    await page.goto(`${panel.url}${await zonePath(page, name)}/delegation`)
    await expect(page.getByText(said, { exact: true })).toBeVisible()
    await look(`delegation of ${name}`)
  }
  const made = await zonePath(page, 'kids-club.example')
  await page.evaluate((key) => {
    localStorage.setItem('zonedeck.new-zones.1', JSON.stringify([key]))
  }, made.split('/').slice(2).join(' '))
  await page.goto(panel.url + made)
  await expect(page.getByText('Delegated elsewhere', { exact: true })).toBeVisible()
  await look('zone that was just made')
  await page.goto(`${panel.url}/zones/new?from=file`)
  await look('new zone')
  await page.goto(`${panel.url}/zones/none/none.example`)
  await look('zone that is not there')

  await page.goto(`${panel.url}/connections`)
  await expect(page.getByText('Does not answer')).toBeVisible({ timeout: 40_000 })
  await look('connections')
  await page.goto(`${panel.url}/connections/add`)
  await look('kinds of server')
  await page.goto(`${panel.url}/connections/add?provider=technitium`)
  await page.getByText('Extra request headers').click()
  await page.getByRole('button', { name: 'Add a header' }).click()
  await page.getByLabel('Address', { exact: true }).fill('http://dns.example')
  await look('connection form')
  await page.goto(`${panel.url}/connections`)
  await page.getByRole('main').getByRole('link', { name: /Home/ }).click()
  await page.getByRole('button', { name: 'Remove connection…' }).click()
  await look('removing a connection')
  await page.goto(`${panel.url}/connections`)
  await page
    .getByRole('main')
    .getByRole('link', { name: /Lantern Hosting/ })
    .click()
  await page.getByRole('link', { name: /^Accounts/ }).click()
  await expect(page.getByText('May see and change all accounts')).toBeVisible()
  await look('accounts of a server')
  await page.getByLabel('Look up an account').fill('fernandfox')
  await page.getByRole('button', { name: 'Look up' }).click()
  await expect(page.getByRole('link', { name: 'fernandfox.example' })).toBeVisible()
  await look('account')
  await page.getByRole('button', { name: 'Delete account…' }).click()
  await expect(page.getByText('What happens')).toBeVisible()
  await look('deleting an account')
  await page.goto(page.url().replace(/\/accounts\/.*/, '/new-account'))
  await page.getByRole('button', { name: 'Review new account' }).click()
  await look('new account with errors')
  await page.goto(`${panel.url}/settings`)
  await look('settings')
  await page.goto(`${panel.url}/more`)
  await look('more')
})

test('no page about people is in the way of anyone', async ({ page, panel }) => {
  test.setTimeout(300_000)
  const look = (state: string) => inspect(page, state)
  await withSandbox(page, panel, '/people/add')
  await page.getByRole('button', { name: 'Add and make the link' }).click()
  const home = page.getByRole('region', { name: 'Home', exact: true })
  await home.getByText('Single zones').click()
  const zones = home.getByRole('combobox', { name: 'Add a zone' })
  await zones.fill('iot')
  await home.getByRole('option', { name: 'iot.home.arpa' }).click()
  await zones.fill('not..a.name')
  await zones.press('Enter')
  await expect(page.getByText('has an empty label')).toBeVisible()
  await look('adding a person, with errors')
  await zones.fill('arpa')
  await expect(home.getByRole('option', { name: 'As typed' })).toBeVisible()
  await look('list of zones')
  await zones.press('Escape')
  await page.getByLabel('Name', { exact: true }).fill('A name that is as long as names can be here, sixty-four letters')
  await page.getByRole('button', { name: 'Add and make the link' }).click()
  const link = page.locator('[data-link]')
  await expect(link).toBeVisible()
  await look('the link')
  const invitation = await link.innerText()
  await page.goto(`${panel.url}/people`)
  await look('people')
  await page
    .getByRole('main')
    .getByRole('link', { name: /^A name/ })
    .click()
  await expect(page.getByRole('button', { name: 'New link' })).toBeVisible()
  await look('a person')
  await page.getByRole('button', { name: /^Remove A name/ }).click()
  await look('removing a person')
  await page.goto(`${panel.url}/invite`)
  await look('an invitation without its link')
  await page.goto(invitation)
  await page.getByRole('button', { name: 'Use a password instead' }).click()
  await page.getByRole('button', { name: 'Set the password and come in' }).click()
  await look('an invitation, with errors')
})

/** The page of the family's filter. */
async function filterPath(page: Page, panel: Panel): Promise<string> {
  await page.goto(`${panel.url}/filters`)
  const href = await page.getByRole('main').getByRole('link', { name: /Home/ }).getAttribute('href')
  if (href === null) throw new Error('The family has no filter.')
  return href
}

test('no page of a filter is in the way of anyone', async ({ page, panel }) => {
  test.setTimeout(300_000)
  const look = (state: string) => inspect(page, state)
  await asOwner(page, panel)
  await page.goto(`${panel.url}/filters`)
  await look('no filters')
  await page.goto(`${panel.url}/welcome`)
  await openSandbox(page)
  const path = await filterPath(page, panel)
  await look('filters')
  await page.goto(panel.url + path)
  await expect(page.getByRole('heading', { name: 'Worth a look' })).toBeVisible()
  await look('filter')
  await page.getByRole('button', { name: 'New profile' }).click()
  await page.getByRole('button', { name: 'Add to draft' }).click()
  await look('new profile with an error')
  await page.getByLabel('Name', { exact: true }).fill('Guests')
  await page.getByRole('button', { name: 'Add to draft' }).click()
  await expect(page).toHaveURL(/\/profiles\/Guests$/)
  await page.goto(`${panel.url}${path}/settings`)
  await page.getByRole('button', { name: 'Edit as text' }).click()
  await page.getByLabel('Configuration as text').fill('{"profiles": null}')
  await expect(page.getByText('the app wants')).toBeVisible()
  await look('settings of a filter, with an error')
  await page.getByRole('region', { name: 'Draft' }).getByRole('button', { name: 'Review' }).click()
  await expect(page.getByRole('button', { name: /^Apply \d/ })).toBeEnabled()
  await look('review of a filter')
  await page.getByRole('button', { name: /^Apply \d/ }).click()
  await expect(page.getByText('The app has taken it up')).toBeVisible()
  await look('result of a filter')
  await page.getByRole('link', { name: 'Undo…' }).click()
  await expect(page.getByRole('button', { name: 'Put back and review' })).toBeEnabled()
  await look('undo of a filter')
  await page.goto(`${panel.url}/history`)
  await page
    .getByRole('main')
    .getByRole('link', { name: /Guests/ })
    .click()
  await expect(page.getByRole('heading', { name: 'What was changed' })).toBeVisible()
  await look('a filter in the history')
})

test('no part of a profile is in the way of anyone', async ({ page, panel }) => {
  test.setTimeout(400_000)
  const look = (state: string) => inspect(page, state)
  const close = () => page.getByRole('button', { name: 'Close' }).last().click()
  await withSandbox(page, panel)
  const kids = `${panel.url}${await filterPath(page, panel)}/profiles/kids`
  await page.goto(kids)
  await expect(page.getByRole('heading', { name: 'From the base profile' })).toBeVisible()
  await look('profile')
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(page.getByRole('combobox', { name: 'Profile' })).toHaveValue('kids')
  await page.getByText('Until …').click()
  await look('pausing a profile')
  await page.getByRole('dialog').getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(page.getByText(/^Paused until/)).toBeVisible()
  await look('a paused profile')
  await page.getByRole('button', { name: 'End the pause' }).click()
  await expect(page.getByText('Leo’s phone')).toBeVisible()
  await page.getByRole('button', { name: 'Delete profile…' }).click()
  await look('deleting a profile')
  await page.goto(`${kids}/services`)
  await expect(page.getByRole('switch', { name: 'Block YouTube' })).toBeChecked()
  await look('services of a profile')
  await page.goto(`${kids}/lists`)
  await expect(page.getByText('Adult content').first()).toBeVisible()
  await look('lists of a profile')
  await page.goto(`${kids}/rules`)
  await expect(page.getByRole('button', { name: 'Line 3' })).toBeVisible()
  await look('rules of a profile')
  await page.getByRole('button', { name: 'Line 3' }).click()
  await look('a rule of a profile')
  await close()
  await page.getByRole('button', { name: 'Edit as text' }).click()
  await look('rules of a profile as text')
  await page.goto(`${kids}/allowed`)
  await expect(page.getByText('khanacademy.org').first()).toBeVisible()
  await look('allow list of a profile')
  await page.goto(`${kids}/patterns`)
  await expect(page.getByText('free-?').first()).toBeVisible()
  await look('patterns of a profile')
  await page.goto(`${kids}/rewrites`)
  await page.getByRole('button', { name: 'Set YouTube, strict…' }).click()
  await look('safe search of a profile')
  await close()
  await look('rewrites of a profile')
  await page.goto(`${kids.replace('kids', 'teens')}/hours`)
  await expect(page.getByRole('group', { name: /^Wednesday:/ })).toBeVisible()
  await look('hours of a profile')
  await page.getByRole('button', { name: 'Edit as times', exact: true }).click()
  await look('hours of a profile as times')
  await page.goto(kids.replace('kids', 'nobody'))
  await expect(page.getByText('There is no profile “nobody”')).toBeVisible()
  await look('profile that is not there')
})

test('neither clients nor lists, tests, tokens and pauses of a filter are in the way of anyone', async ({
  page,
  panel,
}) => {
  test.setTimeout(400_000)
  const look = (state: string) => inspect(page, state)
  const close = () => page.getByRole('button', { name: 'Close' }).last().click()
  await withSandbox(page, panel)
  const path = await filterPath(page, panel)
  const filter = panel.url + path
  await page.goto(`${filter}/clients`)
  await expect(page.getByRole('button', { name: /^Guest tablet/ })).toBeVisible()
  await look('clients')
  await page.getByRole('searchbox', { name: 'Find a client' }).fill('192.168.20.38')
  await expect(page.getByText('192.168.20.38 is Guest tablet')).toBeVisible()
  await look('client found by address')
  await page.getByRole('searchbox', { name: 'Find a client' }).fill('')
  await page.getByRole('button', { name: 'Add client' }).click()
  await page.getByRole('button', { name: 'Add to draft' }).click()
  await look('new client with an error')
  await page.goto(`${filter}/services`)
  await expect(page.getByText('Games from the cloud')).toBeVisible()
  await look('services of a filter')
  await page.getByRole('button', { name: 'Edit Games from the cloud' }).click()
  await look('a service of one’s own')
  await page.goto(`${filter}/lists`)
  await page.getByRole('button', { name: 'Check Ads and trackers' }).click()
  await expect(page.getByText(/There|Not known|No list/).first()).toBeVisible()
  await look('lists of a filter')
  await page.getByRole('button', { name: 'Edit Ads and trackers' }).click()
  await look('a list of a filter')
  await close()
  await page.getByRole('button', { name: 'Read lists again…' }).click()
  const again = page.getByRole('button', { name: 'Read lists again', exact: true })
  await expect(again).toBeEnabled()
  await look('reading lists again')
  await again.click()
  await expect(page.getByText('Whether each list has come')).toBeVisible()
  await look('lists were read again')

  await page.goto(`${filter}/test`)
  await expect(page.getByText('Write a name and choose who asks')).toBeVisible()
  await look('test of a name')
  await page.getByRole('button', { name: /Who asks/ }).click()
  await look('who asks')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Guest tablet/ })
    .click()
  await page.getByLabel('Name', { exact: true }).fill('www.youtube.com')
  await page.getByLabel('When').selectOption({ label: 'At a time' })
  await expect(page.getByText('Blocked by the service YouTube').first()).toBeVisible()
  await look('verdict on a name')
  await page.getByRole('button', { name: 'Allow for a time…' }).click()
  await look('allowing a name for a time')
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(page.getByText(/^Allowed by/).first()).toBeVisible()

  await page.goto(`${filter}/settings`)
  await page.getByRole('link', { name: /Tokens for scripts/ }).click()
  await page.getByLabel('Name', { exact: true }).fill('bedtime.sh')
  await page.getByRole('button', { name: 'Make a token' }).click()
  await expect(page.locator('[data-token]')).toBeVisible()
  await look('tokens for scripts')

  await page.goto(filter)
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await look('pausing a filter')
  await page.getByRole('dialog').getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(page.getByRole('button', { name: 'End the pause' })).toBeVisible()
  await expect(page.getByText('filter-off')).toBeHidden()
  await look('a paused filter')
  await page.getByRole('button', { name: 'End the pause' }).click()
  await expect(page.getByRole('switch', { name: 'This filter' })).toBeChecked()

  // Two people change one thing.
  await page.goto(`${filter}/settings`)
  await page.getByLabel('Default profile').selectOption('teens')
  await expect(page.getByRole('button', { name: 'Review' })).toBeVisible()
  await filterElsewhere(page, path, (text) => text.replace('"defaultProfile": "adults"', '"defaultProfile": "kids"'))
  await page.reload()
  await page.getByRole('link', { name: 'Compare and decide' }).click()
  await expect(page.getByRole('radio').first()).toBeVisible()
  await look('conflict of a filter')
})

/** Presses Tab until this has the focus: what a person without a pointer does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 200; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The keyboard does not reach ${target.toString()}`)
}

for (const size of [PHONE, DESKTOP]) {
  test(`a record is edited and applied with keys only, at ${size.width} px`, async ({ page, panel }) => {
    await page.setViewportSize(size)
    await withSandbox(page, panel)
    const main = page.getByRole('main')
    await tabTo(page, main.getByRole('link', { name: /^harbourpine\.example/ }))
    await page.keyboard.press('Enter')
    const row = main.getByRole('button', { name: /^A 192\.0\.2\.10/ }).first()
    await tabTo(page, row)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Edit A' })).toBeVisible()
    if (size === PHONE) {
      // The page behind is inert while the sheet is open, and the focus comes back to the row.
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await expect(row).toBeFocused()
      await page.keyboard.press('Enter')
    }
    await tabTo(page, page.getByLabel('TTL', { exact: true }))
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('10m')
    await tabTo(page, page.getByRole('button', { name: 'Add to draft' }))
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('button', { name: /^Review/ }))
    await page.keyboard.press('Enter')
    const apply = page.getByRole('button', { name: 'Apply 1 change' })
    await expect(apply).toBeEnabled()
    await tabTo(page, apply)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: '1 of 1 verified' })).toBeVisible()
  })
}

/** What moved on a page while it loaded, until every server has answered or is said not to; empty where nothing did. */
async function moved(context: BrowserContext, url: string): Promise<string[]> {
  await context.addInitScript(() => {
    const shifts: { value: number; what: string }[] = []
    Reflect.set(window, 'shifts', shifts)
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number
        hadRecentInput: boolean
        sources: { node: Node | null }[]
      })[]) {
        if (entry.hadRecentInput) continue
        const nodes = entry.sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 80) : ''))
        shifts.push({ value: entry.value, what: nodes.join(' | ') })
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const page = await context.newPage()
  await page.goto(url, { waitUntil: 'networkidle' })
  const shifts = await page.evaluate(() => Reflect.get(window, 'shifts') as { value: number; what: string }[])
  await context.close()
  const sum = shifts.reduce((total, { value }) => total + value, 0)
  return sum < 0.01 ? [] : [sum.toFixed(4), ...shifts.map(({ value, what }) => `  ${value.toFixed(4)} ${what}`)]
}

test('nothing moves while a page loads', async ({ page, panel, browser }) => {
  test.setTimeout(400_000)
  await withSandbox(page, panel)
  const path = await zonePath(page, 'harbourpine.example')
  const filter = await filterPath(page, panel)
  const storageState = await page.context().storageState()
  const places = [
    '/sign-in',
    '/zones',
    path,
    `${path}/delegation`,
    '/filters',
    filter,
    ...['/clients', '/services', '/test', '/settings', '/settings/scripts'].map((below) => filter + below),
    ...['', '/services', '/rewrites'].map((below) => `${filter}/profiles/kids${below}`),
    `${filter}/profiles/teens/hours`,
    '/connections',
    '/people',
    '/settings',
    '/history',
  ]
  for (const at of places) {
    const found = [PHONE, DESKTOP].map(async (viewport) => {
      const context = await browser.newContext({ viewport, ...(at === '/sign-in' ? {} : { storageState }) })
      return [viewport.width, await moved(context, panel.url + at)] as const
    })
    for (const [width, what] of await Promise.all(found)) {
      expect.soft(what, `${at}, ${width} px`).toEqual([])
    }
  }
})
