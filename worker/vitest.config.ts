import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

/** 32 equal bytes in base64: a key of the right length that no one would take for a real one. */
const testKey = (byte: number) => Buffer.alloc(32, byte).toString('base64')

/**
 * Two places to run: adapters, sandbox and scripts are plain TypeScript and run in Node (some start real servers); what
 * lives behind HTTP runs in workerd, with its own D1 and Durable Objects.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'providers',
          environment: 'node',
          include: ['src/{providers,dns-message}/**/*.test.ts', 'sandbox/**/*.test.ts', 'scripts/**/*.test.ts'],
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.jsonc' },
            miniflare: {
              bindings: {
                MIGRATIONS: await readD1Migrations('./migrations'),
                KEK_ACTIVE: '1',
                KEK_1: testKey(1),
                PLAN_KEY: testKey(2),
                PEPPER: testKey(3),
                SETUP_TOKEN: 'test-setup-token-0123456789abcdef',
                ALLOW_LOOPBACK_UPSTREAM: 'true',
              },
            },
          })),
        ],
        test: {
          name: 'worker',
          include: ['src/{http,features,objects,calls}/**/*.test.ts', 'src/*.test.ts'],
        },
      },
    ],
  },
})
