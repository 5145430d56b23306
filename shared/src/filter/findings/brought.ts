import type { Finding } from '../../job.ts'
import type { Json } from '../json.ts'
import { placeInWords } from '../place.ts'
import type { Path } from '../pointer.ts'
import type { ConfigFinding } from './finding.ts'

/** So many of one kind are told one by one; more of them are one finding, which is accepted once. */
const mostOfOneKind = 10
const mostPlaces = 5

/**
 * What an edit brings along that was not found before it, the worst first, as a plan tells it. A rule that finds something
 * in thousands of places tells of them together: nobody accepts them one by one.
 *
 * @param config the configuration after the edit, parsed
 */
export function broughtFindings(
  before: readonly ConfigFinding[],
  after: readonly ConfigFinding[],
  config: Json,
): Finding[] {
  const kinds = new Map<string, ConfigFinding[]>()
  for (const found of newFindings(before, after)) {
    const kind = `${found.severity} ${found.id}`
    const others = kinds.get(kind)
    if (others === undefined) kinds.set(kind, [found])
    else others.push(found)
  }
  const told = [...kinds.values()].flatMap((kind) =>
    kind.length > mostOfOneKind ? together(kind, config) : kind.map((found) => alone(found, config)),
  )
  return withOwnNames(told)
}

/** Positions move, what is said does not. What was said twice and is said three times is said once more. */
function newFindings(before: readonly ConfigFinding[], after: readonly ConfigFinding[]): ConfigFinding[] {
  const keyOf = ({ id, severity, text }: ConfigFinding) => `${severity} ${id} ${text}`
  const known = new Map<string, number>()
  for (const found of before) known.set(keyOf(found), (known.get(keyOf(found)) ?? 0) + 1)
  return after.filter((found) => {
    const left = known.get(keyOf(found)) ?? 0
    if (left > 0) known.set(keyOf(found), left - 1)
    return left === 0
  })
}

function alone(found: ConfigFinding, config: Json): Finding {
  return planned(found, `Where: ${placeOf(found, config)}.`)
}

function together(kind: readonly ConfigFinding[], config: Json): Finding[] {
  const [first, ...others] = kind
  if (first === undefined) return []
  const places: string[] = []
  for (const found of kind) {
    const place = placeOf(found, config)
    if (!places.includes(place)) places.push(place)
    if (places.length > mostPlaces) break
  }
  const where = places.length > mostPlaces ? [...places.slice(0, mostPlaces), 'other places'] : places
  return [planned(first, `And ${others.length} more of this kind. Where: ${where.join(', ')}.`)]
}

function planned({ id, severity, text, pointer }: ConfigFinding, reason: string): Finding {
  return { id, severity, title: text, reason, name: pointer }
}

/** Two of one rule in one place would be accepted as one. */
function withOwnNames(findings: readonly Finding[]): Finding[] {
  const times = new Map<string, number>()
  return findings.map((found) => {
    const key = `${found.id} ${found.name ?? ''}`
    const count = (times.get(key) ?? 0) + 1
    times.set(key, count)
    return count === 1 ? found : { ...found, name: `${found.name ?? ''} (${count})` }
  })
}

function placeOf({ pointer }: ConfigFinding, config: Json): string {
  return pointer === '' ? 'the whole configuration' : placeInWords(pathOf(pointer), config)
}

function pathOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const text = part.replaceAll('~1', '/').replaceAll('~0', '~')
      return /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : text
    })
}
