import { fold, isBlank, trim } from '../dotnet/text.ts'
import { editConfig, type ConfigEdit } from '../edit.ts'
import { arrayOf, isObject, objectOf, parseJson, sameJson, type Json, type JsonObject } from '../json.ts'
import { setMany, type ConfigValue } from '../set-many.ts'
import type { Claim } from './claim.ts'
import { makeFinder } from './client-entry.ts'

export interface Released {
  /** The configuration without what the pauses hold in it. */
  text: string
  /** What was somebody else's by now and was left alone, or leads to a profile that is gone, each with a sentence. */
  lost: { claim: Claim; text: string }[]
}

/**
 * Takes everything that pauses hold out of a configuration that somebody else changed while they lasted: each thing that
 * still is as it was made becomes what it was before; all others stay.
 */
export function releaseClaims(text: string, claims: readonly Claim[]): Released {
  const root = rootOf(text)
  if (root === null) {
    return { text, lost: claims.map((claim) => ({ claim, text: 'The configuration is no longer one.' })) }
  }
  const lost: Released['lost'] = []
  const lose = (claim: Claim, why: string) => void lost.push({ claim, text: why })
  const values: ConfigValue[] = []
  const edits: ConfigEdit[] = []
  const restore = (key: string, before: Json | undefined) => {
    if (before === undefined) edits.push({ op: 'remove', path: [key] })
    else values.push({ path: [key], value: before })
  }
  // Deleted or renamed meanwhile. Nothing is filtered by the name of no profile, and nobody but us has it there.
  const isGone = (profile: Json | undefined): profile is string =>
    typeof profile === 'string' && profile !== '' && !Object.hasOwn(objectOf(root['profiles']), profile)
  const clients = arrayOf(root['clients'])
  const find = makeFinder(clients)
  /** What the clients have in the end. */
  const profileOf = clients.map((entry) => objectOf(entry)['profile'])

  for (const claim of claims) {
    if (claim.kind === 'switch') {
      if (root['enableBlocking'] === false) restore('enableBlocking', claim.before)
      else lose(claim, 'Filtering was switched on by somebody meanwhile.')
    } else if (claim.kind === 'default') {
      if (root['defaultProfile'] === '') {
        restore('defaultProfile', claim.before)
        if (isGone(claim.before)) {
          lose(claim, `The default profile is “${claim.before}” again, which is no longer there: choose another one.`)
        }
      } else lose(claim, 'Somebody chose another default profile meanwhile.')
    } else if (claim.kind === 'client') {
      const index = find(claim.client)
      const name = claim.client.name || claim.client.ids[0] || 'a client'
      if (index < 0) lose(claim, `Somebody deleted the client “${name}” meanwhile.`)
      else if (profileOf[index] !== claim.after) lose(claim, `Somebody gave “${name}” another profile meanwhile.`)
      else {
        values.push({ path: ['clients', index, 'profile'], value: claim.before })
        profileOf[index] = claim.before
        if (isGone(claim.before)) {
          lose(claim, `“${name}” had the profile “${claim.before}”, which is no longer there: give it another one.`)
        }
      }
    }
  }
  edits.push(...allowEdits(root, claims, lose))
  for (const claim of claims) {
    if (claim.kind !== 'profile') continue
    const found = objectOf(root['profiles'])[claim.name]
    if (found === undefined) continue
    const isUsed = [...profileOf, root['defaultProfile'], root['baseProfile']].includes(claim.name)
    if (isUsed || !sameJson(found, claim.content)) {
      lose(claim, `Somebody uses the profile “${claim.name}”, which was made for a time only: it stays.`)
    } else edits.push({ op: 'remove', path: ['profiles', claim.name] })
  }
  return { text: editConfig(setMany(text, values), edits), lost }
}

function rootOf(text: string): JsonObject | null {
  if (isBlank(text)) return {}
  try {
    const value = parseJson(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** Removals in one list go from its end to its begin. */
function allowEdits(
  root: JsonObject,
  claims: readonly Claim[],
  lose: (claim: Claim, why: string) => void,
): ConfigEdit[] {
  const byProfile = new Map<string, { at: number; fresh: boolean }[]>()
  for (const claim of claims) {
    if (claim.kind !== 'allow') continue
    const list = arrayOf(objectOf(objectOf(root['profiles'])[claim.profile])['allowList'])
    const taken = new Set(byProfile.get(claim.profile)?.map((entry) => entry.at))
    const at = list.findLastIndex(
      (entry, index) => !taken.has(index) && typeof entry === 'string' && fold(trim(entry)) === fold(claim.domain),
    )
    if (at < 0) {
      lose(claim, `Somebody took “${claim.domain}” from the allow list of “${claim.profile}” meanwhile.`)
      continue
    }
    byProfile.set(claim.profile, [...(byProfile.get(claim.profile) ?? []), { at, fresh: claim.fresh }])
  }
  return [...byProfile].flatMap(([profile, entries]): ConfigEdit[] => {
    const path = ['profiles', profile, 'allowList']
    const whole = arrayOf(objectOf(objectOf(root['profiles'])[profile])['allowList']).length === entries.length
    if (whole && entries.some(({ fresh }) => fresh)) return [{ op: 'remove', path }]
    return entries.toSorted((a, b) => b.at - a.at).map(({ at }) => ({ op: 'remove', path: [...path, at] }))
  })
}
