import { parseBlockList, type ParsedList } from '@zonedeck/shared/filter/block-list'
import { compileConfig, type CompiledConfig } from '@zonedeck/shared/filter/compile'
import { explain, type Explanation, type FilterQuery } from '@zonedeck/shared/filter/explain'
import { readConfig } from '@zonedeck/shared/filter/read-config'
import { smallestFixes, type VerdictFix } from '@zonedeck/shared/filter/smallest-fix'
import type { ListCheck } from '@zonedeck/shared/content-filter'
import type { ListOutcome } from './messages.ts'

/** The server's configuration and the draft. */
const KEPT = 2

/** Answers questions about configurations, with the block lists it was given. */
export class Judge {
  readonly #lists = new Map<string, ParsedList>()
  /** The configurations last asked about, made ready: the last one first. */
  #compiled: { text: string; compiled: CompiledConfig }[] = []

  /** @param answer the panel's answer to fetching the list (`ListCheck`), with its text */
  addList(url: string, type: 'domain' | 'regex', answer: string): ListOutcome {
    const { ok, text, trouble } = JSON.parse(answer) as ListCheck
    if (!ok || text === undefined) return { ok: false, trouble: trouble ?? 'It is too large to be read here.' }
    const list = parseBlockList(text, type)
    this.#lists.set(url, list)
    this.#compiled = []
    return { ok: true, entries: list.type === 'domain' ? list.names.size : list.patterns.length }
  }

  /** Null: the app refuses the configuration. */
  explain(text: string, query: FilterQuery): Explanation | null {
    const compiled = this.#compile(text)
    return compiled === null ? null : explain(compiled, query)
  }

  /** @param text the configuration that the explanation is of */
  fixes(text: string, query: FilterQuery, explanation: Explanation): VerdictFix[] {
    return smallestFixes(text, this.#lists, query, explanation)
  }

  #compile(text: string): CompiledConfig | null {
    const known = this.#compiled.find((each) => each.text === text)
    if (known !== undefined) return known.compiled
    const { config } = readConfig(text)
    if (config === null) return null
    const compiled = compileConfig(config, this.#lists)
    this.#compiled = [{ text, compiled }, ...this.#compiled].slice(0, KEPT)
    return compiled
  }
}
