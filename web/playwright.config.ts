import { defineConfig } from '@playwright/test'

/** Every story starts a panel of its own (see e2e/panel.ts), so that none depends on what another left behind. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.e2e.ts',
  // Several times what the longest need on two quiet cores, of those that do not say so themselves.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  workers: 1,
  forbidOnly: true,
  use: {
    actionTimeout: 20_000,
    viewport: { width: 390, height: 844 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // What the page was at each step; a film of it costs more than the steps themselves.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      ...(process.env['CHROMIUM'] === undefined ? {} : { executablePath: process.env['CHROMIUM'] }),
      // A sandboxed container has no user namespaces, and nothing here may call home.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
