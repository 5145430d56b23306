export type Theme = 'auto' | 'light' | 'dark'

// The same key is read by the script in app.html, before the first paint.
const key = 'zonedeck.theme'

function read(): Theme {
  try {
    const kept = localStorage.getItem(key)
    return kept === 'light' || kept === 'dark' ? kept : 'auto'
  } catch {
    return 'auto'
  }
}

let current = $state<Theme>(read())

/** Light, dark, or as the device says. Kept on this device. */
export const theme = {
  get current(): Theme {
    return current
  },
  set current(next: Theme) {
    current = next
    if (next === 'auto') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = next
    try {
      if (next === 'auto') localStorage.removeItem(key)
      else localStorage.setItem(key, next)
    } catch {
      // A browser that keeps nothing still shows the choice until the page is left.
    }
  },
}
