import type { ConfigFinding } from '@zonedeck/shared/filter/findings/finding'
import { pointer } from '@zonedeck/shared/filter/pointer'

/** The parts of a profile that are edited line by line. */
export type LinesKey = 'customRules' | 'allowList' | 'regexBlockRules' | 'regexAllowRules'

/** What was found in one part of a profile. */
export function partFindings(findings: readonly ConfigFinding[], name: string, part: string): ConfigFinding[] {
  const place = pointer(['profiles', name, part])
  return findings.filter(({ pointer: at }) => at === place || at.startsWith(`${place}/`))
}

/**
 * What was found in the hours. The page says itself what days without hours and `scheduleAllDay` do, and a day that was
 * made free is no finding.
 */
export function hoursFindings(findings: readonly ConfigFinding[], name: string, hasHours: boolean): ConfigFinding[] {
  const ofZone = hasHours ? findings.filter(({ pointer: at }) => at === '/timeZone') : []
  return [
    ...partFindings(findings, name, 'schedule').filter(({ id }) => id !== 'free-day' && id !== 'base-schedule'),
    ...ofZone,
  ]
}

/** What was found in lines, by their position. */
export function lineFindings(
  findings: readonly ConfigFinding[],
  name: string,
  key: LinesKey,
): ReadonlyMap<number, readonly ConfigFinding[]> {
  const byLine = new Map<number, ConfigFinding[]>()
  for (const each of partFindings(findings, name, key)) {
    const line = Number(each.pointer.split('/')[4] ?? Number.NaN)
    const others = byLine.get(line)
    if (others === undefined) byLine.set(line, [each])
    else others.push(each)
  }
  return byLine
}
