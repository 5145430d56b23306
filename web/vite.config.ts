import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { deepPages } from './deep-pages.ts'
import { finishBuild } from './finish-build.ts'

const files = adapter({ pages: 'build', fallback: 'index.html' })

export default defineConfig({
  plugins: [
    {
      name: 'plain-state',
      enforce: 'pre',
      applyToEnvironment: (environment) => environment.name === 'client',
      resolveId: (id) => (id === 'devalue' ? fileURLToPath(new URL('src/lib/plain-state.ts', import.meta.url)) : null),
    },
    deepPages(['+layout.', '+error.', '/routes/+page.', '/sign-in/+page.', '/(panel)/zones/+page.']),
    sveltekit({
      adapter: {
        ...files,
        adapt: async (builder) => {
          await files.adapt(builder)
          finishBuild('build')
        },
      },
      compilerOptions: { runes: true },
      paths: { relative: false },
      // A panel stays open for days: ask now and then whether a newer one was deployed.
      version: { pollInterval: 15 * 60_000 },
    }),
  ],
  // `vite dev` stands in front of the worker, which answers the API, badges, and the shared page as it was built.
  server: {
    proxy: {
      '^/(?:api|badge|_app/immutable/share)/|^/share$': process.env['WORKER_URL'] ?? 'http://localhost:8787',
    },
  },
  build: {
    target: 'es2023',
    rolldownOptions: {
      output: {
        // Few middling files instead of many tiny ones: they pack better, and a phone asks less often.
        codeSplitting: {
          groups: [
            // These two run before everything else of SvelteKit and must not bring any of it along.
            { name: 'start', test: /client\/payload|preload-helper/, priority: 1 },
            { name: 'base', test: /\/node_modules\/(svelte|@sveltejs\/kit|esm-env|clsx)\//, minShareCount: 2 },
            {
              // What the sign-in page is made of, with all it needs of Svelte and Kit, every page is made of: one file that is
              // there already.
              name: 'core',
              priority: 1,
              test: /\/src\/lib\/(api|client|problem-error|safe-next|watch-deploys)\.|\/src\/lib\/ui\/(banner|bare|button|checkbox|error-state|field|finding|icon-button|link-button|notices|text-field|wordmark)\.svelte$|\/@lucide\/svelte\/dist\/(Icon|utils|context)/,
            },
            {
              // What stands around every page of the panel. Every file of its own would be named for each page again.
              name: 'shell',
              test: /\/src\/lib\/ui\/(app-shell|main|page-head|toasts|badge)\.svelte$|\/src\/lib\/ui\/toast\.svelte\.ts$|\/src\/lib\/when\.ts$|\/@lucide\/svelte\/dist\/icons\/(arrow-left|chart-no-axes-combined|chevron-right|circle-check|ellipsis|globe|history|link|rotate-ccw-clock|plug|plus|settings|shield-check|users|x|check|triangle-alert|circle-dashed)\./,
            },
          ],
        },
      },
    },
  },
})
