import { arrayOf, isObject, type Json, type JsonObject } from '@zonedeck/shared/filter/json'
import { bad } from './bad.ts'
import { append, member, named, needTexts, replaceMembers, type EffectOf } from './effect.ts'

/** Where `index` is a position of the list, the client there is replaced; otherwise this is one more. */
export const saveClient: EffectOf = (config, body) => {
  const { index, ...more } = body
  const ids = needTexts(body, 'ids', 'the addresses and names of the client')
  const { name = '', profile } = more
  if (typeof profile !== 'string') throw bad('“profile” is missing: the name of the profile to assign.')
  if (typeof name !== 'string') throw bad('“name” must be a text.')
  const client: JsonObject = { name, ids, profile, ...more }
  const clients = arrayOf(config['clients'])
  const before = isPosition(index, clients) ? clients[index] : undefined
  const who = named(name || (ids[0] ?? ''))
  if (!isPosition(index, clients)) {
    return { edits: append(config, ['clients'], client), note: `Add client ${who}` }
  }
  const path = ['clients', index]
  return {
    at: before ?? null,
    edits: isObject(before) ? replaceMembers(path, before, client, []) : [{ op: 'set', path, value: client }],
    note: `Replace client ${who}`,
  }
}

export const deleteClient: EffectOf = (config, body) => {
  const { index } = body
  if (!Number.isInteger(index)) throw bad('“index” is missing: the position of the client, counted from 0.')
  const clients = arrayOf(config['clients'])
  if (!isPosition(index, clients)) return { edits: [], note: 'Delete a client' }
  const name = member(clients[index], 'name')
  return {
    at: clients[index] ?? null,
    edits: [{ op: 'remove', path: ['clients', index] }],
    note: `Delete client ${named(typeof name === 'string' ? name : String(index))}`,
  }
}

function isPosition(index: Json | undefined, list: readonly Json[]): index is number {
  return typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < list.length
}
