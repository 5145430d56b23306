import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import { isNone, readBlockingAddresses } from '@zonedeck/shared/filter/blocking-addresses'
import { parseIpAddress } from '@zonedeck/shared/filter/dotnet/ip-address'
import { trim } from '@zonedeck/shared/filter/dotnet/text'
import type { ConfigEdit } from '@zonedeck/shared/filter/edit'
import { serverHostName } from '@zonedeck/shared/filter/host-name'
import { baseOf } from './service-choice.ts'

/** How a profile says what is answered for a blocked name: as everywhere, as if it did not exist, or with its own entries. */
export type AnswerKind = 'inherit' | 'nothing' | 'own'

export function answerKind(addresses: readonly string[] | null): AnswerKind {
  if (addresses === null) return 'inherit'
  return addresses.some((entry) => trim(entry) !== '') ? 'own' : 'nothing'
}

/** What is answered, as a sentence. */
export function answerInWords(entries: readonly (string | null)[]): string {
  const read = readBlockingAddresses(entries)
  if (isNone(read)) return 'There is no such name (NXDOMAIN).'
  if (read.hosts.length > 0) return `A CNAME to ${read.hosts.join(', ')}, and no address.`
  return `${[...read.ipv4, ...read.ipv6].join(' and ')}${read.ipv4.length === 0 || read.ipv6.length === 0 ? `; nothing for ${read.ipv4.length === 0 ? 'IPv4' : 'IPv6'}` : ''}.`
}

/** What counts for a profile that says nothing itself, and where that comes from. */
export function inheritedAnswer(
  config: AppConfig,
  name: string,
): { entries: readonly (string | null)[]; from: string } {
  const everywhere = config.blockingAddresses ?? []
  const base = baseOf(config, name)
  const ofBase = config.profiles.get(base ?? '')?.blockingAddresses ?? []
  return isNone(readBlockingAddresses(everywhere)) && base !== null && !isNone(readBlockingAddresses(ofBase))
    ? { entries: ofBase, from: `the base profile ${base}` }
    : { entries: everywhere, from: 'the settings of the filter' }
}

/** Why an entry cannot be answered, as a sentence; null when it can. */
export function entriesTrouble(entries: readonly string[]): string | null {
  if (entries.length === 0) return 'An address or a host name is missing, such as 0.0.0.0.'
  const wrong = entries.find((entry) => parseIpAddress(entry) === null && (serverHostName(entry) ?? '') === '')
  if (wrong !== undefined) return `“${wrong}” is neither an address nor a host name without a dot at its end.`
  const hosts = entries.filter((entry) => parseIpAddress(entry) === null)
  if (hosts.length > 1) return 'One host name at most: a name may have one CNAME.'
  if (hosts.length === 1 && entries.length > 1)
    return 'A host name stands alone: beside it the app drops all addresses.'
  return null
}

/** `0.0.0.0, ::` */
export function entriesOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((entry) => entry !== '')
}

export function answerEdits(name: string, entries: readonly string[] | null): ConfigEdit[] {
  return [{ op: 'set', path: ['profiles', name, 'blockingAddresses'], value: entries === null ? null : [...entries] }]
}
