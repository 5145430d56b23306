import { trim } from './dotnet/text.ts'
import { pairItems } from './identity.ts'
import { arrayOf, isObject, sameJson, textOf, type Json, type JsonObject } from './json.ts'
import { dayNames, days } from './week.ts'

/** Sentences about the parts of a configuration: what comes, what goes, what is another. */

export type Maybe = Json | undefined

export function changedKeys(before: JsonObject, after: JsonObject, without: readonly string[] = []): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys.filter((key) => !without.includes(key) && !sameJson(before[key], after[key]))
}

/** What comes and what goes of a list of texts. */
export function texts(
  before: Maybe,
  after: Maybe,
  comes: (text: string) => string,
  goes: (text: string) => string,
): string[] {
  const [old, fresh] = [arrayOf(before), arrayOf(after)]
  const pairs = pairItems('text', old, fresh)
  const line = (item: Json, say: (text: string) => string) => {
    const sentence =
      typeof item === 'string' ? say(item) : isObject(item) && typeof item['url'] === 'string' ? say(item['url']) : ''
    return sentence === '' ? [] : sentence
  }
  return [
    ...old.flatMap((item, index) => (pairs.includes(index) ? [] : line(item, goes))),
    ...fresh.flatMap((item, index) => (pairs[index]! >= 0 ? [] : line(item, comes))),
  ]
}

export function ruleLine(line: string, comes: boolean): string {
  const text = trim(line)
  if (text === '') return ''
  if (text.startsWith('#'))
    return comes ? `Notes “${trim(text.slice(1))}”.` : `No longer notes “${trim(text.slice(1))}”.`
  const verb = text.startsWith('@@') ? 'allow' : 'block'
  const domain = trim(text.replace(/^@@/, ''))
  return comes ? `${capital(verb)}s “${domain}”.` : `No longer ${verb}s “${domain}”.`
}

export function rewriteLines(before: Json[], after: Json[]): string[] {
  const pairs = pairItems('rewrite', before, after)
  const part = (item: Maybe, key: string) => (isObject(item) ? (textOf(item[key]) ?? '') : '')
  const gone = before
    .filter((_, index) => !pairs.includes(index))
    .map((item) => `No longer answers “${part(item, 'domain')}” itself.`)
  const rest = after.flatMap((item, index) => {
    const old = pairs[index]! < 0 ? undefined : before[pairs[index]!]
    if (sameJson(old, item)) return []
    const was = old === undefined ? '' : ` instead of “${part(old, 'answer')}”`
    return `Answers “${part(item, 'domain')}” with “${part(item, 'answer')}”${was}.`
  })
  return [...gone, ...rest]
}

export function scheduleLines(before: JsonObject, after: JsonObject): string[] {
  const dayOf = (key: string) => days.find((day) => day === key)
  const rank = (key: string) => {
    const day = dayOf(key)
    return day === undefined ? days.length : days.indexOf(day)
  }
  const title = (key: string) => {
    const day = dayOf(key)
    return day === undefined ? `“${key}”` : dayNames[day]
  }
  return changedKeys(before, after)
    .sort((a, b) => rank(a) - rank(b))
    .map((key) => `${title(key)}: filters ${windowsInWords(after[key])} (was ${windowsInWords(before[key])}).`)
}

function windowsInWords(value: Maybe): string {
  const windows = Array.isArray(value) ? value : value === undefined ? [] : [value]
  if (windows.length === 0) return 'all day'
  return windows
    .map((window) => {
      if (!isObject(window)) return 'never'
      const { allDay = true, start = '00:00', end = '23:59:59' } = window
      if (allDay === true) return 'all day'
      return start === end ? `at ${inWords(start)} alone` : `${textOf(start) ?? '?'}–${textOf(end) ?? '?'}`
    })
    .join(', ')
}

export function listLines(before: JsonObject, after: JsonObject): string[] {
  return changedKeys(before, after).flatMap((key): string[] => {
    const [a, b] = [before[key], after[key]]
    if (key === 'enabled') return [b === false ? 'Is switched off.' : 'Is switched on.']
    if (key === 'refreshHours')
      return [`Is fetched every ${inWords(b)} hours${a === undefined ? '' : ` (was ${inWords(a)})`}.`]
    if (key === 'type') return [b === 'regex' ? 'Is a list of patterns.' : 'Is a list of names.']
    if (key === 'name') return a === undefined ? [] : [`Is called “${textOf(b) ?? ''}” (was “${textOf(a) ?? ''}”).`]
    if (key === 'url') return [`Is at ${inWords(b)}${a === undefined ? '' : ` (was ${inWords(a)})`}.`]
    return [`“${key}” is ${inWords(b)} (was ${inWords(a)}).`]
  })
}

export function serviceLines(before: JsonObject, after: JsonObject): string[] {
  return changedKeys(before, after).flatMap((key): string[] => {
    const [a, b] = [before[key], after[key]]
    if (key === 'domains')
      return texts(
        a,
        b,
        (domain) => `Holds “${domain}”.`,
        (domain) => `No longer holds “${domain}”.`,
      )
    if (key === 'name') return a === undefined ? [] : [`Is called “${textOf(b) ?? ''}” (was “${textOf(a) ?? ''}”).`]
    return [`“${key}” is ${inWords(b)} (was ${inWords(a)}).`]
  })
}

export function answersWith(value: Maybe): string {
  if (value == null) return 'Answers for what is blocked as everywhere.'
  const entries = arrayOf(value).map(inWords)
  return entries.length === 0
    ? 'Answers that blocked names do not exist.'
    : `Answers for what is blocked with ${entries.join(', ')}.`
}

export function profileName(value: Maybe): string {
  const name = textOf(value)
  return name === null || name === '' ? 'no profile' : `the profile “${name}”`
}

/** A value as it is said in a sentence; long ones are cut. */
export function inWords(value: Maybe): string {
  if (value === undefined) return 'not set'
  if (value === null) return 'none'
  if (typeof value === 'string') return value === '' ? 'empty' : value
  const json = JSON.stringify(value)
  return json.length > 60 ? `${json.slice(0, 60)}…` : json
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
