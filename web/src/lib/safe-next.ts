/**
 * Where to go after signing in. Only paths of this very page are taken, so that a link to the sign-in page cannot lead
 * to a foreign one: anything else becomes `/`.
 */
export function safeNext(next: string | null, origin: string): string {
  if (next === null || !next.startsWith('/')) return '/'
  // Browsers read `\` as `/` and drop tabs and line breaks, so `/\host`, `/<tab>/host` and `//host` are all foreign.
  if (/[\\\u0000-\u001f\u007f]/.test(next) || next.startsWith('//')) return '/'
  let url: URL
  try {
    url = new URL(next, origin)
  } catch {
    return '/'
  }
  // `/x/..//host` is a path of ours whose normalised form would be read as a host by the next who resolves it.
  if (url.origin !== origin || url.pathname.startsWith('//')) return '/'
  // Back to the sign-in page would be a circle, and the links that open an account carry their secret with them.
  if (url.pathname === '/sign-in' || url.pathname === '/setup' || url.pathname === '/invite') return '/'
  return url.pathname + url.search + url.hash
}

/** The sign-in page that leads back to where one was. */
export function signInPath(from: Pick<URL, 'pathname' | 'search' | 'hash' | 'origin'>): string {
  const next = safeNext(from.pathname + from.search + from.hash, from.origin)
  return next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`
}
