import { arrayOf, isObject, sameJson, type Json, type JsonObject } from '@zonedeck/shared/filter/json'
import { bad } from './bad.ts'
import { append, member, named, needTexts, normalDomain, setMembers, type EffectOf, type Effect } from './effect.ts'

/** Puts a list of a profile in place of the one there is. */
function replaceList(config: JsonObject, body: JsonObject, key: string, value: string[], what: string): Effect {
  const { name, profile } = profileOf(config, body)
  const same = sameJson(member(profile, key), value)
  return {
    edits: same ? [] : [{ op: 'set', path: ['profiles', name, key], value }],
    note: `Set the ${what} of profile ${named(name)}`,
  }
}

export const setAllowList: EffectOf = (config, body) => {
  const domains = needTexts(body, 'domains', 'the names to allow')
  return replaceList(config, body, 'allowList', domains.map(normalDomain), 'allow list')
}

/** Rules are lines of text, comments among them, and stay as they are. */
export const setRules: EffectOf = (config, body) =>
  replaceList(config, body, 'customRules', needTexts(body, 'rules', 'the lines of the rules'), 'rules')

/** Of several rewrites of one domain the last counts, and that one is updated. */
export const saveRewrite: EffectOf = (config, body) => {
  const { name, profile } = profileOf(config, body)
  const domain = domainOf(body)
  const answer = textOf(body, 'answer').trim()
  if (domain === '' || answer === '') throw bad('Domain and answer required')
  const { profile: _, ...sent } = body
  const rewrite = { ...sent, domain, answer }
  const path = ['profiles', name, 'dnsRewrites']
  const rewrites = arrayOf(member(profile, 'dnsRewrites'))
  const index = rewrites.findLastIndex((each) => domainOf(each) === domain)
  const before = rewrites[index]
  return {
    edits: isObject(before) ? setMembers([...path, index], before, rewrite) : append(profile, path, rewrite),
    note: `Rewrite ${named(domain)} in profile ${named(name)}`,
  }
}

export const deleteRewrite: EffectOf = (config, body) => {
  const { name, profile } = profileOf(config, body)
  const domain = domainOf(body)
  const rewrites = arrayOf(member(profile, 'dnsRewrites'))
  // From the end on, so that no position moves before its turn.
  const indexes = rewrites.flatMap((each, index) => (domainOf(each) === domain ? [index] : [])).reverse()
  return {
    edits: indexes.map((index) => ({ op: 'remove', path: ['profiles', name, 'dnsRewrites', index] })),
    note: `Delete the rewrite of ${named(domain)} in profile ${named(name)}`,
  }
}

function profileOf(config: JsonObject, body: JsonObject): { name: string; profile: JsonObject } {
  const name = textOf(body, 'profile')
  const profile = member(config['profiles'], name)
  if (!isObject(profile)) throw bad('Profile not found')
  return { name, profile }
}

const domainOf = (holder: Json) => normalDomain(textOf(holder, 'domain'))

function textOf(holder: Json, key: string): string {
  const value = member(holder, key)
  return typeof value === 'string' ? value : ''
}
