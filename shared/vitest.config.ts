import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Property tests share their cores with everything else that is running.
  test: { testTimeout: 30_000, name: 'shared', environment: 'node', include: ['src/**/*.test.ts'] },
})
