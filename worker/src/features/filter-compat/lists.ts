import type { ConfigEdit } from '@zonedeck/shared/filter/edit'
import { arrayOf, isObject, objectOf, type Json } from '@zonedeck/shared/filter/json'
import type { Path } from '@zonedeck/shared/filter/pointer'
import { bad } from './bad.ts'
import { append, member, named, needText, setMembers, type EffectOf } from './effect.ts'

/** Of a list that is registered already, only what was sent changes. */
export const saveList: EffectOf = (config, body) => {
  const url = needText(body, 'url', 'the address of the list').trim()
  if (!/^https?:\/\//i.test(url)) throw bad('“url” must be an address that begins with http:// or https://.')
  const list = { ...body, url }
  const registered = arrayOf(config['blockLists']).flatMap((each, index) =>
    isObject(each) && each['url'] === url ? [{ index, each }] : [],
  )
  if (registered.length === 0) {
    const whole = { name: '', enabled: true, refreshHours: 24, ...list }
    return { edits: append(config, ['blockLists'], whole), note: `Register list ${named(url)}` }
  }
  return {
    edits: registered.flatMap(({ index, each }) => setMembers(['blockLists', index], each, list)),
    note: `Update list ${named(url)}`,
  }
}

/** The list leaves the registry, and every profile. */
export const deleteList: EffectOf = (config, body) => {
  const url = needText(body, 'url', 'the address of the list').trim()
  const places = [
    { path: ['blockLists'], list: config['blockLists'] },
    ...Object.entries(objectOf(config['profiles'])).map(([name, profile]) => ({
      path: ['profiles', name, 'blockLists'],
      list: member(profile, 'blockLists'),
    })),
  ]
  return { edits: places.flatMap(({ path, list }) => leave(path, list, url)), note: `Delete list ${named(url)}` }
}

/** In an older form of the configuration a profile has the lists themselves, and not their addresses. */
const isOf = (entry: Json, url: string) => entry === url || member(entry, 'url') === url

/** From the end on, so that no position moves before its turn. */
function leave(path: Path, list: Json | undefined, url: string): ConfigEdit[] {
  const indexes = arrayOf(list).flatMap((entry, index) => (isOf(entry, url) ? [index] : []))
  return indexes.reverse().map((index) => ({ op: 'remove', path: [...path, index] }))
}
