import type { Json } from '../json.ts'

/** An entry of the clients, known by what does not move when others come and go. */
export interface ClientIdentity {
  name: string
  ids: readonly string[]
}

/**
 * One thing in a configuration that pauses hold: what it was, and what it is while they last. Whoever finds it to be
 * something else leaves it alone.
 */
export type Claim = {
  /** Names the thing. */
  key: string
  /** Ids of the pauses that hold it. */
  by: readonly string[]
} & (
  | { kind: 'switch'; before: Json | undefined }
  | { kind: 'default'; before: Json | undefined }
  | { kind: 'client'; client: ClientIdentity; before: Json; after: string }
  /** An entry of a profile's allow list; `fresh` when the list itself was made for it. */
  | { kind: 'allow'; profile: string; domain: string; fresh: boolean }
  /** A profile that was made for one client. */
  | { kind: 'profile'; name: string; content: Json }
)

export const switchKey = 'switch'
export const defaultKey = 'default profile'
export const clientKey = ({ name, ids }: ClientIdentity) => `client ${JSON.stringify([name, ids])}`
export const allowKey = (profile: string, domain: string) => `allow ${JSON.stringify([profile, domain])}`
export const profileKey = (name: string) => `profile ${JSON.stringify(name)}`
