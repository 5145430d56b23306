import { CharSetBuilder, isWordCharacter } from './char-set.ts'
import { PatternError } from './tree.ts'

export interface Options {
  ignoreCase: boolean
  multiline: boolean
  /** `(…)` does not capture. */
  explicitCapture: boolean
  singleline: boolean
  /** White space in the pattern means nothing and `#` begins a comment. */
  extended: boolean
  /** In a look-behind. */
  back: boolean
}

const MAX_INT = 2_147_483_647
const CONTROL: Record<string, string> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\u000b',
}
const OPTION: Record<string, Exclude<keyof Options, 'back'>> = {
  i: 'ignoreCase',
  m: 'multiline',
  n: 'explicitCapture',
  s: 'singleline',
  x: 'extended',
}

/**
 * A place in a pattern and what is read there the same way by both passes (`captures.ts` and `parse.ts`): numbers, names,
 * escapes, comments, inline options and what stands between brackets. Everything throws PatternError where .NET refuses.
 */
export class Cursor {
  readonly pattern: string
  at = 0
  options: Options
  /** Why the pattern cannot be evaluated for sure, though .NET takes it. */
  doubt: string | null = null

  constructor(pattern: string, options: Options) {
    this.pattern = pattern
    this.options = options
  }

  get next(): string {
    return this.pattern.charAt(this.at)
  }

  get isAtEnd(): boolean {
    return this.at >= this.pattern.length
  }

  looksAt(text: string): boolean {
    return this.pattern.startsWith(text, this.at)
  }

  take(text: string): boolean {
    if (!this.looksAt(text)) return false
    this.at += text.length
    return true
  }

  /** Comments, and white space where it means nothing. */
  skipBlank(): void {
    for (;;) {
      if (this.options.extended) while (/^[\t\n\f\r ]$/.test(this.next)) this.at++
      if (this.options.extended && this.next === '#') {
        const end = this.pattern.indexOf('\n', this.at)
        this.at = end < 0 ? this.pattern.length : end
      } else if (this.looksAt('(?#')) {
        const end = this.pattern.indexOf(')', this.at)
        if (end < 0) throw new PatternError('A comment has no end.')
        this.at = end + 1
      } else return
    }
  }

  number(): number {
    const digits = /^\d*/.exec(this.pattern.slice(this.at))?.[0] ?? ''
    this.at += digits.length
    if (Number(digits) > MAX_INT) throw new PatternError(`${digits} is too large a number.`)
    return Number(digits)
  }

  name(): string {
    const start = this.at
    while (isWordCharacter(this.next)) this.at++
    return this.pattern.slice(start, this.at)
  }

  /** `imnsx-imnsx`, up to the first other character. */
  inlineOptions(): void {
    const options = { ...this.options }
    let on = true
    for (; !this.isAtEnd; this.at++) {
      if (this.next === '-' || this.next === '+') on = this.next === '+'
      else {
        const option = OPTION[this.next.toLowerCase()]
        if (option === undefined) break
        options[option] = on
      }
    }
    this.options = options
  }

  /** What follows a backslash, when it stands for one character. */
  escape(): string {
    const character = this.next
    this.at++
    if (/^[0-7]$/.test(character)) {
      const digits = /^[0-7]{1,3}/.exec(this.pattern.slice(this.at - 1))?.[0] ?? '0'
      this.at += digits.length - 1
      return String.fromCharCode(parseInt(digits, 8) & 0xff)
    }
    if (character === 'x' || character === 'u') {
      const length = character === 'x' ? 2 : 4
      const digits = this.pattern.slice(this.at, this.at + length)
      if (digits.length < length || !/^[\da-f]+$/i.test(digits))
        throw new PatternError(`\\${character} needs ${length} hexadecimal digits.`)
      this.at += length
      return String.fromCharCode(parseInt(digits, 16))
    }
    if (character === 'c') {
      const letter = this.next.toUpperCase()
      this.at++
      if (!/^[@A-Z[\\\]^_]$/.test(letter)) throw new PatternError('\\c needs the letter of a control character.')
      return String.fromCharCode(letter.charCodeAt(0) - 64)
    }
    const control = CONTROL[character]
    if (control !== undefined) return control
    if (isWordCharacter(character)) throw new PatternError(`\\${character} means nothing.`)
    return character
  }

  /** `{name}` of `\p`. */
  property(): string {
    const match = /^\{([\p{L}\p{Mn}\p{Nd}\p{Pc}\u200c\u200d-]*)\}/u.exec(this.pattern.slice(this.at))
    if (match === null || this.at + 2 >= this.pattern.length) throw new PatternError('\\p needs a name in braces.')
    this.at += match[0].length
    return match[1] ?? ''
  }

  /** What stands between brackets, after the opening one and with the closing one. */
  bracketed(): Uint8Array {
    const set = new CharSetBuilder(this.options.ignoreCase)
    set.negate = this.take('^')
    /** The begin of a range whose end comes next. */
    let from: number | null = null
    for (let first = true; ; first = false) {
      if (this.isAtEnd) throw new PatternError('A bracket [ is not closed.')
      let character = this.next
      this.at++
      let escaped = false
      if (character === ']' && !first) break
      if (character === '\\' && !this.isAtEnd) {
        const letter = this.next
        if (/^[dswpDSWP]$/.test(letter)) {
          this.at++
          if (from !== null) throw new PatternError(`A range cannot end with \\${letter}.`)
          addClass(set, letter, this)
          continue
        }
        if (letter === '-') {
          this.at++
          // The end of a range or a hyphen, and never the begin of a range.
          set.addRange(...range(from ?? 0x2d, 0x2d))
          from = null
          continue
        }
        character = this.escape()
        escaped = true
      }
      const code = character.charCodeAt(0)
      if (from !== null) {
        if (character === '[' && !escaped && !first) {
          set.addRange(from, from)
          this.#subtract(set)
        } else set.addRange(...range(from, code))
        from = null
      } else if (this.next === '-' && this.at + 1 < this.pattern.length && this.pattern.charAt(this.at + 1) !== ']') {
        from = code
        this.at++
      } else if (character === '-' && !escaped && this.next === '[' && !first) {
        this.at++
        this.#subtract(set)
      } else set.addRange(code, code)
    }
    this.doubt ??= set.doubt
    return set.build()
  }

  #subtract(set: CharSetBuilder): void {
    set.subtract(this.bracketed())
    if (!this.isAtEnd && this.next !== ']') throw new PatternError('A subtraction must be the last in its brackets.')
  }
}

/** `\d`, `\D`, `\p{…}` and the like, after their letter. */
export function addClass(set: CharSetBuilder, letter: string, cursor: Cursor): void {
  const lower = letter.toLowerCase()
  if (lower === 'p') set.addCategory(cursor.property(), letter === 'P')
  else set.addShorthand(lower === 'd' ? 'd' : lower === 's' ? 's' : 'w', letter !== lower)
}

function range(first: number, last: number): [number, number] {
  if (first > last) throw new PatternError('A range is the wrong way round.')
  return [first, last]
}
