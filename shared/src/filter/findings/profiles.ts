import { fold, isBlank } from '../dotnet/text.ts'
import {
  finding,
  removeFix,
  setFix,
  type ConfigFinding,
  type ConfigFix,
  type FindingContext,
  type FindingRule,
} from './finding.ts'

/** The profile that was meant by a name of another case. */
function otherCase({ config }: FindingContext, name: string): string | undefined {
  return [...config.profiles.keys()].find((known) => known !== name && fold(known) === fold(name))
}

/** Filtering is switched off as a whole. */
export const filterOff: FindingRule = ({ config }) =>
  config.enableBlocking
    ? []
    : [
        finding(
          'filter-off',
          'warning',
          ['enableBlocking'],
          'Filtering is switched off: nothing is blocked or rewritten.',
          setFix('Switch it on', ['enableBlocking'], true),
        ),
      ]

/** A client whose profile is not there, or none, is not filtered at all: neither the default nor the base profile counts. */
export const clientProfiles: FindingRule = (context) => {
  const { config } = context
  const fallback =
    config.defaultProfile !== null && config.profiles.has(config.defaultProfile) ? config.defaultProfile : null
  return (config.clients ?? []).flatMap((client, index): ConfigFinding[] => {
    if (client === null) return []
    const path = ['clients', index, 'profile']
    const who = client.name || `client ${index + 1}`
    if (client.profile === null) {
      const text = isBlank(config.baseProfile)
        ? `“${who}” has no profile (null): it is not filtered.`
        : `“${who}” has no profile (null): only the base profile counts for it.`
      return [finding('client-null-profile', 'warning', path, text)]
    }
    if (config.profiles.has(client.profile)) return []
    if (client.profile === '') {
      const fix = fallback === null ? undefined : setFix(`Give it “${fallback}”`, path, fallback)
      return [
        finding(
          'client-without-profile',
          'danger',
          path,
          `“${who}” has an empty profile: it is not filtered at all, not even by the base profile.`,
          fix,
        ),
      ]
    }
    return [missing(context, path, client.profile, `“${who}” is not filtered at all`)]
  })
}

function missing(context: FindingContext, path: (string | number)[], name: string, so: string): ConfigFinding {
  const meant = otherCase(context, name)
  return meant === undefined
    ? finding('unknown-profile', 'danger', path, `There is no profile “${name}”: ${so}.`)
    : finding(
        'profile-case',
        'danger',
        path,
        `The profile is spelled “${meant}”, not “${name}”: ${so}.`,
        setFix(`Write “${meant}”`, path, meant),
      )
}

export const defaultProfile: FindingRule = (context) => {
  const { config } = context
  const name = config.defaultProfile
  if (name !== null && !config.profiles.has(name)) {
    const so = 'clients that no entry names are not filtered at all'
    if (name !== '') return [missing(context, ['defaultProfile'], name, so)]
    return [
      finding(
        'unknown-profile',
        'danger',
        ['defaultProfile'],
        `The default profile is empty: ${so}.`,
        setFix('Make it none', ['defaultProfile'], null),
      ),
    ]
  }
  if (name !== null || !isBlank(config.baseProfile) || config.profiles.size === 0) return []
  const text = 'There is neither a default nor a base profile: clients that no entry names are not filtered.'
  return [finding('no-default-profile', 'info', ['defaultProfile'], text)]
}

export const baseProfile: FindingRule = (context) => {
  const { config } = context
  const name = config.baseProfile
  if (name === null || config.profiles.has(name)) return []
  if (isBlank(name)) return []
  const meant = otherCase(context, name)
  if (meant === undefined) {
    const fix: ConfigFix = setFix('Make it none', ['baseProfile'], null)
    return [
      finding(
        'unknown-profile',
        'danger',
        ['baseProfile'],
        `There is no profile “${name}”, so nothing is shared by all.`,
        fix,
      ),
    ]
  }
  const text = `The base profile is spelled “${meant}”, not “${name}”: its rules are shared, but clients without a profile are not filtered.`
  return [finding('profile-case', 'warning', ['baseProfile'], text, setFix(`Write “${meant}”`, ['baseProfile'], meant))]
}

/** Names that differ by case alone share the rules of the last. */
export const profilesOneInCase: FindingRule = ({ config }) => {
  const names = [...config.profiles.keys()]
  const lasts = new Map(names.map((name) => [fold(name), name]))
  return names.flatMap((name) => {
    const last = lasts.get(fold(name))
    if (last === undefined || last === name) return []
    return finding(
      'profiles-differ-by-case',
      'danger',
      ['profiles', name],
      `“${name}” and “${last}” are one profile to the app: the rules of “${last}” count for both.`,
    )
  })
}

export const unusedProfiles: FindingRule = ({ config }) => {
  const used = new Set(
    [config.defaultProfile, config.baseProfile, ...(config.clients ?? []).map((client) => client?.profile ?? null)].map(
      (name) => fold(name ?? ''),
    ),
  )
  return [...config.profiles.keys()].flatMap((name) =>
    used.has(fold(name))
      ? []
      : finding(
          'unused-profile',
          'info',
          ['profiles', name],
          `Nobody has the profile “${name}”.`,
          removeFix('Remove it', ['profiles', name]),
        ),
  )
}
