/**
 * Size budgets of pages: all JavaScript that a page loads before it is of use, gzipped. Read from the build's manifest:
 * the entry, the layouts and the page with everything they import; what is imported on demand is not counted.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { WEB } from './paths.ts'

interface Chunk {
  file: string
  imports?: string[]
  isEntry?: boolean
  src?: string
}

/** kB = 1000 bytes. An empty app is 32 kB. */
const BUDGETS: { page: string; kB: number; routes: string[] }[] = [
  { page: 'sign-in', kB: 50, routes: ['/', '/sign-in'] },
  { page: 'zone list', kB: 80, routes: ['/', '/(panel)', '/(panel)/zones'] },
]

const client = join(WEB, '.svelte-kit/output/client')
/** What Kit makes of the routes for the build, relative to the web folder as in the manifest's keys. */
const GENERATED = '.svelte-kit/generated/build/client-optimized'

/** Which of the manifest's generated `nodes/N.js` belong to these routes: layouts of all, and the page of the last. */
async function nodes(routes: readonly string[]): Promise<string[]> {
  const generated = join(WEB, GENERATED)
  const app = await readFile(join(generated, 'app.js'), 'utf8')
  const count = [...app.matchAll(/import\('\.\/nodes\/(\d+)(?:\.js)?'\)/g)].length
  const wanted: string[] = []
  for (let index = 0; index < count; index++) {
    const source = await readFile(join(generated, `nodes/${index}.js`), 'utf8')
    const last = routes.at(-1) ?? '/'
    const belongs =
      // The error page beside a layout comes with it.
      routes.some((route) =>
        ['layout', 'error'].some((kind) => source.includes(`/routes${route === '/' ? '' : route}/+${kind}.`)),
      ) || source.includes(`/routes${last}/+page.`)
    if (belongs) wanted.push(`${GENERATED}/nodes/${index}.js`)
  }
  // A budget that measures nothing would always hold.
  if (wanted.length < routes.length)
    throw new Error(`The build holds only ${wanted.length} parts of ${routes.join(' ')}.`)
  return wanted
}

async function pageBytes(routes: readonly string[]): Promise<number> {
  const manifest = JSON.parse(await readFile(join(client, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
  const entries = Object.keys(manifest).filter((key) => /\/(entry|payload)\.js$|client-optimized\/app\.js$/.test(key))
  const queue = [...entries, ...(await nodes(routes))]
  const seen = new Set<string>()
  let bytes = 0
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    if (seen.has(key)) continue
    seen.add(key)
    const chunk = manifest[key]
    if (!chunk) throw new Error(`The build's manifest has no ${key}.`)
    bytes += gzipSync(await readFile(join(client, chunk.file)), { level: 9 }).length
    queue.push(...(chunk.imports ?? []))
  }
  return bytes
}

/** The page behind a shared link is an app of its own: every script it has, loaded at once or not. */
async function sharedBytes(): Promise<number> {
  const folder = join(WEB, 'build/_app/immutable/share')
  const scripts = (await readdir(folder)).filter((file) => file.endsWith('.js'))
  if (scripts.length === 0) throw new Error('The build has no shared page.')
  const sizes = await Promise.all(
    scripts.map(async (file) => gzipSync(await readFile(join(folder, file)), { level: 9 }).length),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** One sentence for each page over its budget. */
export async function overBudget(): Promise<string[]> {
  const complaints: string[] = []
  const pages = BUDGETS.map(({ page, kB, routes }) => ({ page, kB, measure: () => pageBytes(routes) }))
  for (const { page, kB, measure } of [...pages, { page: 'shared page', kB: 45, measure: sharedBytes }]) {
    const bytes = await measure()
    console.log(`     ${page}: ${(bytes / 1000).toFixed(1)} of ${kB} kB`)
    if (bytes > kB * 1000)
      complaints.push(`The page "${page}" loads ${(bytes / 1000).toFixed(1)} kB of JavaScript; its budget is ${kB} kB.`)
  }
  return complaints
}
