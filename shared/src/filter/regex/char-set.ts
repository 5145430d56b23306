import { blockRange, isBlock } from './blocks.ts'
import { PatternError } from './tree.ts'

/** The general categories that .NET knows by name, as it spells them. */
const CATEGORY = /^(C[cfnos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/
/** Letters outside of ASCII whose other case is an ASCII letter: the Kelvin sign is a k. */
const KELVIN = 0x212a
/** Its other case is an i or not, by the language the server runs in. */
const DOTTED_I = 0x130
const SIZE = 128

/**
 * One character of a pattern, or everything between brackets, on its way to a set of ASCII codes. Ranges take the other
 * case along when case is ignored; categories do not, but for Lu, Ll and Lt, which then mean each other (as in .NET).
 */
export class CharSetBuilder {
  negate = false
  #ranges: [number, number][] = []
  #categories: ((character: string) => boolean)[] = []
  #without: Uint8Array | null = null
  #isXml = false
  readonly #ignoreCase: boolean

  constructor(ignoreCase: boolean) {
    this.#ignoreCase = ignoreCase
  }

  addRange(first: number, last: number): this {
    this.#ranges.push([first, last])
    return this
  }

  /** `\d`, `\s` and `\w`, and with `inverted` their opposites. */
  addShorthand(letter: 'd' | 's' | 'w', inverted: boolean): this {
    const test = { d: /^\d$/, s: /^\s$/, w: /^\w$/ }[letter]
    this.#categories.push((character) => test.test(character) !== inverted)
    return this
  }

  /** `\p{name}`. Throws PatternError. */
  addCategory(name: string, inverted: boolean): this {
    if (CATEGORY.test(name)) {
      const cased = this.#ignoreCase && /^L[ult]$/.test(name)
      const test = new RegExp(cased ? '^[\\p{Lu}\\p{Ll}\\p{Lt}]$' : `^\\p{${name}}$`, 'u')
      this.#categories.push((character) => test.test(character) !== inverted)
      return this
    }
    if (/^_xml[CDIW]$/.test(name)) {
      this.#isXml = true
      return this
    }
    if (!isBlock(name)) throw new PatternError(`There is no Unicode category or block “${name}”.`)
    const [first, last] = blockRange(name)
    if (!inverted) return this.addRange(first, last)
    if (first > 0) this.addRange(0, first - 1)
    return this.addRange(last + 1, 0xffff)
  }

  subtract(set: Uint8Array): this {
    this.#without = set
    return this
  }

  /** Why the set cannot be known for sure; null when it is. */
  get doubt(): string | null {
    if (this.#isXml) return 'It uses an XML character class.'
    const hasI = this.#inRanges(0x69) || this.#inRanges(0x49)
    return this.#ignoreCase && !hasI && this.#inRanges(DOTTED_I)
      ? 'It holds İ, of which the other case depends on the language of the server.'
      : null
  }

  build(): Uint8Array {
    const set = new Uint8Array(SIZE)
    for (let code = 0; code < SIZE; code++) {
      const character = String.fromCharCode(code)
      const has = this.#hasCased(code) || this.#categories.some((test) => test(character))
      if (has !== this.negate && this.#without?.[code] !== 1) set[code] = 1
    }
    return set
  }

  #inRanges(code: number): boolean {
    return this.#ranges.some(([first, last]) => first <= code && code <= last)
  }

  #hasCased(code: number): boolean {
    if (this.#inRanges(code)) return true
    const lower = code | 0x20
    if (!this.#ignoreCase || lower < 0x61 || lower > 0x7a) return false
    return this.#inRanges(code ^ 0x20) || (lower === 0x6b && this.#inRanges(KELVIN))
  }
}

/** What .NET takes for a letter of a word (group names, and escapes that it therefore refuses). */
export function isWordCharacter(character: string): boolean {
  return /^[\p{L}\p{Mn}\p{Nd}\p{Pc}\u200c\u200d]$/u.test(character)
}
