import type { Right } from '@zonedeck/shared/connection'
import { displayName } from '@zonedeck/shared/names'
import type { Person } from '@zonedeck/shared/people'
import { rightOn } from '@zonedeck/shared/rights'

type Holder = Pick<Person, 'owner' | 'rights'>

/** What is said of a person, or to them. */
const words = {
  they: { none: 'does not see', view: 'sees', edit: 'edits', full: 'may do everything' },
  you: { none: 'you do not see', view: 'you see', edit: 'you edit', full: 'you may do everything' },
} satisfies Record<string, Record<Right, string>>
type Voice = keyof typeof words

/**
 * What a person may really do, a sentence for each connection: “Sees everything at Home, edits iot.home.arpa.” Worked
 * out with the same `rightOn` that lets requests through or not.
 *
 * @param connections all there are; those that differ from what holds everywhere are named
 */
export function describeRights(
  who: Holder,
  connections: readonly { id: string; name: string }[],
  voice: Voice = 'they',
): string[] {
  if (who.owner) return [`${capital(words[voice].full)}, and ${voice === 'you' ? 'let' : 'lets'} others in.`]
  const everywhere = describe(who, voice, '*', 'on every connection')
  const nothing = `${capital(words[voice].view)} nothing`
  const own = connections
    .filter(({ id }) => who.rights.some(({ connection }) => connection === id))
    .flatMap(
      ({ id, name }) => describe(who, voice, id, `at ${name}`) ?? (everywhere === null ? [] : `${nothing} at ${name}.`),
    )
  const sentences = [...(everywhere === null ? [] : [everywhere]), ...own]
  return sentences.length === 0 ? [`${nothing} yet.`] : sentences
}

function describe(who: Holder, voice: Voice, connection: string, where: string): string | null {
  const base = rightOn(who, connection)
  const names = who.rights.filter((grant) => grant.connection === connection || grant.connection === '*')
  const zones = [...new Set(names.map(({ zone }) => zone))]
    .filter((zone) => zone !== '*')
    .toSorted()
    .map((zone) => ({ zone, right: rightOn(who, connection, zone) }))
    .filter(({ right }) => right !== base)
  const parts = (['full', 'edit', 'view', 'none'] as const).flatMap((right) => {
    const same = zones.filter((one) => one.right === right).map(({ zone }) => shown(zone))
    return same.length === 0 ? [] : `${words[voice][right]}${right === 'full' ? ' with' : ''} ${listed(same)}`
  })
  if (base !== 'none')
    return `${[`${capital(words[voice][base])}${base === 'full' ? '' : ' everything'} ${where}`, ...parts].join(', ')}.`
  return parts.length === 0 ? null : `${capital(parts.join(', '))} ${where}, and nothing else there.`
}

function shown(zone: string): string {
  return zone === '@' ? 'the root zone' : displayName(zone)
}

/** “a”, “a and b”, “a, b and 5 more”. */
function listed(names: readonly string[]): string {
  if (names.length > 4) return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' and ')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
