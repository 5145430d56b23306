/** `pnpm gen`: writes every generated file that is checked in. */
import { readFile, writeFile } from 'node:fs/promises'
import { apiDescription } from './gen-openapi.ts'
import { readmeWithProviders } from './gen-providers.ts'
import { ROOT, WORKER } from './paths.ts'

const generated: { path: string; make: () => string }[] = [
  { path: `${WORKER}openapi.json`, make: apiDescription },
  { path: `${ROOT}README.md`, make: readmeWithProviders },
]

export async function writeGenerated(): Promise<void> {
  for (const { path, make } of generated) await writeFile(path, make())
}

/** A sentence for each file that is not what would be written now. */
export async function staleFiles(): Promise<string[]> {
  const stale: string[] = []
  for (const { path, make } of generated) {
    if ((await readFile(path, 'utf8').catch(() => '')) !== make()) stale.push(`${path} is stale: run “pnpm gen”.`)
  }
  return stale
}

if (import.meta.main) await writeGenerated()
