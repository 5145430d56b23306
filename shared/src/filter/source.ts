import type { Path } from './pointer.ts'

/** The entry of a configuration that decided something. */
export interface Source {
  kind: 'rule' | 'allow' | 'service' | 'list' | 'regex' | 'rewrite'
  /** The profile it stands in; the base profile's own name when it comes from there. */
  profile: string
  /** Where it stands; the services and lists of a profile are where the profile names them. */
  path: Path
  /** The domain or the pattern, as written. */
  text: string
  /** Of a service. */
  service?: { id: string; name: string }
  /** Of a list, by names or by patterns. */
  list?: { url: string; name: string }
}
