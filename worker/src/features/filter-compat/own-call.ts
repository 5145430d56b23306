import type { FilterCall } from '@zonedeck/shared/filter-operation'
import {
  arrayOf,
  isObject,
  objectOf,
  parseJson,
  textOf,
  type Json,
  type JsonObject,
} from '@zonedeck/shared/filter/json'
import { sameFilter } from '@zonedeck/shared/plan/filter-rows'
import { member, normalDomain } from './effect.ts'

/**
 * The call as the older Web UI could be sent it, when that would leave the very configuration that we want; undefined when
 * it would not: its calls drop keys they do not know, put values in place of what was not sent, and keep a domain's dot.
 */
export function ownCall(before: string, after: string, call: FilterCall): FilterCall | undefined {
  const config = before.trim() === '' ? {} : parseJson(before)
  if (!isObject(config)) return undefined
  const left = whatItLeaves(config, call)
  return left !== null && sameFilter(after, JSON.stringify(left)) ? call : undefined
}

/** As the source of the older Web UI has it; null where it would refuse. */
function whatItLeaves(config: JsonObject, { method, path, body: sent }: FilterCall): JsonObject | null {
  const body = sent as JsonObject
  const given = (key: string, otherwise: Json) => (Object.hasOwn(body, key) ? (body[key] ?? null) : otherwise)
  const clients = arrayOf(config['clients'])
  const profiles = objectOf(config['profiles'])
  const services = objectOf(config['customServices'])
  const lists = arrayOf(config['blockLists'])
  const { url = '', index } = body
  const [name, id] = [textOf(body['name']) ?? '', textOf(body['id']) ?? '']
  const at = typeof index === 'number' && index >= 0 && index < clients.length ? index : -1
  switch (`${method} ${path}`) {
    case 'POST profiles': {
      const { name: _, ...profile } = body
      return { ...config, profiles: { ...profiles, [name]: profile } }
    }
    case 'DELETE profiles':
      return {
        ...config,
        profiles: without(profiles, name),
        clients: clients.map((each) => (isObject(each) && each['profile'] === name ? { ...each, profile: '' } : each)),
      }
    case 'POST clients': {
      const client = { name: given('name', ''), ids: given('ids', []), profile: given('profile', '') }
      return { ...config, clients: at < 0 ? [...clients, client] : clients.with(at, client) }
    }
    case 'DELETE clients':
      return { ...config, clients: clients.filter((_, position) => position !== at) }
    case 'POST settings':
      return {
        ...config,
        enableBlocking: given('enableBlocking', true),
        defaultProfile: given('defaultProfile', null) || null,
        baseProfile: given('baseProfile', null) || null,
        timeZone: given('timeZone', 'America/Denver'),
        scheduleAllDay: given('scheduleAllDay', true),
      }
    case 'POST custom-services': {
      const service = { name: given('name', id), domains: given('domains', []) }
      return { ...config, customServices: { ...services, [id]: service } }
    }
    case 'DELETE custom-services':
      return { ...config, customServices: without(services, id) }
    case 'POST blocklists': {
      const list = { enabled: given('enabled', true), name: given('name', ''), refreshHours: given('refreshHours', 24) }
      const known = lists.findIndex((each) => member(each, 'url') === url)
      const before = objectOf(lists[known])
      return {
        ...config,
        blockLists: known < 0 ? [...lists, { url, ...list }] : lists.with(known, { ...before, ...list }),
      }
    }
    case 'DELETE blocklists':
      return {
        ...config,
        blockLists: lists.filter((each) => member(each, 'url') !== url),
        profiles: Object.fromEntries(
          Object.entries(profiles).map(([key, profile]) => [key, withoutList(profile, url)]),
        ),
      }
    default:
      return inProfile(config, profiles, `${method} ${path}`, body)
  }
}

/** The calls that concern a part of a profile. */
function inProfile(config: JsonObject, profiles: JsonObject, call: string, body: JsonObject): JsonObject | null {
  const name = textOf(body['profile']) ?? ''
  const profile = member(profiles, name)
  if (!isObject(profile)) return null
  const become = (part: JsonObject) => ({ ...config, profiles: { ...profiles, [name]: { ...profile, ...part } } })
  const rewrites = arrayOf(profile['dnsRewrites'])
  const domainOf = (holder: Json) => normalDomain(textOf(member(holder, 'domain')) ?? '')
  const domain = domainOf(body)
  switch (call) {
    case 'POST allowlists':
      return become({ allowList: body['domains'] ?? [] })
    case 'POST rules':
      return become({ customRules: body['rules'] ?? [] })
    case 'POST rewrites': {
      const rewrite = { domain, answer: (textOf(body['answer']) ?? '').trim() }
      const known = rewrites.findIndex((each) => domainOf(each) === domain)
      const before = objectOf(rewrites[known])
      return become({
        dnsRewrites: known < 0 ? [...rewrites, rewrite] : rewrites.with(known, { ...before, ...rewrite }),
      })
    }
    case 'DELETE rewrites':
      return become({ dnsRewrites: rewrites.filter((each) => domainOf(each) !== domain) })
    default:
      return null
  }
}

function without(holder: JsonObject, key: Json): JsonObject {
  return Object.fromEntries(Object.entries(holder).filter(([each]) => each !== key))
}

function withoutList(profile: Json, url: Json): Json {
  if (!isObject(profile) || !Array.isArray(profile['blockLists'])) return profile
  return { ...profile, blockLists: profile['blockLists'].filter((entry) => entry !== url) }
}
