import { updated } from '$app/state'

/**
 * Listens for parts of the panel that could not be loaded, as long as the page lives; called once, at its start. A newer
 * panel may have been deployed meanwhile, or the way to it is broken: the server is asked which, and only the first
 * shows the notice of a newer version.
 *
 * Parts of a page that is only pointed at are loaded ahead, and nobody waits for them: that they failed is no error. A
 * page that is opened says itself that it could not be loaded.
 */
export function watchDeploys(): void {
  const seen = new WeakSet<object>()
  addEventListener('vite:preloadError', (event) => {
    seen.add(event.payload)
    void updated.check()
  })
  addEventListener('unhandledrejection', (event) => {
    if (event.reason instanceof Error && seen.has(event.reason)) event.preventDefault()
  })
}
