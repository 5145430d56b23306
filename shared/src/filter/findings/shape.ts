import { parseTree, type Node } from 'jsonc-parser'
import { isObject, type Json } from '../json.ts'
import type { Path } from '../pointer.ts'
import type { Refusal } from '../read-config.ts'
import { finding, removeFix, setFix, type ConfigFinding, type FindingRule } from './finding.ts'

/** What makes the app refuse the configuration. A null goes away with its key. */
export function refusalFindings(refusals: readonly Refusal[]): ConfigFinding[] {
  return refusals.map(({ path, pointer, message, isNull }) => ({
    id: isNull ? 'refused-null' : 'refused-value',
    severity: 'danger',
    text: `The app refuses the configuration. ${message}`,
    pointer,
    ...(isNull ? { fix: removeFix('Remove it', path) } : {}),
  }))
}

/** Keys the app reads, by the place they are in. */
const KEYS = {
  root: keysOf(`enableBlocking profiles clients defaultProfile baseProfile timeZone scheduleAllDay customServices blockLists
    allowTxtBlockingReport blockingAddresses`),
  profile:
    keysOf(`description blockedServices blockLists allowList customRules regexBlockRules regexAllowRules dnsRewrites
    blockingAddresses schedule`),
  client: keysOf('name ids profile'),
  list: keysOf('url name enabled refreshHours type'),
  service: keysOf('name domains'),
  rewrite: keysOf('domain answer'),
  window: keysOf('allDay start end'),
}
type Place = keyof typeof KEYS

/** By their lower case. */
function keysOf(names: string): ReadonlyMap<string, string> {
  return new Map(names.split(/\s+/).map((name) => [name.toLowerCase(), name]))
}

/** A key in other case is another key to the app, and ignored. */
export const keyCase: FindingRule = ({ json }) => {
  const found: ConfigFinding[] = []
  const check = (place: Place, path: Path, value: Json | undefined) => {
    if (!isObject(value)) return
    for (const key of Object.keys(value)) {
      const known = KEYS[place].get(key.toLowerCase())
      if (known === undefined || known === key) continue
      const fix = Object.hasOwn(value, known)
        ? removeFix('Remove it', [...path, key])
        : rename([...path], key, known, value[key]!)
      found.push(finding('key-case', 'warning', [...path, key], `The app reads “${known}”, and ignores “${key}”.`, fix))
    }
  }
  const each = (place: Place, path: Path, value: Json | undefined) => {
    for (const [key, item] of entriesOf(value)) check(place, [...path, key], item)
  }
  check('root', [], json)
  each('client', ['clients'], json['clients'])
  each('list', ['blockLists'], json['blockLists'])
  each('service', ['customServices'], json['customServices'])
  for (const [name, profile] of entriesOf(json['profiles'])) {
    const path = ['profiles', name]
    check('profile', path, profile)
    if (!isObject(profile)) continue
    each('rewrite', [...path, 'dnsRewrites'], profile['dnsRewrites'])
    for (const [day, windows] of entriesOf(profile['schedule'])) {
      if (Array.isArray(windows)) each('window', [...path, 'schedule', day], windows)
      else check('window', [...path, 'schedule', day], windows)
    }
  }
  return found
}

function rename(path: Path, from: string, to: string, value: Json) {
  return {
    title: `Rename it to “${to}”`,
    edits: [
      { op: 'set' as const, path: [...path, to], value },
      { op: 'remove' as const, path: [...path, from] },
    ],
  }
}

function entriesOf(value: Json | undefined): [string | number, Json][] {
  if (Array.isArray(value)) return [...value.entries()]
  return isObject(value) ? Object.entries(value) : []
}

/** Of a key that comes twice the app reads the last. */
export function duplicateKeys(text: string): ConfigFinding[] {
  const found: ConfigFinding[] = []
  const walk = (node: Node, path: Path) => {
    if (node.type === 'array') for (const [index, item] of (node.children ?? []).entries()) walk(item, [...path, index])
    if (node.type !== 'object') return
    const seen = new Set<string>()
    for (const { children: [key, value] = [] } of node.children ?? []) {
      const name = String(key?.value)
      if (value !== undefined) walk(value, [...path, name])
      if (!seen.has(name)) seen.add(name)
      else
        found.push(
          finding('duplicate-key', 'warning', [...path, name], `“${name}” is there twice; only the last counts.`),
        )
    }
  }
  const tree = parseTree(text)
  if (tree !== undefined) walk(tree, [])
  return found
}

/** Nulls that the app takes, and then fails over with every query that comes that far: it lets them all pass. */
export const nullsThatOpen: FindingRule = ({ config, json }) => {
  const found: ConfigFinding[] = []
  const say = (path: Path, what: string, fix: ConfigFinding['fix']) =>
    found.push(
      finding('null-lets-pass', 'danger', path, `${what} The app fails over it and lets everything pass.`, fix),
    )
  if (config.clients === null)
    say(['clients'], 'The list of clients is null.', setFix('Make it an empty list', ['clients'], []))
  for (const [index, client] of (config.clients ?? []).entries()) {
    const path = ['clients', index]
    if (client === null) say(path, 'A client is null.', removeFix('Remove it', path))
    else if (client.ids === null)
      say([...path, 'ids'], 'The ids of a client are null.', setFix('Make them an empty list', [...path, 'ids'], []))
    for (const [at, id] of (client?.ids ?? []).entries()) {
      if (id === null)
        say([...path, 'ids', at], 'An id of a client is null.', removeFix('Remove it', [...path, 'ids', at]))
    }
  }
  for (const [name, profile] of entriesOf(json['profiles'])) {
    for (const [day, windows] of entriesOf(isObject(profile) ? profile['schedule'] : undefined)) {
      for (const [at, window] of Array.isArray(windows) ? windows.entries() : []) {
        const path = ['profiles', name, 'schedule', day, at]
        if (window === null) say(path, `A window of the schedule of “${name}” is null.`, removeFix('Remove it', path))
      }
    }
  }
  return found
}
