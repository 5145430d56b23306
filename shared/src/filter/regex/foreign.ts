import type { Node } from './tree.ts'

/** What the names of hosts are made of. Those of reverse zones may hold a slash as well. */
const NAME = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.'].map((letter) =>
  letter.charCodeAt(0),
)

/** Does every match of a pattern hold a character that no host name has, as `/ads/` and `^https?://` do? */
export function isForeign(node: Node): boolean {
  switch (node.kind) {
    case 'set':
      return !NAME.some((code) => node.set[code] === 1)
    case 'sequence':
      return node.nodes.some(isForeign)
    case 'choice':
      return node.nodes.every(isForeign)
    case 'loop':
      return node.min > 0 && isForeign(node.node)
    case 'look':
      return !node.negative && isForeign(node.node)
    case 'group':
    case 'capture':
    case 'atomic':
      return isForeign(node.node)
    case 'if-captured':
    case 'if-found':
      return isForeign(node.yes) && isForeign(node.no)
    case 'empty':
    case 'reference':
    case 'assert':
      return false
  }
}
