import { filterConfigSchema } from '@zonedeck/shared/filter/config'
import { broughtFindings } from '@zonedeck/shared/filter/findings/brought'
import { findings } from '@zonedeck/shared/filter/findings/index'
import { isObject, parseJson, type Json } from '@zonedeck/shared/filter/json'
import { readConfig } from '@zonedeck/shared/filter/read-config'
import type { Finding } from '@zonedeck/shared/job'
import type { Operation } from '@zonedeck/shared/operation'
import { digest } from '../../http/ids.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { pointerTo } from '../../http/validation.ts'
import { refused } from './refused.ts'

type Errors = { pointer: string; detail: string }[]

const at = '/operation/text'
const mostErrors = 100

/**
 * Holds a new configuration against the one on the server. Throws `plan/conflict` with both when it was made from another
 * one, and `plan/refused` with the places that the app would refuse, or that this panel would not write. What was wrong
 * before, and is not touched, may stay: nobody has to repair a whole configuration to change one thing in it. What the new
 * one brings along that does not do what it looks like is told, to be accepted where it is dangerous.
 */
export function checkFilter(
  { base, text = '' }: Extract<Operation, { operation: 'filter' }>,
  before: string,
): Finding[] {
  const hash = digest(before)
  if (hash !== base) {
    throw new ProblemError(409, 'plan/conflict', 'The filter was changed meanwhile', {
      detail: 'The configuration on the server is no longer the one that editing began with. Nothing was written.',
      filter: { base, mine: digest(text), theirs: { hash, text: before } },
    })
  }
  if (text === before) throw refused('There is nothing to change.')
  const refusals = (readConfig(text).refusals ?? []).map(({ pointer, message }) => ({
    pointer: at + pointer,
    detail: message,
  }))
  if (refusals.length > 0) throw refusedAt(refusals)
  const known = new Set(schemaErrors(before).map(keyOf))
  const errors = schemaErrors(text).filter((error) => !known.has(keyOf(error)))
  if (errors.length > 0) throw refusedAt(errors)
  return brought(hash, before, text)
}

/**
 * What was found last, and in which two texts. Fifty thousand rules take more than a second to look through twice, and
 * what is applied is as a rule what was planned right before.
 */
let last: { key: string; found: readonly Finding[] } | undefined

function brought(hash: string, before: string, text: string): Finding[] {
  const key = `${hash} ${digest(text)}`
  if (last?.key !== key) last = { key, found: broughtFindings(findings(before), findings(text), jsonOf(text) ?? null) }
  return [...last.found]
}

/** Positions move when something before them goes. */
const keyOf = ({ pointer, detail }: Errors[number]) => `${pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*')} ${detail}`

function refusedAt(errors: Errors): ProblemError {
  const [first] = errors
  const place = first?.pointer.slice(at.length + 1) ?? ''
  const detail =
    errors.length === 1 && first !== undefined
      ? `${place === '' ? '' : `${place}: `}${first.detail}`
      : `${errors.length} places in the configuration need another look.`
  return refused(detail, errors.slice(0, mostErrors))
}

function schemaErrors(text: string): Errors {
  const value = jsonOf(text)
  if (!isObject(value)) return [{ pointer: at, detail: 'A configuration is a JSON object.' }]
  const parsed = filterConfigSchema.safeParse(value)
  if (parsed.success) return []
  return parsed.error.issues.map(({ path, message }) => ({ pointer: at + pointerTo(path), detail: message }))
}

function jsonOf(text: string): Json | undefined {
  if (text.trim() === '') return {}
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}
