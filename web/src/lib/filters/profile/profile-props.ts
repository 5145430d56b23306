import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import type { ConfigEdit } from '@zonedeck/shared/filter/edit'
import type { ConfigFinding } from '@zonedeck/shared/filter/findings/finding'
import type { JsonObject } from '@zonedeck/shared/filter/json'

/** What every section of a profile is given. */
export interface ProfileProps {
  /** The draft, as the app reads it. */
  config: AppConfig
  /** The same as it is written. */
  json: JsonObject
  /** The profile's name, as written; it is in `config`. */
  name: string
  /** Of the whole configuration. */
  findings: readonly ConfigFinding[]
  /** The findings are of the draft as it is now, so that what they would put right is where they say. */
  fresh: boolean
  /** May the person who is signed in change it? */
  may: boolean
  edit: (edits: readonly ConfigEdit[]) => void
}
