import type { AppConfig, AppProfile } from '../app-config.ts'
import type { ConfigEdit } from '../edit.ts'
import type { Json, JsonObject } from '../json.ts'
import { pointer, type Path } from '../pointer.ts'

/**
 * Something in a configuration that does not do what it looks like.
 *
 * - `danger`: what should be filtered is not, or the app refuses the configuration.
 * - `warning`: an entry does nothing, or something else than it says.
 * - `info`: worth knowing.
 */
export interface ConfigFinding {
  /** Kebab-case id of the rule. */
  id: string
  severity: 'danger' | 'warning' | 'info'
  /** A sentence. */
  text: string
  /** Where: JSON pointer. */
  pointer: string
  /** What would put it right, in one step. */
  fix?: ConfigFix
}

export interface ConfigFix {
  /** An order: `Remove the dot`. */
  title: string
  edits: readonly ConfigEdit[]
}

/** What the rules look at. */
export interface FindingContext {
  config: AppConfig
  /** The same as it is written. */
  json: JsonObject
}

export type FindingRule = (context: FindingContext) => ConfigFinding[]

export function finding(
  id: string,
  severity: ConfigFinding['severity'],
  path: Path,
  text: string,
  fix?: ConfigFix,
): ConfigFinding {
  return { id, severity, text, pointer: pointer(path), ...(fix === undefined ? {} : { fix }) }
}

export function setFix(title: string, path: Path, value: Json): ConfigFix {
  return { title, edits: [{ op: 'set', path, value }] }
}

export function removeFix(title: string, path: Path): ConfigFix {
  return { title, edits: [{ op: 'remove', path }] }
}

/** Runs a rule over every profile. */
export function ofProfiles(
  { config }: FindingContext,
  rule: (name: string, profile: AppProfile, at: (...path: (string | number)[]) => Path) => ConfigFinding[],
): ConfigFinding[] {
  return [...config.profiles].flatMap(([name, profile]) =>
    rule(name, profile, (...path) => ['profiles', name, ...path]),
  )
}
