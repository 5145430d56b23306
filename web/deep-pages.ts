import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const VIRTUAL = 'virtual:deep-pages'

/**
 * SvelteKit's start names every page with every file it needs. Of seventy pages that is as much as the sign-in page
 * itself, and the first page of a phone has to load it. This moves all pages but `first` into a list of their own, which
 * is loaded with the first of them, or as soon as a finger is on a link to one.
 *
 * @param first parts of paths of `+page`, `+layout` and `+error` files that stay
 */
export function deepPages(first: readonly string[]): Plugin {
  let list = ''
  return {
    name: 'deep-pages',
    enforce: 'pre',
    apply: 'build',
    applyToEnvironment: (environment) => environment.name === 'client',
    transform(code, id) {
      if (!id.endsWith('/client-optimized/app.js')) return null
      const folder = id.slice(0, -'app.js'.length)
      const deep: string[] = []
      const shorter = code.replace(/\(\) => import\('(\.\/nodes\/(\d+)(?:\.js)?)'\)/g, (whole, _, node: string) => {
        const file = join(folder, 'nodes', `${node}.js`)
        if (first.some((path) => readFileSync(file, 'utf8').includes(path))) return whole
        deep.push(`${node}: () => import(${JSON.stringify(file)}),`)
        return `() => import('${VIRTUAL}').then((pages) => pages.default[${node}]())`
      })
      if (deep.length === 0) this.error('No page was found in what SvelteKit has made of the routes.')
      list = `export default {\n${deep.join('\n')}\n}`
      return { code: shorter, map: null }
    },
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : null),
    load: (id) => (id === `\0${VIRTUAL}` ? list : null),
  }
}
