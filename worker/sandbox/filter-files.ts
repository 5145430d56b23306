import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const DATA = fileURLToPath(new URL('data/filters/', import.meta.url))
/** Stands in the files for wherever the sandbox serves its block lists, which another start may change. */
const LISTS = 'http://lists.sandbox.invalid/'

/**
 * A Content Filter's configuration as the last run left it, or as it is at first.
 *
 * @param lists the URL below which the sandbox serves its block lists, with the last slash
 */
export async function filterText(name: string, state: string, lists: string): Promise<string> {
  const kept = await readFile(keptIn(name, state), 'utf8').catch(() => null)
  return (kept ?? (await readFile(join(DATA, `${name}.json`), 'utf8'))).replaceAll(LISTS, lists)
}

/** Keeps a configuration for the next start. */
export async function keepFilter(name: string, state: string, lists: string, text: string): Promise<void> {
  await writeFile(keptIn(name, state), text.replaceAll(lists, LISTS))
}

function keptIn(name: string, state: string): string {
  return join(state, `filter-${name}.json`)
}
