import type { Pause } from '@zonedeck/shared/content-filter'
import { createContext } from 'svelte'
import type { ProfileProps } from './profile-props.ts'

/** The profile that the pages below are about, as the layout gives it. */
export interface ProfileHere extends ProfileProps {
  /** The id of the connection. */
  connection: string
  /** What is paused at this moment. */
  pauses: readonly Pause[]
}

const [here, setProfileHere] = createContext<() => ProfileHere>()

export { setProfileHere }

/** A function: the profile changes with every edit. */
export function profileHere(): () => ProfileHere {
  return here()
}
