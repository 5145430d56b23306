import { labelToUnicode } from './names-idna.ts'

// Apart from names.ts, so that a page which only shows names does not load what reads them.

/** For the eye: A-labels as U-labels. What is shown never goes back into data. */
export function displayName(name: string): string {
  return name.includes('xn--') ? name.split('.').map(labelToUnicode).join('.') : name
}
