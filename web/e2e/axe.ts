import type { Page } from '@playwright/test'
import axe from 'axe-core'

/** WCAG 2.2 up to AA; `best` is all that axe knows besides. */
const WCAG = { type: 'tag' as const, values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
const COLOURS = { type: 'rule' as const, values: ['color-contrast', 'link-in-text-block'] }
const RULES = { wcag: WCAG, colours: COLOURS, best: undefined }

/**
 * What axe finds wrong with a page as it is now, a line for each rule. Nothing moves meanwhile: a colour that fades in
 * is no contrast yet. A document is given axe once, however often it is looked at; no page has frames.
 */
export async function violations(page: Page, rules: keyof typeof RULES): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const runOnly = RULES[rules]
  return page.evaluate(
    async (options) => {
      const inPage = Reflect.get(window, 'axe') as typeof axe
      const found = await inPage.run(document, { ...options, resultTypes: ['violations'], iframes: false })
      return found.violations.map(({ id, help, nodes }) => {
        const where = nodes.slice(0, 3).map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`)
        return [`${id} (${help})`, ...where].join('\n  ')
      })
    },
    runOnly === undefined ? {} : { runOnly },
  )
}

/** In the light and in the dark theme, which changes nothing but colours. */
export async function violationsInBothThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await violations(page, 'wcag')
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await violations(page, 'colours')
  return [...light.map((line) => `light: ${line}`), ...dark.map((line) => `dark: ${line}`)]
}
