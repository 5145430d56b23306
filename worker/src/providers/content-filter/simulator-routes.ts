import { isObject, type Json, type JsonObject } from '@zonedeck/shared/filter/json'
import { domainOf, text, type ConfigFile } from './simulator-file.ts'

/** What a call answers: its status and its JSON. */
export interface Answer {
  status: number
  body: Json
}

export interface RouteCall {
  file: ConfigFile
  /** What was sent as JSON; an empty object where nothing was. */
  data: JsonObject
  /** Of the app's folder: the services that come with it. */
  builtIn: JsonObject
}

export type Route = (call: RouteCall) => Promise<Answer> | Answer

export const ok = (more: JsonObject = {}): Answer => ({ status: 200, body: { ok: true, ...more } })
export const wrong = (error: string, status = 400): Answer => ({ status, body: { ok: false, error } })

/** Changes the configuration and saves it; a refusal changes nothing. */
export async function changed(
  { file }: RouteCall,
  change: (config: JsonObject) => Answer | undefined | void,
): Promise<Answer> {
  const config = file.load()
  const refused = change(config)
  if (refused) return refused
  await file.save(config)
  return ok()
}

function listIn(holder: JsonObject, key: string): Json[] {
  const list = holder[key]
  if (Array.isArray(list)) return list
  return (holder[key] = [])
}

export function objectIn(holder: JsonObject, key: string): JsonObject {
  const held = holder[key]
  if (isObject(held)) return held
  return (holder[key] = {})
}

export function profileNamed(config: JsonObject, name: string): JsonObject | null {
  const { profiles } = config
  const profile = isObject(profiles) && Object.hasOwn(profiles, name) ? profiles[name] : undefined
  return isObject(profile) ? profile : null
}

const valid = (index: Json | undefined, list: Json[]): index is number =>
  typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < list.length

/** Either this value, or the other where the key is missing: null is a value, as in Python's `dict.get`. */
const given = (data: JsonObject, key: string, otherwise: Json): Json => data[key] ?? (key in data ? null : otherwise)

/** Null where Python's `x or None` is. */
const orNull = (value: Json | undefined): Json => (value === '' || value === undefined ? null : value)

export const getConfig: Route = ({ file }) => ({ status: 200, body: file.load() })

export const setConfig: Route = async ({ file, data }) => ok({ reloaded: await file.save(data) })

export const deleteProfile: Route = (call) =>
  changed(call, (config) => {
    const name = text(call.data['name'])
    if (isObject(config['profiles'])) delete config['profiles'][name]
    for (const client of Array.isArray(config['clients']) ? config['clients'] : []) {
      if (isObject(client) && client['profile'] === name) client['profile'] = ''
    }
  })

/** Only these three members of a client are kept. */
export const saveClient: Route = (call) =>
  changed(call, (config) => {
    const { data } = call
    const clients = listIn(config, 'clients')
    const client = { name: given(data, 'name', ''), ids: given(data, 'ids', []), profile: given(data, 'profile', '') }
    if (valid(data['index'], clients)) clients[data['index']] = client
    else clients.push(client)
  })

export const deleteClient: Route = (call) =>
  changed(call, (config) => {
    const clients = listIn(config, 'clients')
    if (valid(call.data['index'], clients)) clients.splice(call.data['index'], 1)
  })

/** What is not sent goes back to what it was when the Web UI was new. */
export const saveSettings: Route = (call) =>
  changed(call, (config) => {
    const { data } = call
    config['enableBlocking'] = given(data, 'enableBlocking', true)
    config['defaultProfile'] = orNull(data['defaultProfile'])
    config['baseProfile'] = orNull(data['baseProfile'])
    config['timeZone'] = given(data, 'timeZone', 'America/Denver')
    config['scheduleAllDay'] = given(data, 'scheduleAllDay', true)
  })

export const getServices: Route = ({ file, builtIn }) => {
  const { customServices } = file.load()
  return { status: 200, body: { ...builtIn, ...(isObject(customServices) ? customServices : {}) } }
}

export const saveService: Route = (call) =>
  changed(call, (config) => {
    const { data } = call
    const id = text(data['id'])
    objectIn(config, 'customServices')[id] = { name: given(data, 'name', id), domains: given(data, 'domains', []) }
  })

export const deleteService: Route = (call) =>
  changed(call, (config) => {
    if (isObject(config['customServices'])) delete config['customServices'][text(call.data['id'])]
  })

export const saveList: Route = (call) =>
  changed(call, (config) => {
    const { data } = call
    const url = text(data['url']).trim()
    if (url === '') return wrong('URL required')
    const values = {
      name: given(data, 'name', ''),
      enabled: given(data, 'enabled', true),
      refreshHours: given(data, 'refreshHours', 24),
    }
    const lists = listIn(config, 'blockLists')
    const known = lists.find((list) => isObject(list) && list['url'] === url)
    if (isObject(known)) Object.assign(known, values)
    else lists.push({ url, ...values })
    return undefined
  })

export const deleteList: Route = (call) =>
  changed(call, (config) => {
    const url = text(call.data['url'])
    const lists = Array.isArray(config['blockLists']) ? config['blockLists'] : []
    config['blockLists'] = lists.filter((list) => !(isObject(list) && list['url'] === url))
    for (const profile of isObject(config['profiles']) ? Object.values(config['profiles']) : []) {
      if (!isObject(profile) || !Array.isArray(profile['blockLists'])) continue
      profile['blockLists'] = profile['blockLists'].filter((entry) => entry !== url)
    }
  })

export const refreshLists: Route = async ({ file }) => ok({ reloaded: await file.reload() })

/** Puts a list of a profile in place of the one there is. */
export const setList = (call: RouteCall, name: string, key: string, list: Json | undefined): Promise<Answer> =>
  changed(call, (config) => {
    const profile = profileNamed(config, name)
    if (profile === null) return wrong('Profile not found')
    profile[key] = list ?? []
    return undefined
  })

export const saveRewrite = (call: RouteCall, name: string): Promise<Answer> =>
  changed(call, (config) => {
    const profile = profileNamed(config, name)
    if (profile === null) return wrong('Profile not found')
    const domain = domainOf(call.data['domain'])
    const answer = text(call.data['answer']).trim()
    if (domain === '' || answer === '') return wrong('Domain and answer required')
    const rewrites = listIn(profile, 'dnsRewrites')
    const known = rewrites.find((rewrite) => isObject(rewrite) && domainOf(rewrite['domain']) === domain)
    if (isObject(known)) Object.assign(known, { domain, answer })
    else rewrites.push({ domain, answer })
    return undefined
  })

export const deleteRewrite = (call: RouteCall, name: string): Promise<Answer> =>
  changed(call, (config) => {
    const profile = profileNamed(config, name)
    if (profile === null) return wrong('Profile not found')
    const domain = domainOf(call.data['domain'])
    const rewrites = Array.isArray(profile['dnsRewrites']) ? profile['dnsRewrites'] : []
    profile['dnsRewrites'] = rewrites.filter(
      (rewrite) => !(isObject(rewrite) && domainOf(rewrite['domain']) === domain),
    )
    return undefined
  })
