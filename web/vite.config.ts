import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'
import { finishBuild } from './finish-build.ts'

const files = adapter({ pages: 'build', fallback: 'index.html' })

export default defineConfig({
  plugins: [
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
  // `vite dev` stands in front of the worker, which answers the API.
  server: { proxy: { '/api': process.env['WORKER_URL'] ?? 'http://localhost:8787' } },
  build: { target: 'es2023' },
})
