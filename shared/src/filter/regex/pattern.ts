import { isForeign } from './foreign.ts'
import { compileTree } from './match.ts'
import { parsePattern } from './parse.ts'
import { PatternError } from './tree.ts'

/**
 * What the app makes of one regular expression. It is a .NET one, without case, found anywhere in the name, and counts as
 * not found when 250 ms do not suffice.
 *
 * - `good`: it can be evaluated. `isForeign`: every match holds a character that no host name has.
 * - `bad`: .NET refuses it and the app skips it, for the reason `why`.
 * - `unsure`: .NET takes it, but what it finds hangs on the server's language or on tables that are not here.
 */
export type Pattern =
  | { state: 'good'; test: (name: string) => PatternResult; isForeign: boolean }
  | { state: 'bad'; why: string }
  | { state: 'unsure'; why: string }

/** `slow`: it takes too long, so the app goes on as if it had not been found. */
export type PatternResult = 'yes' | 'no' | 'slow'

/** What .NET does in about 250 ms. */
const BUDGET = 5_000_000

/** @param budget steps after which a name counts as taking too long */
export function compilePattern(text: string, budget = BUDGET): Pattern {
  try {
    const { tree, doubt } = parsePattern(text)
    if (doubt !== null) return { state: 'unsure', why: doubt }
    const test = compileTree(tree, budget)
    return { state: 'good', test: (name) => shallowly(() => test(name), 'slow'), isForeign: isForeign(tree) }
  } catch (error) {
    if (error instanceof PatternError) return { state: 'bad', why: error.message }
    if (error instanceof RangeError) return { state: 'unsure', why: 'It is nested too deep.' }
    throw error
  }
}

/** What a function answers, or something else when the stack does not suffice. */
function shallowly<T>(answer: () => T, otherwise: T): T {
  try {
    return answer()
  } catch (error) {
    if (error instanceof RangeError) return otherwise
    throw error
  }
}
