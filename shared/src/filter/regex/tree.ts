/** A parsed pattern. `back` marks what stands in a look-behind: it is matched from right to left, as .NET does. */
export type Node =
  | { kind: 'empty' }
  /** One character. The set has a 1 for each ASCII code that is in it; names hold nothing else. */
  | { kind: 'set'; set: Uint8Array; back: boolean }
  | { kind: 'sequence'; nodes: Node[]; back: boolean }
  | { kind: 'choice'; nodes: Node[] }
  | { kind: 'loop'; node: Node; min: number; max: number; lazy: boolean; back: boolean }
  | { kind: 'group'; node: Node }
  /** `drops`: the group whose last capture it takes away (a balancing group). `index` is null when it takes no capture itself. */
  | { kind: 'capture'; node: Node; index: number | null; drops: number | null }
  | { kind: 'reference'; index: number; ignoreCase: boolean; back: boolean }
  | { kind: 'assert'; what: Assertion }
  | { kind: 'look'; node: Node; negative: boolean }
  | { kind: 'atomic'; node: Node }
  | { kind: 'if-captured'; index: number; yes: Node; no: Node }
  | { kind: 'if-found'; condition: Node; yes: Node; no: Node }

export type Assertion = 'start' | 'line-start' | 'line-end' | 'end' | 'end-or-last-line-break' | 'word' | 'not-word'

/** .NET refuses the pattern, so the app skips it. */
export class PatternError extends Error {
  override name = 'PatternError'
}
