import { trim } from '../dotnet/text.ts'
import { compilePattern, type Pattern } from '../regex/pattern.ts'
import type { Path } from '../pointer.ts'
import { finding, ofProfiles, removeFix, type ConfigFinding, type FindingRule } from './finding.ts'

/** Names of very different kinds: what finds all of them finds nearly everything. */
const SAMPLES = ['example.com', 'www.google.co.uk', 'a1-b2.cdn.test', 'x.y.z', 'printer', '_dns.resolver.arpa']
/** Enough for any pattern that does not lose itself. */
const BUDGET = 200_000
/** Names on which patterns that try too many ways lose themselves. */
const LONG = ['a', 'a-', '0', 'a.', 'ab.cd-'].map((part) => `${part.repeat(240 / part.length).replace(/[.-]+$/, '')}!`)

export const patterns: FindingRule = (context) =>
  ofProfiles(context, (name, profile, at) =>
    (['regexBlockRules', 'regexAllowRules'] as const).flatMap((key) =>
      profile[key].flatMap((line, index) => {
        const text = trim(line)
        if (text === '' || text.startsWith('#')) return []
        return judge(
          compilePattern(text, BUDGET),
          text,
          name,
          at(key, index),
          key === 'regexBlockRules' ? 'blocks' : 'allows',
        )
      }),
    ),
  )

function judge(
  pattern: Pattern,
  text: string,
  profile: string,
  path: Path,
  verb: 'blocks' | 'allows',
): ConfigFinding[] {
  const who = `The pattern “${text}” of “${profile}”`
  if (pattern.state === 'bad') {
    return [
      finding(
        'bad-pattern',
        'danger',
        path,
        `${who} is skipped: ${lowerFirst(pattern.why)}`,
        removeFix('Remove it', path),
      ),
    ]
  }
  if (pattern.state === 'unsure')
    return [
      finding('unsure-pattern', 'info', path, `What ${lowerFirst(who)} matches cannot be told here. ${pattern.why}`),
    ]
  if (pattern.isForeign) {
    return [
      finding(
        'foreign-pattern',
        'danger',
        path,
        `${who} matches no host name: it asks for a character that none has.`,
        removeFix('Remove it', path),
      ),
    ]
  }
  if (SAMPLES.every((sample) => pattern.test(sample) === 'yes')) {
    return [finding('pattern-for-all', 'danger', path, `${who} ${verb} nearly every name.`)]
  }
  if (LONG.some((sample) => pattern.test(sample) === 'slow')) {
    return [
      finding(
        'slow-pattern',
        'warning',
        path,
        `${who} takes too long over some names; the app then gives it up and goes on.`,
      ),
    ]
  }
  return []
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
