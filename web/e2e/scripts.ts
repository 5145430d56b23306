import { gzipSync } from 'node:zlib'
import type { Page, Response } from '@playwright/test'

/** Everything of JavaScript that the browser really fetched, until it is asked for: kB of 1000 bytes, gzipped. */
export function scripts(page: Page): () => Promise<number> {
  const sizes = new Map<string, Promise<number>>()
  const weigh = (response: Response) => {
    if (response.request().resourceType() !== 'script' && !response.url().endsWith('.js')) return
    sizes.set(
      response.url(),
      response.body().then((body) => gzipSync(body, { level: 9 }).length),
    )
  }
  page.on('response', weigh)
  return async () => {
    // What comes later has no body any more once its page is closed.
    page.off('response', weigh)
    return (await Promise.all(sizes.values())).reduce((sum, bytes) => sum + bytes, 0) / 1000
  }
}
