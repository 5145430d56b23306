import type { Page } from '@playwright/test'
import { violationsInBothThemes } from './axe.ts'
import { DESKTOP, PHONE } from './inspect.ts'
import { asOwner, expect, test, withSandbox } from './panel.ts'
import { watchShifts } from './shifts.ts'

test.use({ hasTouch: true })

const tiles = (page: Page) => page.getByRole('main').locator('dl').first()

test('the dashboard from a phone: a range, a point in time by keys and by finger, the table, one server', async ({
  page,
  panel,
}) => {
  test.setTimeout(120_000)
  await withSandbox(page, panel)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Stats' }).click()
  await expect(page.getByRole('heading', { name: 'Statistics' })).toBeVisible()
  await expect(tiles(page)).toContainText('Queries')
  await expect(page.getByText(/Branch office (has not answered yet|does not answer)/)).toBeVisible()
  await expect(page.locator('canvas')).toBeVisible()
  expect.soft(await violationsInBothThemes(page), 'all servers').toEqual([])

  await page.getByRole('link', { name: 'Harbour & Pine PowerDNS' }).click()
  await page.getByRole('navigation', { name: 'Range' }).getByRole('link', { name: 'Week' }).click()
  await expect(page).toHaveURL(/server=.*range=week/)
  await expect(page.getByRole('heading', { name: 'Queries per hour' })).toBeVisible()
  await expect(page.getByText(', up to the last full hour')).toBeVisible()

  // What keys and a finger find stands in the table, too.
  const slider = page.getByRole('slider', { name: /Queries per hour/ })
  await slider.focus()
  await slider.press('Home')
  // The panel was not always there: an hour may be a gap.
  const cache = /From cache ([\d,]*\d)/
  let first = await slider.getAttribute('aria-valuetext')
  for (let presses = 0; presses < 24 && !cache.test(first ?? ''); presses++) {
    await slider.press('ArrowRight')
    first = await slider.getAttribute('aria-valuetext')
  }
  const cached = cache.exec(first ?? '')?.[1] ?? 'nothing'
  await page.getByText('Show as table').click()
  const rows = page.getByRole('region', { name: /as a table/ }).getByRole('row')
  await expect(rows).toHaveCount(7 * 24 + 1)
  await expect(rows.filter({ hasText: cached }).first()).toBeVisible()
  await slider.press('ArrowRight')
  expect(await slider.getAttribute('aria-valuetext')).not.toBe(first)
  await slider.press('Escape')
  const box = await slider.boundingBox()
  if (box === null) throw new Error('The chart has no place.')
  await page.touchscreen.tap(box.x + box.width / 2, box.y + 60)
  await expect(page.locator('.u-cursor-x')).toBeVisible()
  await expect(slider).toHaveAttribute('aria-valuetext', /From cache [\d,]+|not counted/)
  expect.soft(await violationsInBothThemes(page), 'one server, with its table').toEqual([])

  await expect(page.getByRole('link', { name: 'Share' })).toHaveAttribute(
    'href',
    /^\/shares\/new\?connections=[^&]+&range=week$/,
  )
  await page.setViewportSize({ width: 320, height: 640 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  await page.setViewportSize(DESKTOP)
  expect.soft(await violationsInBothThemes(page), 'on a desktop').toEqual([])
})

test('a range of one’s own says what is wrong with it, and is kept in the address', async ({ page, panel }) => {
  await withSandbox(page, panel, '/statistics')
  await expect(tiles(page)).toContainText('Queries')
  await page.getByRole('link', { name: 'From – to' }).click()
  const [from, to] = [page.getByLabel('From', { exact: true }), page.getByLabel('To', { exact: true })]
  const end = await to.inputValue()
  await to.fill(await from.inputValue())
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(page.getByText('A range ends after it begins.')).toBeVisible()
  await to.fill(end)
  // Not today: that has no hours yet when it has just begun.
  const before = `${new Date(Date.parse(`${end.slice(0, 10)}T00:00Z`) - 86_400_000).toISOString().slice(0, 10)}T00:00`
  await from.fill(before)
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(page).toHaveURL(/range=custom&from=.*&to=/)
  await expect(tiles(page)).toContainText('Queries')
  await page.reload()
  await expect(from).toHaveValue(before)
  await expect(tiles(page)).toContainText('Queries')
})

test('who asks for what: a list is searched, and leads to the filter', async ({ page, panel }) => {
  await withSandbox(page, panel, '/statistics')
  await page.getByRole('button', { name: 'All blocked domains' }).click()
  const sheet = page.getByRole('dialog', { name: 'Blocked domains' })
  const name = (await sheet.getByRole('listitem').first().getByRole('button').getAttribute('title')) ?? ''
  await sheet.getByRole('searchbox').fill('no-such-thing')
  await expect(sheet.getByText('Nothing here fits.')).toBeVisible()
  await sheet.getByRole('searchbox').fill(name)
  expect.soft(await violationsInBothThemes(page), 'a list with a search').toEqual([])
  await sheet.getByRole('button', { name, exact: true }).click()
  const entry = page.getByRole('dialog', { name: 'Domain', exact: true })
  await entry.getByLabel('Who asks').selectOption({ index: 1 })
  expect.soft(await violationsInBothThemes(page), 'one name').toEqual([])
  await expect(entry.getByRole('link', { name: /Test, block or allow/ })).toHaveAttribute(
    'href',
    new RegExp(`^/filters/[^/]+/test\\?client=[^&]+&name=${name.replaceAll('.', '\\.')}$`),
  )
})

test('nothing moves, whoever answers late or never', async ({ page, panel }) => {
  test.setTimeout(120_000)
  await withSandbox(page, panel)
  for (const viewport of [PHONE, DESKTOP]) {
    await page.setViewportSize(viewport)
    const shifts = await watchShifts(page)
    await page.goto(`${panel.url}/statistics`)
    await expect(page.getByText('Branch office does not answer')).toBeVisible({ timeout: 45_000 })
    const { sum, what } = await shifts()
    expect(sum, `${viewport.width} px: ${what.join('\n')}`).toBeLessThan(0.01)
  }
})

test('without a server that counts it says so', async ({ page, panel }) => {
  await asOwner(page, panel)
  await page.goto(`${panel.url}/statistics`)
  await expect(page.getByRole('heading', { name: 'No server here counts queries' })).toBeVisible()
  expect.soft(await violationsInBothThemes(page), 'no server').toEqual([])
})
