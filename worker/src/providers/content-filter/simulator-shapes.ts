import { isObject } from '@zonedeck/shared/filter/json'
import { text } from './simulator-file.ts'
import {
  changed,
  deleteClient,
  deleteList,
  deleteProfile,
  deleteRewrite,
  deleteService,
  getConfig,
  getServices,
  objectIn,
  ok,
  profileNamed,
  refreshLists,
  saveClient,
  saveList,
  saveRewrite,
  saveService,
  saveSettings,
  setConfig,
  setList,
  wrong,
  type Route,
} from './simulator-routes.ts'

/** `classic`: each part has a call that stores what it is given. `merged`: a profile's call merges five members. */
export type Shape = 'classic' | 'merged'

const both: Readonly<Record<string, Route>> = {
  'GET config': getConfig,
  'POST config': setConfig,
  'DELETE profiles': deleteProfile,
  'POST clients': saveClient,
  'DELETE clients': deleteClient,
  'GET services': getServices,
  'POST custom-services': saveService,
  'DELETE custom-services': deleteService,
  'DELETE blocklists': deleteList,
  'POST blocklists/refresh': refreshLists,
}

const classic: Readonly<Record<string, Route>> = {
  'POST profiles': (call) =>
    changed(call, (config) => {
      const { name, ...profile } = call.data
      objectIn(config, 'profiles')[text(name)] = profile
    }),
  'POST settings': saveSettings,
  'POST blocklists': saveList,
  'POST allowlists': (call) => setList(call, text(call.data['profile']), 'allowList', call.data['domains']),
  'POST rules': (call) => setList(call, text(call.data['profile']), 'customRules', call.data['rules']),
  'POST rewrites': (call) => saveRewrite(call, text(call.data['profile'])),
  'DELETE rewrites': (call) => deleteRewrite(call, text(call.data['profile'])),
}

const OVERVIEW = ['description', 'blockedServices', 'blockLists', 'schedule', 'blockingAddresses']

const merged: Readonly<Record<string, Route>> = {
  'POST profiles': (call) =>
    changed(call, (config) => {
      const { data } = call
      const name = text(data['name'])
      if (name !== '' && name.trim() === '') return wrong('Profile name must not be only whitespace')
      const profiles = objectIn(config, 'profiles')
      const before = profiles[name.trim()]
      const sent = Object.fromEntries(OVERVIEW.flatMap((key) => (data[key] === undefined ? [] : [[key, data[key]]])))
      profiles[name.trim()] = { ...(isObject(before) ? before : {}), ...sent }
      return undefined
    }),
  'POST profiles/rename': (call) =>
    changed(call, (config) => {
      const [from, to] = [text(call.data['old_name']).trim(), text(call.data['new_name']).trim()]
      if (from === '' || to === '') return wrong('old_name and new_name are required')
      const profiles = objectIn(config, 'profiles')
      if (from === to) return undefined
      if (!Object.hasOwn(profiles, from)) return wrong(`Profile '${from}' not found`, 404)
      if (Object.hasOwn(profiles, to)) return wrong(`Profile '${to}' already exists`, 409)
      const { [from]: moved, ...others } = profiles
      config['profiles'] = { ...others, [to]: moved ?? null }
      for (const client of Array.isArray(config['clients']) ? config['clients'] : []) {
        if (isObject(client) && client['profile'] === from) client['profile'] = to
      }
      for (const key of ['defaultProfile', 'baseProfile']) if (config[key] === from) config[key] = to
      return undefined
    }),
  'POST settings': async (call) => {
    const { data, file } = call
    const answer = await saveSettings(call)
    const extra = ['allowTxtBlockingReport', 'blockingAddresses'].filter((key) => data[key] !== undefined)
    if (extra.length === 0) return answer
    const config = file.load()
    for (const key of extra) config[key] = data[key] ?? null
    await file.save(config)
    return answer
  },
  'POST blocklists': async (call) => {
    const { data } = call
    const url = text(data['url']).trim()
    if (url !== '' && !/^https?:/i.test(url)) return wrong('Only http:// and https:// URLs are allowed')
    const type = data['type'] === undefined ? 'domain' : text(data['type']).trim()
    if (!['domain', 'regex'].includes(type)) return wrong("Invalid type: must be one of ['domain', 'regex']")
    const answer = await saveList(call)
    if (answer.status !== 200) return answer
    return changed(call, (config) => {
      const lists = Array.isArray(config['blockLists']) ? config['blockLists'] : []
      for (const list of lists) if (isObject(list) && list['url'] === url) list['type'] = type
    })
  },
}

/** A single profile of the newer shape, and its parts, by its name in the path. */
function ofProfile(method: string, name: string, part: string): Route | undefined {
  switch (`${method} ${part}`) {
    case 'GET ':
      return ({ file }) => {
        const config = file.load()
        const profile = profileNamed(config, name)
        return profile === null
          ? wrong('Profile not found', 404)
          : ok({ profile, blockLists: config['blockLists'] ?? [] })
      }
    case 'POST allowlist':
      return (call) => setList(call, name, 'allowList', call.data['domains'])
    case 'POST rules':
      return (call) => setList(call, name, 'customRules', call.data['rules'])
    case 'POST regex':
      return (call) =>
        changed(call, (config) => {
          const profile = profileNamed(config, name)
          if (profile === null) return wrong('Profile not found')
          const [block, allow] = [call.data['regexBlockRules'] ?? [], call.data['regexAllowRules'] ?? []]
          if (!Array.isArray(block) || !Array.isArray(allow)) {
            return wrong('regexBlockRules and regexAllowRules must be lists')
          }
          Object.assign(profile, { regexBlockRules: block, regexAllowRules: allow })
          return undefined
        })
    case 'POST rewrites':
      return (call) => saveRewrite(call, name)
    case 'DELETE rewrites':
      return (call) => deleteRewrite(call, name)
    default:
      return undefined
  }
}

/** The handler of a call below `/api/`, or undefined where the shape has none. */
export function routeOf(shape: Shape, method: string, path: string): Route | undefined {
  const key = `${method} ${path}`
  const own = shape === 'classic' ? classic : merged
  const found = own[key] ?? both[key]
  if (found !== undefined || shape === 'classic') return found
  const [, name, part = ''] = /^profiles\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? []
  return name === undefined ? undefined : ofProfile(method, decodeURIComponent(name), part)
}
