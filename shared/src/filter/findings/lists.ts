import { fold, isBlank, trim } from '../dotnet/text.ts'
import { isObject } from '../json.ts'
import { listsInUse } from '../lists-in-use.ts'
import {
  finding,
  ofProfiles,
  removeFix,
  setFix,
  type ConfigFinding,
  type FindingContext,
  type FindingRule,
} from './finding.ts'

/** A profile's lists count when they are registered, in the same spelling, and switched on. */
export const profileLists: FindingRule = (context) => {
  const { config } = context
  const inUse = listsInUse(config.blockLists)
  const registry = new Map<string, number>()
  for (const [index, list] of (config.blockLists ?? []).entries()) {
    const key = fold(list?.url ?? '')
    if (list !== null && !registry.has(key)) registry.set(key, index)
  }
  return ofProfiles(context, (name, { blockLists }, at) =>
    blockLists.flatMap(({ url, at: index }): ConfigFinding[] => {
      const path = at('blockLists', index)
      const used = inUse.get(fold(url))
      if (used?.url === url) return []
      if (used !== undefined) {
        const text = `The list ${url} is registered as ${used.url}: in other case it blocks nothing for “${name}”.`
        return [finding('list-case', 'danger', path, text, setFix('Spell it as it is registered', path, used.url))]
      }
      const registered = registry.get(fold(url))
      if (registered !== undefined) {
        const fix = setFix('Switch the list on', ['blockLists', registered, 'enabled'], true)
        return [
          finding(
            'disabled-list',
            'warning',
            path,
            `The list ${url} is switched off, so it blocks nothing for “${name}”.`,
            fix,
          ),
        ]
      }
      const list = { url, name: url, enabled: true, refreshHours: 24 }
      const fix = {
        title: 'Register the list',
        edits: [{ op: 'insert' as const, path: ['blockLists', config.blockLists?.length ?? 0], value: list }],
      }
      return [
        finding(
          'unregistered-list',
          'danger',
          path,
          `The list ${url} is not registered, so it blocks nothing for “${name}”.`,
          fix,
        ),
      ]
    }),
  )
}

export const registeredLists: FindingRule = (context) => {
  const { config } = context
  const inUse = listsInUse(config.blockLists)
  const used = new Set(
    [...config.profiles.values()].flatMap(({ blockLists }) => blockLists.map(({ url }) => fold(url))),
  )
  const seen = new Set<string>()
  return (config.blockLists ?? []).flatMap((list, index): ConfigFinding[] => {
    if (list === null) return []
    const path = ['blockLists', index]
    const { url, type, refreshHours, enabled } = list
    if (url === null || isBlank(url))
      return [finding('list-without-url', 'warning', path, 'A list has no URL.', removeFix('Remove it', path))]
    const found: ConfigFinding[] = []
    const key = fold(url)
    if (seen.has(key)) {
      const isMixedUp = inUse.get(key)?.isMixedUp ?? false
      const text = isMixedUp
        ? `${url} is registered twice, as names and as patterns: it blocks nothing.`
        : `${url} is registered twice; the first entry that is switched on counts.`
      found.push(
        finding('duplicate-list', isMixedUp ? 'danger' : 'warning', path, text, removeFix('Remove this one', path)),
      )
    } else {
      seen.add(key)
      if (enabled && !used.has(key)) {
        found.push(
          finding(
            'unused-list',
            'info',
            path,
            `No profile uses the list ${url}; the server fetches it for nothing.`,
            setFix('Switch it off', [...path, 'enabled'], false),
          ),
        )
      }
    }
    if (!/^https?:\/\/[^/]/i.test(trim(url)))
      found.push(
        finding(
          'list-not-http',
          'danger',
          [...path, 'url'],
          `${url} is no http or https URL, so the server cannot fetch it.`,
        ),
      )
    if (type !== 'domain' && type !== 'regex') found.push(unknownType(type, [...path, 'type']))
    if (refreshHours < 1) {
      found.push(
        finding(
          'refresh-always',
          'info',
          [...path, 'refreshHours'],
          `${url} is fetched every 15 minutes.`,
          setFix('Once a day', [...path, 'refreshHours'], 24),
        ),
      )
    }
    return found
  })
}

function unknownType(type: string | null, path: (string | number)[]): ConfigFinding {
  const meant = type?.toLowerCase() === 'regex' ? 'regex' : 'domain'
  const severity = meant === 'regex' ? 'danger' : 'info'
  return finding(
    'unknown-list-type',
    severity,
    path,
    `The type “${type ?? 'null'}” is none: the list is read as one of names.`,
    setFix(`Make it “${meant}”`, path, meant),
  )
}

/** Entries of the older form, and what the app passes over. */
export const listEntries: FindingRule = ({ json }: FindingContext) => {
  const profiles = isObject(json['profiles']) ? json['profiles'] : {}
  return Object.entries(profiles).flatMap(([name, profile]) => {
    const lists = isObject(profile) ? profile['blockLists'] : undefined
    return (Array.isArray(lists) ? lists : []).flatMap((item, index): ConfigFinding[] => {
      const path = ['profiles', name, 'blockLists', index]
      const url = isObject(item) ? item['url'] : item
      if (typeof item === 'string' && !isBlank(item)) return []
      if (isObject(item) && typeof url === 'string' && !isBlank(url)) {
        return [
          finding(
            'old-list-form',
            'info',
            path,
            `${url} is written in an old form: only its URL counts.`,
            setFix('Write the URL alone', path, url),
          ),
        ]
      }
      return [
        finding(
          'no-list',
          'info',
          path,
          `“${name}” names a list by something that is no URL.`,
          removeFix('Remove it', path),
        ),
      ]
    })
  })
}
