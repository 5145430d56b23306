let seen = $state(false)

/**
 * A newer version was deployed while this page was open: a part of the old one could not be loaded any more. The page
 * stays as it is, and a notice offers to reload it.
 */
export const staleDeploy = {
  get seen(): boolean {
    return seen
  },
}

/** Listens for as long as the page lives; called once, at its start. */
export function watchDeploys(): void {
  addEventListener('vite:preloadError', () => {
    seen = true
  })
}
