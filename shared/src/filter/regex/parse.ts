import { findCaptures, type Captures } from './captures.ts'
import { CharSetBuilder, isWordCharacter } from './char-set.ts'
import { addClass, Cursor, type Options } from './cursor.ts'
import { PatternError, type Assertion, type Node } from './tree.ts'

/** The app ignores case and lets a dot match everything (`RegexOptions.IgnoreCase | RegexOptions.Singleline`). */
const OPTIONS: Options = {
  ignoreCase: true,
  multiline: false,
  explicitCapture: false,
  singleline: true,
  extended: false,
  back: false,
}
const ASSERTIONS: Record<string, Assertion | undefined> = {
  A: 'start',
  // Matching begins at the start of the name, always.
  G: 'start',
  Z: 'end-or-last-line-break',
  z: 'end',
  b: 'word',
  B: 'not-word',
}
const EMPTY: Node = { kind: 'empty' }

export interface ParsedPattern {
  tree: Node
  /** Why it cannot be evaluated for sure, though .NET takes it; null for nearly all. */
  doubt: string | null
}

/** Reads a pattern as .NET does. Throws PatternError where .NET refuses it. */
export function parsePattern(pattern: string): ParsedPattern {
  const parser = new Parser(pattern, findCaptures(pattern, OPTIONS))
  const tree = parser.alternatives()
  if (!parser.isAtEnd) throw new PatternError('There are more ) than (.')
  return { tree, doubt: parser.doubt }
}

/** The second pass: alternatives of sequences of quantified atoms. */
class Parser extends Cursor {
  readonly #captures: Captures
  #nextCapture = 1
  /** The next parenthesis is the condition itself, which does not capture. */
  #isCondition = false
  /** Directly in a conditional on an expression, groups cannot change options. */
  #inConditional = false

  constructor(pattern: string, captures: Captures) {
    super(pattern, OPTIONS)
    this.#captures = captures
  }

  alternatives(): Node {
    const choices = this.#branches()
    return choices.length === 1 ? choices[0]! : { kind: 'choice', nodes: choices }
  }

  /** Up to the end or to a closing parenthesis, which stays. */
  #branches(): Node[] {
    const { back } = this.options
    const branches: Node[] = []
    let nodes: Node[] = []
    const finish = () => branches.push(nodes.length === 1 ? nodes[0]! : { kind: 'sequence', nodes, back })
    for (;;) {
      this.skipBlank()
      if (this.isAtEnd || this.next === ')') break
      if (this.take('|')) {
        finish()
        nodes = []
        continue
      }
      const atom = this.#atom()
      if (atom !== null) nodes.push(this.#quantified(atom))
    }
    finish()
    return branches
  }

  /** Null when it was nothing but options. */
  #atom(): Node | null {
    const character = this.next
    if (this.#isQuantifier()) throw new PatternError(`There is nothing before ${character} that it could repeat.`)
    this.at++
    switch (character) {
      case '[':
        return { kind: 'set', set: this.bracketed(), back: this.options.back }
      case '(':
        return this.#group()
      case '\\':
        if (this.isAtEnd) throw new PatternError('It ends with a backslash.')
        return this.#backslash()
      case '^':
        return { kind: 'assert', what: this.options.multiline ? 'line-start' : 'start' }
      case '$':
        return { kind: 'assert', what: this.options.multiline ? 'line-end' : 'end-or-last-line-break' }
      case '.': {
        const set = new CharSetBuilder(false).addRange(0, 0xffff)
        if (!this.options.singleline) set.subtract(new CharSetBuilder(false).addRange(10, 10).build())
        return { kind: 'set', set: set.build(), back: this.options.back }
      }
      default:
        return this.#literal(character)
    }
  }

  #literal(character: string): Node {
    const code = character.charCodeAt(0)
    const set = new CharSetBuilder(this.options.ignoreCase).addRange(code, code)
    this.doubt ??= set.doubt
    return { kind: 'set', set: set.build(), back: this.options.back }
  }

  #isQuantifier(): boolean {
    return /^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(this.pattern.slice(this.at))
  }

  #quantified(node: Node): Node {
    this.skipBlank()
    if (!this.#isQuantifier()) return node
    const character = this.next
    this.at++
    let min = character === '+' ? 1 : 0
    let max = character === '?' ? 1 : Infinity
    if (character === '{') {
      min = max = this.number()
      if (this.take(',')) max = this.next === '}' ? Infinity : this.number()
      this.at++
    }
    this.skipBlank()
    const lazy = this.take('?')
    if (min > max) throw new PatternError(`{${min},${max}} is the wrong way round.`)
    this.skipBlank()
    if (this.#isQuantifier()) throw new PatternError('A quantifier stands on a quantifier.')
    return { kind: 'loop', node, min, max, lazy, back: this.options.back }
  }

  #backslash(): Node {
    const letter = this.next
    const assertion = ASSERTIONS[letter]
    if (assertion !== undefined) {
      this.at++
      return { kind: 'assert', what: assertion }
    }
    if (/^[dswpDSWP]$/.test(letter)) {
      this.at++
      const set = new CharSetBuilder(this.options.ignoreCase)
      addClass(set, letter, this)
      this.doubt ??= set.doubt
      return { kind: 'set', set: set.build(), back: this.options.back }
    }
    return this.#reference() ?? this.#literal(this.escape())
  }

  /** `\1`, `\k<name>`, `\<name>`; null, and nothing read, when it is an escape. */
  #reference(): Node | null {
    const start = this.at
    const isNamed = this.take('k')
    const quote = this.next
    const angled = (quote === '<' || quote === "'") && this.at + 1 < this.pattern.length
    if (isNamed && !angled) throw new PatternError('\\k needs the name of a group.')
    if (angled) this.at++
    const close = angled ? (quote === '<' ? '>' : quote) : ''
    let index: number | undefined
    if (angled ? /^\d$/.test(this.next) : /^[1-9]$/.test(this.next)) {
      const number = this.number()
      index = this.#captures.numbers.has(number) ? number : undefined
      if (!this.take(close) || (index === undefined && !angled && number > 9)) index = -1
    } else if (angled && isWordCharacter(this.next)) {
      index = this.#captures.names.get(this.name())
      if (!this.take(close)) index = -1
    } else index = -1
    if (index === undefined) throw new PatternError('It refers to a group that it does not have.')
    if (index === -1) {
      this.at = start
      return null
    }
    return { kind: 'reference', index, ignoreCase: this.options.ignoreCase, back: this.options.back }
  }

  /** After the opening parenthesis, with the closing one. */
  #group(): Node | null {
    const outer = this.options
    const isCondition = this.#isCondition
    const inConditional = this.#inConditional
    this.#isCondition = false
    this.#inConditional = false
    try {
      return this.#groupOf(outer, isCondition, inConditional)
    } finally {
      this.#inConditional = inConditional
    }
  }

  #groupOf(outer: Options, isCondition: boolean, inConditional: boolean): Node | null {
    if (this.next !== '?' || this.pattern.startsWith('?)', this.at)) {
      const index = outer.explicitCapture || isCondition ? null : this.#nextCapture++
      const node = this.#closed(outer)
      return index === null ? { kind: 'group', node } : { kind: 'capture', node, index, drops: null }
    }
    this.at++
    if (this.take(':')) return { kind: 'group', node: this.#closed(outer) }
    if (this.take('>')) return { kind: 'atomic', node: this.#closed(outer) }
    if (this.take('=')) return this.#look(outer, false, false)
    if (this.take('!')) return this.#look(outer, false, true)
    if (this.take('<=')) return this.#look(outer, true, false)
    if (this.take('<!')) return this.#look(outer, true, true)
    if (this.take('<')) return this.#named(outer, '>')
    if (this.take("'")) return this.#named(outer, "'")
    if (this.take('(')) return this.#conditional(outer)
    if (!inConditional) this.inlineOptions()
    if (this.take(')')) return null
    if (!this.take(':')) throw new PatternError('(? is followed by nothing that is known.')
    return { kind: 'group', node: this.#closed(outer) }
  }

  #closed(outer: Options): Node {
    const node = this.alternatives()
    this.#close(outer)
    return node
  }

  #close(outer: Options): void {
    if (!this.take(')')) throw new PatternError('A ( is not closed.')
    this.options = outer
  }

  #look(outer: Options, back: boolean, negative: boolean): Node {
    this.options = { ...outer, back }
    return { kind: 'look', node: this.#closed(outer), negative }
  }

  /** `name`, `1`, `name-other` or `-other`, and the group itself. */
  #named(outer: Options, close: string): Node {
    let index: number | null = null
    if (/^\d$/.test(this.next)) {
      const number = this.number()
      if (number === 0) throw new PatternError('A group cannot be number 0.')
      index = this.#captures.numbers.has(number) ? number : null
    } else if (isWordCharacter(this.next)) index = this.#captures.names.get(this.name()) ?? null
    else if (this.next !== '-') throw new PatternError('The name of a group is no name.')
    let drops: number | null = null
    if (this.take('-')) {
      drops = (/^\d$/.test(this.next) ? this.#known(this.number()) : this.#captures.names.get(this.name())) ?? null
      if (drops === null) throw new PatternError('It refers to a group that it does not have.')
    }
    if (!this.take(close) || (index === null && drops === null))
      throw new PatternError('The name of a group is no name.')
    return { kind: 'capture', node: this.#closed(outer), index, drops }
  }

  #known(number: number): number | undefined {
    return this.#captures.numbers.has(number) ? number : undefined
  }

  /** `(?(1)yes|no)`, `(?(name)yes|no)` or `(?(expression)yes|no)`, after its second parenthesis. */
  #conditional(outer: Options): Node {
    const start = this.at
    if (/^\d$/.test(this.next)) {
      const index = this.#known(this.number())
      if (!this.take(')') || index === undefined)
        throw new PatternError('A condition refers to a group that it does not have.')
      return this.#choices(outer, (yes, no) => ({ kind: 'if-captured', index, yes, no }))
    }
    const index = this.#captures.names.get(this.name())
    if (index !== undefined && this.take(')')) {
      return this.#choices(outer, (yes, no) => ({ kind: 'if-captured', index, yes, no }))
    }
    this.at = start
    if (/^\?(?:#|'|<(?![!=]))/.test(this.pattern.slice(this.at)))
      throw new PatternError('A condition cannot be a comment or a named group.')
    this.#isCondition = true
    this.#inConditional = true
    const condition = this.#group()
    if (condition === null) throw new PatternError('A condition is missing.')
    return this.#choices(outer, (yes, no) => ({ kind: 'if-found', condition, yes, no }))
  }

  #choices(outer: Options, make: (yes: Node, no: Node) => Node): Node {
    const [yes = EMPTY, no = EMPTY, third] = this.#branches()
    if (third !== undefined) throw new PatternError('A condition has more than two branches.')
    this.#close(outer)
    return make(yes, no)
  }
}
