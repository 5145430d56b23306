import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Compiles the runes of `*.svelte.ts`.
  plugins: [svelte()],
  test: { name: 'web', environment: 'node', include: ['src/**/*.test.ts'] },
})
