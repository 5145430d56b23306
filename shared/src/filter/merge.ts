import { diffConfigs } from './diff.ts'
import { isBlank } from './dotnet/text.ts'
import { editConfig } from './edit.ts'
import { itemKind, pairItems, type ItemKind } from './identity.ts'
import { isObject, parseJson, sameJson, type Json, type JsonObject } from './json.ts'
import { placeInWords } from './place.ts'
import { pointer, type Path } from './pointer.ts'

/** Both sides changed one thing, each to something else. A value that is missing is not there on that side. */
export interface ConfigConflict {
  /**
   * JSON pointer; it names the conflict when a side is chosen. Positions are those of `theirs`; an item that is not there any
   * more is `mine-` with its position in `mine`.
   */
  pointer: string
  /** `the schedule of the profile “kids”`. */
  what: string
  base?: Json
  mine?: Json
  theirs?: Json
}

export type ConfigMerge = { text: string; conflicts: [] } | { text: null; conflicts: ConfigConflict[] }

/**
 * Two hands on one configuration: `base` is the text when editing began, `mine` what was made of it here, `theirs` what the
 * server holds now. What only one side changed is taken from it: profile by profile and in them part by part, client by
 * client, list by list, rule by rule. The result is `theirs`, edited in place.
 *
 * @param choices by pointer, whose side to take where both changed one thing
 */
export function mergeConfigs(
  base: string,
  mine: string,
  theirs: string,
  choices: ReadonlyMap<string, 'mine' | 'theirs'> = new Map(),
): ConfigMerge {
  const [from, ours, server] = [base, mine, theirs].map(read) as [Json, Json, Json]
  const merger = new Merger(ours, server, choices)
  const merged = merger.value([], from, ours, server)
  if (merger.conflicts.length > 0) return { text: null, conflicts: merger.conflicts }
  return { text: editConfig(theirs, diffConfigs(server, merged ?? {})), conflicts: [] }
}

function read(text: string): Json {
  return isBlank(text) ? {} : parseJson(text)
}

type Maybe = Json | undefined

class Merger {
  readonly conflicts: ConfigConflict[] = []
  readonly #mine: Json
  readonly #theirs: Json
  readonly #choices: ReadonlyMap<string, 'mine' | 'theirs'>

  constructor(mine: Json, theirs: Json, choices: ReadonlyMap<string, 'mine' | 'theirs'>) {
    this.#mine = mine
    this.#theirs = theirs
    this.#choices = choices
  }

  value(path: Path, base: Maybe, mine: Maybe, theirs: Maybe): Maybe {
    if (sameJson(mine, theirs) || sameJson(mine, base)) return theirs
    if (sameJson(theirs, base)) return mine
    if (isObject(mine) && isObject(theirs)) return this.#object(path, isObject(base) ? base : {}, mine, theirs)
    if (Array.isArray(mine) && Array.isArray(theirs) && itemKind(path) !== 'none') {
      return this.#list(path, Array.isArray(base) ? base : [], mine, theirs)
    }
    return this.#choose(path, base, mine, theirs)
  }

  #choose(path: Path, base: Maybe, mine: Maybe, theirs: Maybe): Maybe {
    const last = path.at(-1)
    const isGone = typeof last === 'number' && theirs === undefined
    const at = pointer(isGone ? [...path.slice(0, -1), `mine-${last}`] : path)
    const choice = this.#choices.get(at)
    if (choice !== undefined) return choice === 'mine' ? mine : theirs
    this.conflicts.push({
      pointer: at,
      what: placeInWords(path, theirs === undefined ? this.#mine : this.#theirs),
      ...(base === undefined ? {} : { base }),
      ...(mine === undefined ? {} : { mine }),
      ...(theirs === undefined ? {} : { theirs }),
    })
    return theirs
  }

  #object(path: Path, base: JsonObject, mine: JsonObject, theirs: JsonObject): JsonObject {
    const own = (object: JsonObject, key: string) => (Object.hasOwn(object, key) ? object[key] : undefined)
    const keys = new Set([...Object.keys(theirs), ...Object.keys(mine)])
    const entries = [...keys].flatMap((key): [string, Json][] => {
      const merged = this.value([...path, key], own(base, key), own(mine, key), own(theirs, key))
      return merged === undefined ? [] : [[key, merged]]
    })
    return Object.fromEntries(entries)
  }

  #list(path: Path, base: Json[], mine: Json[], theirs: Json[]): Json[] {
    const kind = itemKind(path)
    const items = identify(kind, base, mine, theirs)
    const kept = new Map<Item, Json>()
    for (const item of items) {
      const at = item.theirs ?? item.mine
      const of = (list: Json[], index: number | undefined) => (index === undefined ? undefined : list[index])
      const merged = this.value([...path, at ?? 0], of(base, item.base), of(mine, item.mine), of(theirs, item.theirs))
      if (merged !== undefined) kept.set(item, merged)
    }
    const order = this.#order(path, kind, items)
    return order.flatMap((item) => {
      const value = kept.get(item)
      return value === undefined ? [] : [value]
    })
  }

  /** The other side's order, with what only this side has behind what it stood behind here; and this side's own order when only it changed that. */
  #order(path: Path, kind: ItemKind, items: readonly Item[]): Item[] {
    const isMoved = (side: 'mine' | 'theirs') => {
      const common = sorted(items, side).filter(({ base }) => base !== undefined)
      return common.some(({ base }, index) => index > 0 && base! < common[index - 1]!.base!)
    }
    let lead: 'mine' | 'theirs' = 'theirs'
    if (kind === 'client' && isMoved('mine')) {
      const names = (side: 'mine' | 'theirs') =>
        sorted(items, side).filter((item) => item.mine !== undefined && item.theirs !== undefined)
      const differs = names('mine').some((item, index) => item !== names('theirs')[index])
      if (!isMoved('theirs')) lead = 'mine'
      else if (differs)
        lead = this.#choose([...path, 'order'], undefined, 'mine', 'theirs') === 'mine' ? 'mine' : 'theirs'
    }
    const order = sorted(items, lead)
    let before: Item | undefined
    for (const item of sorted(items, lead === 'mine' ? 'theirs' : 'mine')) {
      if (!order.includes(item)) order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, item)
      before = item
    }
    return order
  }
}

/** An item of a list in the three versions: where it is in each. */
interface Item {
  base?: number
  mine?: number
  theirs?: number
}

function sorted(items: readonly Item[], side: 'mine' | 'theirs'): Item[] {
  return items.filter((item) => item[side] !== undefined).sort((a, b) => a[side]! - b[side]!)
}

function identify(kind: ItemKind, base: Json[], mine: Json[], theirs: Json[]): Item[] {
  const items = base.map((_, index): Item => ({ base: index }))
  const added = (list: Json[], side: 'mine' | 'theirs') =>
    pairItems(kind, base, list).flatMap((from, index) => {
      if (from < 0) return index
      items[from]![side] = index
      return []
    })
  const myNew = added(mine, 'mine')
  const theirNew = added(theirs, 'theirs')
  // What both added can be the same thing.
  const pairs = pairItems(
    kind,
    myNew.map((index) => mine[index]!),
    theirNew.map((index) => theirs[index]!),
  )
  for (const index of myNew) items.push({ mine: index })
  for (const [at, index] of theirNew.entries()) {
    const same =
      pairs[at]! < 0 ? undefined : items.find((item) => item.base === undefined && item.mine === myNew[pairs[at]!])
    if (same === undefined) items.push({ theirs: index })
    else same.theirs = index
  }
  return items
}
