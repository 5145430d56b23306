import type { ConfigEdit } from '@zonedeck/shared/filter/edit'
import { arrayOf, isObject, type Json, type JsonObject } from '@zonedeck/shared/filter/json'
import { member, named, needText, replaceMembers, type EffectOf } from './effect.ts'

/** What the app reads of a profile. */
const known = [
  'description',
  'blockedServices',
  'blockLists',
  'allowList',
  'customRules',
  'regexBlockRules',
  'regexAllowRules',
  'dnsRewrites',
  'blockingAddresses',
  'schedule',
]

/** A profile of this name is overwritten: what the app reads of it is what was sent. */
export const saveProfile: EffectOf = (config, body) => {
  const name = needText(body, 'name', 'the name of the profile')
  const { name: _, ...sent } = body
  const profile = 'schedule' in sent ? { ...sent, schedule: wholeSchedule(sent['schedule'] ?? null) } : sent
  const before = member(config['profiles'], name)
  const path = ['profiles', name]
  if (!isObject(before)) {
    return { edits: [...profilesOf(config), { op: 'set', path, value: profile }], note: `Add profile ${named(name)}` }
  }
  return { edits: replaceMembers(path, before, profile, known), note: `Overwrite profile ${named(name)}` }
}

/** `null` where the profiles should be: the app takes it for none. */
const profilesOf = (config: JsonObject): ConfigEdit[] =>
  config['profiles'] === null ? [{ op: 'set', path: ['profiles'], value: {} }] : []

/** The app's own defaults, written out: a window is whole where this panel writes it. */
function wholeSchedule(schedule: Json): Json {
  const whole = (window: Json): Json =>
    isObject(window) ? { allDay: true, start: '00:00', end: '23:59:59', ...window } : window
  if (!isObject(schedule)) return schedule
  return Object.fromEntries(
    Object.entries(schedule).map(([day, windows]) => [
      day,
      Array.isArray(windows) ? windows.map(whole) : whole(windows),
    ]),
  )
}

/**
 * The clients of a deleted profile end up with the name of none. That is the API's way, and it is not harmless: to the app
 * such a client is one that nothing is filtered for.
 */
export const deleteProfile: EffectOf = (config, body) => {
  const name = needText(body, 'name', 'the name of the profile')
  const clients = arrayOf(config['clients']).flatMap((client, index) =>
    isObject(client) && client['profile'] === name ? [{ index, name: client['name'] }] : [],
  )
  const edits: ConfigEdit[] = clients.map(({ index }) => ({
    op: 'set',
    path: ['clients', index, 'profile'],
    value: '',
  }))
  if (member(config['profiles'], name) !== undefined) edits.push({ op: 'remove', path: ['profiles', name] })
  const warning = warningOf(
    name,
    config,
    clients.map((client) => client.name),
  )
  return { edits, note: `Delete profile ${named(name)}`, ...(warning === '' ? {} : { warning }) }
}

/** So many names make a sentence; more are counted. */
const mostNamed = 20

function warningOf(name: string, config: JsonObject, clients: readonly (Json | undefined)[]): string {
  const who = clients.map((client) =>
    typeof client === 'string' && client !== '' ? client : 'a client without a name',
  )
  const more = who.length > mostNamed ? ` and ${who.length - mostNamed} more` : ''
  const all = who.slice(0, mostNamed).join(', ') + more
  const sentences = [
    ...(who.length === 0
      ? []
      : [`No longer filtered, not even by the default or the base profile: ${all}. Assign another profile.`]),
    ...(config['defaultProfile'] === name
      ? ['It is still named as the default profile: whoever is no client of another one is not filtered.']
      : []),
    ...(config['baseProfile'] === name
      ? ['It is still named as the base profile: what it blocked is let through.']
      : []),
  ]
  return sentences.join(' ')
}
