import type { Page } from '@playwright/test'
import { violationsInBothThemes } from './axe.ts'
import { expect } from './panel.ts'

export const PHONE = { width: 390, height: 844 }
export const DESKTOP = { width: 1280, height: 900 }

/** Looks at a state of a page in both themes and at both widths, and at whether it scrolls sideways at 320 px. */
export async function inspect(page: Page, state: string): Promise<void> {
  const troubles: string[] = []
  for (const size of [PHONE, DESKTOP]) {
    await page.setViewportSize(size)
    for (const line of await violationsInBothThemes(page)) troubles.push(`${size.width} px, ${line}`)
  }
  await page.setViewportSize({ width: 320, height: 640 })
  const wide = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('dialog, dialog [tabindex="0"]')]
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => `${element.tagName} ${element.scrollWidth} of ${element.clientWidth}`),
  )
  if (wide.length > 0) troubles.push(`320 px: scrolls sideways (${wide.join(', ')})`)
  // The other states are looked at all the same.
  expect.soft(troubles.join('\n'), state).toBe('')
  await page.setViewportSize(PHONE)
}
