import type { Page } from '@playwright/test'
import { violations } from './axe.ts'
import { expect, type Panel, test, withSandbox } from './panel.ts'

/** Opens a profile of the sandbox's family. */
async function openProfile(page: Page, panel: Panel, profile: string): Promise<string> {
  await withSandbox(page, panel, '/filters')
  await page.getByRole('link', { name: /Home/ }).click()
  await expect(page).toHaveURL(/\/filters\/[^/?]+$/)
  const path = `${page.url()}/profiles/${profile}`
  await page.goto(path)
  await expect(page.getByRole('heading', { name: profile, level: 1 })).toBeVisible()
  return path
}

/** Draws along a day's lane, from one hour to another. */
async function draw(page: Page, day: string, from: number, to: number): Promise<void> {
  const box = await page.getByRole('group', { name: new RegExp(`^${day}:`) }).boundingBox()
  if (box === null) throw new Error(`There is no lane of ${day}.`)
  const x = (hour: number) => box.x + (box.width * hour) / 24
  await page.mouse.move(x(from) + 1, box.y + 15)
  await page.mouse.down()
  await page.mouse.move(x((from + to) / 2), box.y + 18, { steps: 4 })
  await page.mouse.move(x(to) - 1, box.y + 15, { steps: 4 })
  await page.mouse.up()
}

const hours = (page: Page, day: string) => page.getByRole('group', { name: new RegExp(`^${day}:`) })

test('a parent blocks YouTube and TikTok on school nights from a phone', async ({ page, panel }) => {
  test.setTimeout(120_000)
  const path = await openProfile(page, panel, 'adults')

  await page
    .getByRole('link', { name: /^Services/ })
    .last()
    .click()
  await page.getByRole('searchbox', { name: 'Find a service' }).fill('youtu.be')
  await page.getByRole('switch', { name: 'Block YouTube' }).click()
  await page.getByRole('searchbox', { name: 'Find a service' }).fill('tiktok')
  await page.getByRole('switch', { name: 'Block TikTok' }).click()
  await expect(page.getByRole('switch', { name: 'Block TikTok' })).toBeChecked()
  await expect(page.getByText('2 of 73 blocked')).toBeVisible()
  expect(await violations(page, 'best')).toEqual([])

  // The first hours of a day are all it has; other days stay filtered all day, and the page says so.
  await page.getByRole('link', { name: 'Hours' }).click()
  await expect(hours(page, 'Monday')).toHaveAccessibleName(/no hours set, filters all day/)
  await draw(page, 'Monday', 21, 24)
  await expect(hours(page, 'Monday')).toHaveAccessibleName('Monday: 21:00–24:00. Really filters: 21:00–24:00')
  await draw(page, 'Monday', 0, 7)
  await expect(hours(page, 'Monday')).toHaveAccessibleName(
    'Monday: 00:00–07:00, 21:00–24:00. Really filters: 00:00–07:00, 21:00–24:00',
  )
  await expect(page.getByText(/Tuesday, .* and Sunday are filtered all day/)).toBeVisible()
  await page.getByRole('button', { name: 'Make these 6 days free' }).click()
  await expect(hours(page, 'Saturday')).toHaveAccessibleName('Saturday: free all day. Really filters: never')
  expect(await violations(page, 'best')).toEqual([])

  // The ends of a bar are pulled by the keyboard as well.
  await page.getByRole('button', { name: 'Monday 21:00–24:00', exact: true }).press('Enter')
  await page.getByRole('button', { name: 'Monday 00:00–07:00', exact: true }).press('Enter')
  await page.getByRole('slider', { name: 'End on Monday' }).press('ArrowLeft')
  await expect(hours(page, 'Monday')).toHaveAccessibleName(/^Monday: 00:00–06:45/)
  await page.getByRole('slider', { name: 'End on Monday' }).press('ArrowRight')
  expect(await violations(page, 'best')).toEqual([])

  // Nights are given as times, and their mornings are kept on the next day.
  await page.getByRole('button', { name: 'Edit as times', exact: true }).click()
  const form = page.getByRole('dialog')
  await expect(form.getByText('Ends on the next morning')).toBeVisible()
  await form.getByRole('button', { name: 'Add these hours' }).click()
  await expect(form.getByRole('status')).toContainText('Added: Sunday, Monday')
  expect(await violations(page, 'best')).toEqual([])
  await form.getByRole('button', { name: 'Done' }).click()
  await expect(hours(page, 'Friday')).toHaveAccessibleName('Friday: 00:00–07:00. Really filters: 00:00–07:00')
  await expect(hours(page, 'Sunday')).toHaveAccessibleName('Sunday: 21:00–24:00. Really filters: 21:00–24:00')
  await expect(page.getByRole('button', { name: 'School nights 21:00–07:00' })).toHaveAttribute('aria-pressed', 'true')

  // A free stroke cuts a hole, and a day can be set by itself.
  await page.getByRole('radio', { name: 'Paint free' }).check()
  await draw(page, 'Wednesday', 22, 23)
  await expect(hours(page, 'Wednesday')).toHaveAccessibleName(/21:00–22:00, 23:00–24:00\. Really/)
  await page.getByRole('button', { name: /^Wed\s?: edit as times/ }).click()
  await form.getByLabel('Wednesday', { exact: true }).selectOption('Filters all day')
  await form.getByRole('button', { name: 'Done' }).click()
  await expect(hours(page, 'Wednesday')).toHaveAccessibleName('Wednesday: 00:00–24:00. Really filters: 00:00–24:00')

  // All of it is in the draft, also after the page is loaded anew.
  await page.goto(`${path}/hours`)
  await expect(hours(page, 'Wednesday')).toHaveAccessibleName('Wednesday: 00:00–24:00. Really filters: 00:00–24:00')
  await expect(page.getByRole('button', { name: 'Review' })).toBeVisible()
})

test('a finger that scrolls the page paints nothing', async ({ browser, panel }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const page = await context.newPage()
  await openProfile(page, panel, 'adults')
  await page.getByRole('link', { name: 'Hours' }).click()
  const box = await hours(page, 'Friday').boundingBox()
  if (box === null) throw new Error('There is no lane.')
  const devtools = await context.newCDPSession(page)
  const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number, y: number) => {
    await devtools.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] })
  }
  const x = box.x + 120
  await touch('touchStart', x, box.y + 20)
  for (let by = 10; by <= 200; by += 10) await touch('touchMove', x + by / 20, box.y + 20 - by)
  await touch('touchEnd', x, box.y - 180)
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(50)
  await expect(hours(page, 'Friday')).toHaveAccessibleName(/no hours set/)

  // Along the lane the same finger paints, and the page stays.
  const there = await hours(page, 'Friday').boundingBox()
  if (there === null) throw new Error('There is no lane.')
  const before = await page.evaluate(() => window.scrollY)
  await touch('touchStart', there.x + 100, there.y + 20)
  for (let by = 10; by <= 100; by += 10) await touch('touchMove', there.x + 100 + by, there.y + 20 + by / 10)
  await touch('touchEnd', there.x + 200, there.y + 30)
  await expect(hours(page, 'Friday')).not.toHaveAccessibleName(/no hours set/)
  expect(await page.evaluate(() => window.scrollY)).toBe(before)
  await context.close()
})

test('lines, rewrites and the profile itself are edited, with what is wrong beside them', async ({ page, panel }) => {
  test.setTimeout(120_000)
  const path = await openProfile(page, panel, 'kids')
  expect(await violations(page, 'best')).toEqual([])

  await page.goto(`${path}/rules`)
  await expect(page.getByText(/“\*\.poki\.com” .* never matches/)).toBeVisible()
  await page.getByRole('button', { name: 'Write “poki.com”' }).click()
  await expect(page.getByRole('button', { name: 'Line 3 poki.com' })).toBeVisible()
  await page.getByLabel('Add rules').fill('ads.one.example\n@@ok.one.example')
  await page.getByRole('button', { name: 'Add 2 rules' }).click()
  await expect(page.getByRole('button', { name: 'Line 7 @@ok.one.example' })).toBeVisible()
  expect(await violations(page, 'best')).toEqual([])
  await page.getByRole('button', { name: 'Edit as text' }).click()
  const text = page.getByRole('textbox', { name: 'Rules' })
  await expect(text).toHaveValue(/^# Asked for a hundred times a day\n.*\nads\.one\.example\n@@ok\.one\.example$/s)
  await text.press('Control+End')
  await text.pressSequentially('\nhttps://bad.example/x')
  await expect(page.getByText(/“https:\/\/bad\.example\/x” .* never matches/)).toBeVisible()
  await page.getByRole('button', { name: 'Write “bad.example”' }).click()
  await expect(text).toHaveValue(/\nbad\.example$/)
  expect(await violations(page, 'best')).toEqual([])

  await page.goto(`${path}/rewrites`)
  await expect(page.getByText('duckduckgo.com goes in a circle')).toBeVisible()
  await page.getByRole('button', { name: 'Set YouTube, strict…' }).click()
  await page.getByRole('radio', { name: 'A host name' }).check()
  await expect(page.getByText('Some devices will find nothing')).toBeVisible()
  await page.getByRole('radio', { name: 'An address' }).check()
  expect(await violations(page, 'best')).toEqual([])
  await page.getByRole('button', { name: 'Add 5 rewrites to draft' }).click()
  await expect(page.getByRole('button', { name: /www\.youtube\.com → 216\.239\.38\.120/ })).toBeVisible()
  expect(await violations(page, 'best')).toEqual([])

  await page.goto(path)
  await page.getByRole('button', { name: 'Rename…' }).click()
  await page.getByLabel('Name', { exact: true }).fill('ADULTS')
  await page.getByRole('button', { name: 'Rename in the draft' }).click()
  await expect(page.getByText(/“adults” differs by case alone/)).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('Leo')
  await page.getByRole('button', { name: 'Rename in the draft' }).click()
  await expect(page.getByRole('heading', { name: 'Leo', level: 1 })).toBeVisible()
  await expect(page.getByText('Guest tablet')).toBeVisible()
  await page.getByRole('button', { name: 'Delete profile…' }).click()
  await expect(page.getByText(/Its 3 clients will not be filtered at all/)).toBeVisible()
  expect(await violations(page, 'best')).toEqual([])
  await page.getByLabel('In its place').selectOption('teens')
  await page.getByRole('button', { name: 'Delete in the draft' }).click()
  await expect(page).toHaveURL(/\/filters\/[^/]+$/)
})
