import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The policy of every page. Nothing inline, nothing foreign; strings never become script (Trusted Types).
 *
 * The one style hash is SvelteKit's route announcer, which sets a `style` attribute.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-hashes' 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html zonedeck-worker',
].join('; ')

const securityHeaders: Record<string, string> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy':
    'camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
}

/** A shared page is found by its link alone, and is read anew each time. */
const shareHeaders = ['  X-Robots-Tag: noindex', '  Cache-Control: no-store']

/**
 * Makes the built folder fit for the policy: every inline script of `index.html` becomes a file named by its hash, and
 * the headers are written for the asset server (`_headers` is Cloudflare's format).
 */
export function finishBuild(folder: string): void {
  const page = join(folder, 'index.html')
  const html = readFileSync(page, 'utf8').replace(/<script>([\s\S]*?)<\/script>/g, (_, source: string) => {
    const path = `_app/immutable/entry/boot.${createHash('sha256').update(source).digest('base64url').slice(0, 10)}.js`
    mkdirSync(join(folder, '_app/immutable/entry'), { recursive: true })
    writeFileSync(join(folder, path), source)
    return `<script src="/${path}"></script>`
  })
  if (/<script(?![^>]*\ssrc=)/.test(html)) throw new Error('index.html still has an inline script.')
  writeFileSync(page, html)

  const lines = Object.entries(securityHeaders).map(([name, value]) => `  ${name}: ${value}`)
  writeFileSync(
    join(folder, '_headers'),
    [
      '/*',
      ...lines,
      '',
      '/share',
      ...shareHeaders,
      '',
      '/_app/immutable/*',
      '  Cache-Control: public, max-age=31536000, immutable',
      '',
    ].join('\n'),
  )
}
