import { servicesById } from '@zonedeck/shared/filter/catalogue'
import { isObject, objectOf, type JsonObject } from '@zonedeck/shared/filter/json'
import { fold } from '@zonedeck/shared/filter/dotnet/text'
import { member, named, needText, needTexts, normalDomain, setMembers, type EffectOf } from './effect.ts'

export const saveService: EffectOf = (config, body) => {
  const id = needText(body, 'id', 'the id of the service')
  const { id: _, ...sent } = body
  const service =
    'domains' in sent ? { ...sent, domains: needTexts(body, 'domains', 'its domains').map(normalDomain) } : sent
  const path = ['customServices', id]
  const before = member(config['customServices'], id)
  if (isObject(before)) return { edits: setMembers(path, before, service), note: `Update service ${named(id)}` }
  return {
    edits: [
      ...(config['customServices'] === null ? [{ op: 'set' as const, path: ['customServices'], value: {} }] : []),
      { op: 'set', path, value: { name: id, domains: [], ...service } },
    ],
    note: `Add service ${named(id)}`,
  }
}

export const deleteService: EffectOf = (config, body) => {
  const id = needText(body, 'id', 'the id of the service')
  return {
    edits: member(config['customServices'], id) === undefined ? [] : [{ op: 'remove', path: ['customServices', id] }],
    note: `Delete service ${named(id)}`,
  }
}

/** All services by id, for a server that does not tell them itself: those that come with the app, and over them one's own. */
export function allServices(config: JsonObject): JsonObject {
  const own = objectOf(config['customServices'])
  const ids = new Set(Object.keys(own).map(fold))
  const builtIn = [...servicesById(new Map()).values()].filter(({ id }) => !ids.has(fold(id)))
  return {
    ...Object.fromEntries(builtIn.map(({ id, name, domains }) => [id, { name, domains: [...domains] }])),
    ...own,
  }
}
