import { svelte } from '@sveltejs/vite-plugin-svelte'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/**
 * The page behind a shared link, an app of its own beside the panel's: visitors load nothing of the panel, not even its
 * router, and what is not there cannot leak. Built into the panel's folder, after it.
 */
export default defineConfig({
  root: fileURLToPath(new URL('src/share', import.meta.url)),
  plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
  build: {
    target: 'es2023',
    outDir: fileURLToPath(new URL('build', import.meta.url)),
    emptyOutDir: false,
    assetsDir: '_app/immutable/share',
    rolldownOptions: { input: fileURLToPath(new URL('src/share/share.html', import.meta.url)) },
  },
})
