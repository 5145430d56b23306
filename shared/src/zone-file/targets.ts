import { addNote, type Notes } from './zone-record.ts'
import { isBelow, type ZoneTree } from './zone-tree.ts'

/** What the zone knows of a host that a record points to. `elsewhere` is not for this zone to say. */
type Found = 'address' | 'elsewhere' | 'cname' | 'dname' | 'delegated' | 'nothing'

/** `a.b.c.` → `b.c.`; the root's parent is itself. */
function parentOf(name: string): string {
  for (let i = 0; i < name.length; i++) {
    if (name[i] === '\\') i++
    else if (name[i] === '.') return i === name.length - 1 ? '.' : name.slice(i + 1)
  }
  return '.'
}

/**
 * Checks what NS, MX and SRV records point to inside of the zone. Like BIND it refuses only an apex NS without an
 * address; all else is a warning.
 */
export function checkTargets(errors: Notes, warnings: Notes, apex: string, tree: ZoneTree): void {
  const find = targetFinder(apex, tree)
  for (const [owner, types] of tree) {
    if (owner !== apex && !isBelow(owner, apex)) continue
    for (const type of ['NS', 'MX', 'SRV']) {
      for (const { rdata, line } of types.get(type)?.records ?? []) {
        const target = rdata.slice(rdata.lastIndexOf(' ') + 1)
        if (target === '.' && type !== 'NS') continue
        const trouble = describe(find(target), type === 'NS' && owner !== apex && isBelow(target, parentOf(owner)))
        if (trouble === '') continue
        const notes = type === 'NS' && owner === apex ? errors : warnings
        addNote(notes, line, 1, `The ${type} record of ${owner} points to ${target}, which ${trouble}`)
      }
    }
  }
}

function describe(found: Found, needsGlue: boolean): string {
  if (found === 'nothing') return 'has no address in this zone.'
  if (found === 'cname') return 'is a CNAME; it must have addresses of its own.'
  if (found === 'dname') return 'is below a DNAME; it must have addresses of its own.'
  return found === 'delegated' && needsGlue ? 'is delegated away and has no glue address here.' : ''
}

function targetFinder(apex: string, tree: ZoneTree): (target: string) => Found {
  const known = new Map<string, Found>()
  const exists = branchFinder(apex, tree)
  const look = (target: string): Found => {
    if (target !== apex && !isBelow(target, apex)) return 'elsewhere'
    const own = tree.get(target)
    if (own?.has('A') || own?.has('AAAA')) return 'address'
    // From the apex down, the first cut decides.
    const path = [target]
    while (path.at(-1) !== apex) path.push(parentOf(path.at(-1)!))
    for (const name of path.reverse()) {
      const types = tree.get(name)
      if (name !== apex && types?.has('NS')) return 'delegated'
      if (name !== target && types?.has('DNAME')) return 'dname'
    }
    if (own !== undefined) return own.has('CNAME') ? 'cname' : 'nothing'
    return exists(target) ? 'nothing' : wildcard(target)
  }
  const wildcard = (target: string): Found => {
    let encloser = parentOf(target)
    while (encloser !== apex && !exists(encloser)) encloser = parentOf(encloser)
    const types = tree.get(encloser === '.' ? '*.' : `*.${encloser}`)
    if (types?.has('A') || types?.has('AAAA')) return 'address'
    return types?.has('CNAME') ? 'cname' : 'nothing'
  }
  return (target) => {
    let found = known.get(target)
    if (found === undefined) known.set(target, (found = look(target)))
    return found
  }
}

/** Does a name exist, if only because there are names below it (RFC 4592 §2.2.2)? Counted when first asked. */
function branchFinder(apex: string, tree: ZoneTree): (name: string) => boolean {
  let branches: Set<string> | null = null
  return (name) => {
    if (branches === null) {
      branches = new Set([apex])
      for (const owner of tree.keys()) {
        if (!isBelow(owner, apex)) continue
        for (let at = owner; !branches.has(at); at = parentOf(at)) branches.add(at)
      }
    }
    return branches.has(name)
  }
}
