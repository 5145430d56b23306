import { objectOf, parseJson } from '../json.ts'
import { readConfig } from '../read-config.ts'
import { blockingAddresses, rewrites } from './answers.ts'
import { clientsOfOneName, clientsWithoutIds, duplicateIds, impossibleIds, oddAddresses } from './clients.ts'
import {
  allowedAnyway,
  duplicateDomains,
  impossibleDomains,
  rewrittenAnyway,
  services,
  wholeTopLevelDomains,
} from './domains.ts'
import type { ConfigFinding, FindingRule } from './finding.ts'
import { listEntries, profileLists, registeredLists } from './lists.ts'
import { patterns } from './patterns.ts'
import {
  baseProfile,
  clientProfiles,
  defaultProfile,
  filterOff,
  profilesOneInCase,
  unusedProfiles,
} from './profiles.ts'
import { baseSchedule, dayKeys, schedulesOff, timeZone, windows } from './schedules.ts'
import { duplicateKeys, keyCase, nullsThatOpen, refusalFindings } from './shape.ts'
import { isBlank } from '../dotnet/text.ts'

const rules: readonly FindingRule[] = [
  nullsThatOpen,
  filterOff,
  clientProfiles,
  defaultProfile,
  baseProfile,
  profilesOneInCase,
  impossibleIds,
  oddAddresses,
  duplicateIds,
  clientsWithoutIds,
  clientsOfOneName,
  schedulesOff,
  windows,
  dayKeys,
  timeZone,
  baseSchedule,
  profileLists,
  registeredLists,
  listEntries,
  impossibleDomains,
  wholeTopLevelDomains,
  allowedAnyway,
  rewrittenAnyway,
  duplicateDomains,
  services,
  patterns,
  rewrites,
  blockingAddresses,
  keyCase,
  unusedProfiles,
]

const rank = { danger: 0, warning: 1, info: 2 }

/**
 * Everything in a configuration that does not do what it looks like, the worst first. When the app refuses it, that is all
 * that is told.
 */
export function findings(text: string): ConfigFinding[] {
  const { config, refusals } = readConfig(text)
  if (config === null) return refusalFindings(refusals)
  const json = objectOf(isBlank(text) ? {} : parseJson(text))
  const found = [...rules.flatMap((rule) => rule({ config, json })), ...duplicateKeys(text)]
  return found.sort((a, b) => rank[a.severity] - rank[b.severity])
}
