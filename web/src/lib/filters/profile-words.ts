import type { AppConfig, AppProfile } from '@zonedeck/shared/filter/app-config'
import { servicesById } from '@zonedeck/shared/filter/catalogue'
import { readRule } from '@zonedeck/shared/filter/compile'
import { fold, isBlank, trim } from '@zonedeck/shared/filter/dotnet/text'
import { listsInUse } from '@zonedeck/shared/filter/lists-in-use'

const NAMED = 3

/** What a profile blocks, allows and rewrites, as one line; null for a profile that does nothing of its own. */
export function profileWords(config: AppConfig, profile: AppProfile): string | null {
  const rules = profile.customRules.flatMap((line) => readRule(line) ?? [])
  const inUse = listsInUse(config.blockLists)
  const lists = profile.blockLists.filter(({ url }) => inUse.get(fold(url))?.url === url).length
  const patterns = profile.regexBlockRules.filter(isLine).length
  const blocked = [
    serviceWords(config, profile),
    count(lists, 'list'),
    count(rules.filter(({ allows }) => !allows).length, 'rule'),
    count(patterns, 'pattern'),
  ].filter((part) => part !== '')
  const allowed =
    rules.filter(({ allows }) => allows).length +
    profile.allowList.filter((entry) => !isBlank(entry)).length +
    profile.regexAllowRules.filter(isLine).length
  const parts = [
    blocked.length > 0 ? `Blocks ${joined(blocked)}` : '',
    allowed > 0 ? `allows ${String(allowed)} by name` : '',
    profile.dnsRewrites.length > 0 ? `answers ${String(profile.dnsRewrites.length)} itself` : '',
  ].filter((part) => part !== '')
  if (parts.length === 0) return null
  const line = parts.join('; ')
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}.`
}

function serviceWords(config: AppConfig, { blockedServices }: AppProfile): string {
  const services = servicesById(config.customServices)
  const names = blockedServices.flatMap((id) => services.get(fold(id))?.name ?? [])
  if (names.length === 0) return ''
  if (names.length <= NAMED + 1) return joined(names)
  return `${names.slice(0, NAMED).join(', ')} and ${String(names.length - NAMED)} more services`
}

const isLine = (line: string) => trim(line) !== '' && !trim(line).startsWith('#')

function count(size: number, noun: string): string {
  return size === 0 ? '' : `${String(size)} ${noun}${size === 1 ? '' : 's'}`
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}
