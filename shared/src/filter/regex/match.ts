import type { Assertion, Node } from './tree.ts'

/** What is left to match from a place on; true when it does. */
type Rest = (at: number) => boolean
type Matcher = (run: Run, at: number, rest: Rest) => boolean

/** The last capture of a group, and the one before it, which is the last again once this one is dropped. */
interface Capture {
  start: number
  end: number
  before: Capture | undefined
}

interface Run {
  text: string
  captures: Map<number, Capture>
  /** Steps that may still be taken; below zero everything fails at once. */
  steps: number
  depth: number
}

/** Rounds of loops within each other. More than any sane pattern needs, and well within every stack. */
const MAX_DEPTH = 1200

const ok: Rest = () => true

/** A parsed pattern → whether it is found in a text. `slow` when that would take more than `budget` steps. */
export function compileTree(tree: Node, budget: number): (text: string) => 'yes' | 'no' | 'slow' {
  const matcher = compile(tree)
  return (text) => {
    const run: Run = { text, captures: new Map(), steps: budget, depth: 0 }
    for (let at = 0; at <= text.length; at++) {
      if (matcher(run, at, ok)) return 'yes'
      if (run.steps < 0) return 'slow'
    }
    return 'no'
  }
}

function compile(node: Node): Matcher {
  switch (node.kind) {
    case 'empty':
      return (_, at, rest) => rest(at)
    case 'group':
      return compile(node.node)
    case 'set':
      return compileSet(node.set, node.back)
    case 'sequence':
      return compileSequence(node.back ? [...node.nodes].reverse() : node.nodes)
    case 'choice':
      return compileChoice(node.nodes)
    case 'loop':
      return node.node.kind === 'set' ? compileSetLoop(node, node.node.set) : compileLoop(node, compile(node.node))
    case 'capture':
      return compileCapture(compile(node.node), node.index, node.drops)
    case 'reference':
      return compileReference(node.index, node.ignoreCase, node.back)
    case 'assert':
      return (run, at, rest) => holds(node.what, run.text, at) && rest(at)
    case 'look':
      return compileLook(compile(node.node), node.negative)
    case 'atomic':
      return compileAtomic(compile(node.node))
    case 'if-captured': {
      const yes = compile(node.yes)
      const no = compile(node.no)
      return (run, at, rest) => (run.captures.has(node.index) ? yes : no)(run, at, rest)
    }
    case 'if-found':
      return compileCondition(compile(node.condition), compile(node.yes), compile(node.no))
  }
}

function compileSet(set: Uint8Array, back: boolean): Matcher {
  return back
    ? (run, at, rest) => --run.steps >= 0 && at > 0 && set[run.text.charCodeAt(at - 1)] === 1 && rest(at - 1)
    : (run, at, rest) => --run.steps >= 0 && set[run.text.charCodeAt(at)] === 1 && rest(at + 1)
}

function compileSequence(nodes: readonly Node[]): Matcher {
  const matchers = nodes.map(compile)
  const from = (index: number, run: Run, at: number, rest: Rest): boolean => {
    const matcher = matchers[index]
    if (matcher === undefined) return rest(at)
    return matcher(run, at, index === matchers.length - 1 ? rest : (next) => from(index + 1, run, next, rest))
  }
  return (run, at, rest) => from(0, run, at, rest)
}

function compileChoice(nodes: readonly Node[]): Matcher {
  const matchers = nodes.map(compile)
  return (run, at, rest) => --run.steps >= 0 && matchers.some((matcher) => run.steps >= 0 && matcher(run, at, rest))
}

type Loop = Extract<Node, { kind: 'loop' }>

/** Of single characters: nothing to remember but how many there are. */
function compileSetLoop({ min, max, lazy, back }: Loop, set: Uint8Array): Matcher {
  const step = back ? -1 : 1
  const offset = back ? -1 : 0
  const isAny = set.every((has) => has === 1)
  return (run, at, rest) => {
    const { text } = run
    const fits = (count: number) => set[text.charCodeAt(at + step * count + offset)] === 1
    let count = 0
    const enough = lazy ? min : max
    if (isAny) count = Math.min(enough, back ? at : text.length - at)
    else while (count < enough && fits(count)) count++
    run.steps -= isAny ? 1 : count + 1
    if (count < min) return false
    if (lazy) {
      for (; run.steps >= 0; count++, run.steps--) {
        if (rest(at + step * count)) return true
        if (count >= max || !fits(count)) return false
      }
      return false
    }
    for (; count >= min && run.steps >= 0; count--, run.steps--) if (rest(at + step * count)) return true
    return false
  }
}

function compileLoop({ min, max, lazy }: Loop, body: Matcher): Matcher {
  const from = (count: number, run: Run, at: number, rest: Rest): boolean => {
    if (--run.steps < 0) return false
    // A pattern that goes this deep is given up, as a slow one is.
    if (run.depth > MAX_DEPTH) run.steps = -1
    const again = () => {
      run.depth++
      // A round that took nothing is the last one: more of them would take nothing either.
      const done = body(run, at, (next) => (next === at ? rest(next) : from(count + 1, run, next, rest)))
      run.depth--
      return done
    }
    if (count < min) return again()
    if (lazy) return rest(at) || (count < max && again())
    return (count < max && again()) || (run.steps >= 0 && rest(at))
  }
  return (run, at, rest) => from(0, run, at, rest)
}

function compileCapture(body: Matcher, index: number | null, drops: number | null): Matcher {
  return (run, at, rest) =>
    body(run, at, (next) => {
      let capture = { start: Math.min(at, next), end: Math.max(at, next) }
      const dropped = drops === null ? undefined : run.captures.get(drops)
      if (drops !== null) {
        if (dropped === undefined) return false
        setCapture(run, drops, dropped.before)
        capture = between(dropped, capture)
      }
      const before = index === null ? undefined : run.captures.get(index)
      if (index !== null) setCapture(run, index, { ...capture, before })
      if (rest(next)) return true
      if (index !== null) setCapture(run, index, before)
      if (drops !== null) setCapture(run, drops, dropped)
      return false
    })
}

function setCapture(run: Run, index: number, capture: Capture | undefined): void {
  if (capture === undefined) run.captures.delete(index)
  else run.captures.set(index, capture)
}

/** What a balancing group captures: what is between the two, or what they share when they overlap. */
function between(a: { start: number; end: number }, b: { start: number; end: number }) {
  if (b.start >= a.end) return { start: a.end, end: b.start }
  if (b.end <= a.start) return { start: a.start, end: b.end }
  return { start: Math.max(a.start, b.start), end: Math.min(a.end, b.end) }
}

function compileReference(index: number, ignoreCase: boolean, back: boolean): Matcher {
  return (run, at, rest) => {
    const capture = run.captures.get(index)
    const wanted = capture === undefined ? '' : run.text.slice(capture.start, capture.end)
    run.steps -= wanted.length + 1
    if (capture === undefined || run.steps < 0) return false
    const start = back ? at - wanted.length : at
    if (start < 0) return false
    const found = run.text.slice(start, start + wanted.length)
    const same = ignoreCase ? found.toLowerCase() === wanted.toLowerCase() : found === wanted
    return same && rest(back ? start : at + wanted.length)
  }
}

function compileLook(body: Matcher, negative: boolean): Matcher {
  return (run, at, rest) => {
    const before = new Map(run.captures)
    const found = body(run, at, ok)
    if (run.steps < 0) return false
    if (negative) {
      run.captures = before
      return !found && rest(at)
    }
    if (found && rest(at)) return true
    run.captures = before
    return false
  }
}

function compileCondition(condition: Matcher, yes: Matcher, no: Matcher): Matcher {
  return (run, at, rest) => {
    const before = new Map(run.captures)
    const found = condition(run, at, ok)
    if (run.steps < 0) return false
    if (found && yes(run, at, rest)) return true
    run.captures = before
    return !found && no(run, at, rest)
  }
}

function compileAtomic(body: Matcher): Matcher {
  return (run, at, rest) => {
    const before = new Map(run.captures)
    let end = -1
    const found = body(run, at, (next) => {
      end = next
      return true
    })
    if (found && rest(end)) return true
    run.captures = before
    return false
  }
}

function isWord(text: string, at: number): boolean {
  return /^\w$/.test(text.charAt(at))
}

function holds(what: Assertion, text: string, at: number): boolean {
  switch (what) {
    case 'start':
      return at === 0
    case 'line-start':
      return at === 0 || text[at - 1] === '\n'
    case 'line-end':
      return at === text.length || text[at] === '\n'
    case 'end':
      return at === text.length
    case 'end-or-last-line-break':
      return at === text.length || (at === text.length - 1 && text[at] === '\n')
    case 'word':
      return isWord(text, at - 1) !== isWord(text, at)
    case 'not-word':
      return isWord(text, at - 1) === isWord(text, at)
  }
}
