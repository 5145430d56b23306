import { Answer, stringOf, type Json } from './simulator-answer.ts'
import { isName, TYPES, valueError } from './simulator-values.ts'

export interface SimulatedRecord {
  identity: string
  name: string
  type: string
  ttl: number
  values: string[]
  createdAt: string
  updatedAt?: string
}

const DEFAULT_TTL = 3600
const MIN_TTL = 30
const MAX_TTL = 604_800

/** What a new record is to hold. Throws the answer to what it cannot. */
export function newRecord(
  records: readonly SimulatedRecord[],
  body: Json,
): Omit<SimulatedRecord, 'identity' | 'createdAt'> {
  const name = stringOf(body, 'name').toLowerCase()
  const type = stringOf(body, 'type')
  if (name !== '@' && !isName(name)) throw new Answer(400, `invalid record name: ${name}`)
  if (!TYPES.includes(type)) throw new Answer(400, `unsupported record type: ${type}`)
  const content = { ttl: ttlOf(body) ?? DEFAULT_TTL, values: valuesOf(type, body) }
  if (records.some((record) => record.name === name && record.type === type)) {
    throw new Answer(409, 'record already exists')
  }
  const beside = records.some((record) => record.name === name && (type === 'CNAME' || record.type === 'CNAME'))
  if (beside || (type === 'CNAME' && name === '@')) throw new Answer(400, 'CNAME cannot coexist with other records')
  return { name, type, ...content }
}

/** What a record is to hold after a PUT (all of it) or a PATCH (what is there). */
export function changedContent(
  record: SimulatedRecord,
  body: Json,
  whole: boolean,
): Pick<SimulatedRecord, 'ttl' | 'values'> {
  return {
    ttl: ttlOf(body) ?? (whole ? DEFAULT_TTL : record.ttl),
    values: body.values === undefined && !whole ? record.values : valuesOf(record.type, body),
  }
}

function ttlOf({ ttl }: Json): number | undefined {
  if (ttl === undefined || ttl === 0) return undefined
  if (typeof ttl !== 'number' || !Number.isInteger(ttl)) throw new Answer(400, 'ttl must be an integer')
  if (ttl < MIN_TTL || ttl > MAX_TTL) throw new Answer(400, `ttl must be between ${MIN_TTL} and ${MAX_TTL}`)
  return ttl
}

function valuesOf(type: string, { values }: Json): string[] {
  if (!Array.isArray(values) || values.length === 0 || !values.every((value) => typeof value === 'string')) {
    throw new Answer(400, 'values must be a list of at least one string')
  }
  const texts = values
  for (const value of texts) {
    const error = valueError(type, value)
    if (error !== null) throw new Answer(400, error)
  }
  if (new Set(texts).size < texts.length) throw new Answer(400, 'duplicate value')
  if (type === 'CNAME' && texts.length > 1) throw new Answer(400, 'CNAME must have exactly one value')
  return texts
}
