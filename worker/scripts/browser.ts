import { existsSync } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { run } from './run.ts'

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** A real browser, not the small script that some distributions ship to fetch one as a snap. */
async function usable(path: string): Promise<boolean> {
  if (!existsSync(path)) return false
  const real = await realpath(path)
  if (real.endsWith('/snap')) return false
  const { size } = await stat(real)
  return !path.endsWith('chromium-browser') || size > 10_000
}

async function installed(): Promise<string | null> {
  for (const path of INSTALLED) if (await usable(path)) return path
  return null
}

/**
 * A Chromium for the browser tests: an installed one first, Debian's package when we may install it, otherwise
 * Playwright's own. Returns the path of its program, or null for Playwright's, which it finds by itself.
 */
export async function ensureBrowser(): Promise<string | null> {
  const found = process.env['CHROMIUM'] ?? (await installed())
  if (found !== null) return found
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    await run('apt-get', ['update', '-qq'])
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
    const debian = await installed()
    if (debian !== null) return debian
  }
  if ((await run('playwright', ['install', 'chromium'])) === 0) return null
  throw new Error('No Chromium is installed and none could be fetched. Set CHROMIUM to the path of one.')
}
