import { createContext } from 'svelte'
import type { FilterDraft } from './filter-draft.svelte.ts'

/**
 * The filter that the pages below are about. The layout gives it, as a function: it is another one as soon as the address
 * names another connection.
 */
const [here, setFilterHere] = createContext<() => FilterDraft>()

export { setFilterHere }

export function filterHere(): FilterDraft {
  return here()()
}
