import type { AppProfile } from '../app-config.ts'
import { servicesById } from '../catalogue.ts'
import { readRule } from '../compile.ts'
import { fold, isAscii, trim } from '../dotnet/text.ts'
import { serverHostName } from '../host-name.ts'
import type { Path } from '../pointer.ts'
import { rewriteDomain } from '../rewrite-domain.ts'
import {
  finding,
  ofProfiles,
  removeFix,
  setFix,
  type ConfigFinding,
  type FindingContext,
  type FindingRule,
} from './finding.ts'

const MAX_NAME = 253
const LABEL = /^[A-Za-z0-9_-]{1,63}$/

/** What is wrong with a domain, and what was meant. The last dot does no harm in rewrites. */
interface Trouble {
  id: string
  why: string
  /** Null when it cannot be guessed. */
  meant: string | null
}

function troubleOf(domain: string, dotIsFine: boolean): Trouble | null {
  const text = dotIsFine ? domain.replace(/\.+$/, '') : domain
  if (isDomain(text)) return null
  const fix = (pattern: RegExp) => {
    const meant = pattern.exec(text)?.[1]?.replace(/\.+$/, '')
    return meant !== undefined && isDomain(meant) ? meant : null
  }
  const withoutDot = fix(/^(.*?)\.+$/)
  if (withoutDot !== null) return { id: 'last-dot', why: 'ends with a dot', meant: withoutDot }
  const host = fix(/^(?:0\.0\.0\.0|127\.0\.0\.1|::1?)\s+(\S+)/)
  if (host !== null) return { id: 'hosts-line', why: 'is a line of a hosts file', meant: host }
  const named = fix(/^(\S+?)\s*[#;].*$/)
  if (named !== null) return { id: 'comment-on-line', why: 'has a comment behind it', meant: named }
  const star = fix(/^\*\.?(.+)$/)
  if (star !== null)
    return { id: 'wildcard-entry', why: 'has a star; a domain covers everything below it by itself', meant: star }
  const adblock = fix(/^\|\|([^/^$]+)\^?(?:\$.*)?$/)
  if (adblock !== null) return { id: 'adblock-entry', why: 'is written for ad blockers', meant: adblock }
  const url = fix(/^[a-z][a-z+.-]*:\/\/(?:[^/@]*@)?([^/:?#]+)/i) ?? fix(/^([^/:\s]+)[/:]\S*$/)
  if (url !== null) return { id: 'url-entry', why: 'is an address of a page', meant: url }
  if (!isAscii(text)) {
    const ascii = serverHostName(text)?.toLowerCase() ?? null
    return { id: 'unicode-entry', why: 'has letters outside of ASCII; queries hold the A-label', meant: ascii }
  }
  if (/\s/.test(text)) return { id: 'space-in-entry', why: 'has spaces in it', meant: null }
  return { id: 'invalid-domain', why: 'is no domain', meant: null }
}

/** RFC 2317: the reverse zone of a network smaller than 256 addresses. */
const CLASSLESS = /^(?:\d{1,3}\.)?\d{1,3}\/\d{1,2}(?:\.\d{1,3}){3}\.in-addr\.arpa$/i

function isDomain(text: string): boolean {
  if (CLASSLESS.test(text)) return true
  return text.length <= MAX_NAME && text.split('.').every((label) => LABEL.test(label))
}

function never(
  where: string,
  entry: string,
  path: Path,
  trouble: Trouble,
  write: (meant: string) => string,
): ConfigFinding {
  const { id, why, meant } = trouble
  const fix = meant === null ? removeFix('Remove it', path) : setFix(`Write “${write(meant)}”`, path, write(meant))
  return finding(id, 'warning', path, `“${entry}” ${where} never matches: it ${why}.`, fix)
}

/** Entries that no query can meet. */
export const impossibleDomains: FindingRule = (context) => [
  ...ofProfiles(context, (name, profile, at) => [
    ...profile.customRules.flatMap((line, index) => {
      const rule = readRule(line)
      const trouble = rule === null ? null : troubleOf(rule.domain, false)
      if (rule === null || trouble === null) return []
      const write = (meant: string) => (rule.allows ? `@@${meant}` : meant)
      return never(`in the rules of “${name}”`, trim(line), at('customRules', index), trouble, write)
    }),
    ...profile.allowList.flatMap((line, index) => {
      const domain = trim(line)
      const where = `on the allow list of “${name}”`
      if (domain === '') return []
      if (domain.startsWith('#')) {
        return finding(
          'comment-in-allow-list',
          'info',
          at('allowList', index),
          `“${domain}” ${where} is no comment to the app, but an entry that never matches.`,
          removeFix('Remove it', at('allowList', index)),
        )
      }
      const allowed = domain.startsWith('@@') && isDomain(trim(domain.slice(2))) ? trim(domain.slice(2)) : null
      const trouble =
        allowed === null
          ? troubleOf(domain, false)
          : { id: 'rule-in-allow-list', why: 'is written as a rule', meant: allowed }
      return trouble === null ? [] : never(where, domain, at('allowList', index), trouble, (meant) => meant)
    }),
    ...profile.dnsRewrites.flatMap(({ domain }, index) => {
      const text = trim(domain ?? '')
      const trouble = text === '' ? null : troubleOf(text, true)
      return trouble === null
        ? []
        : never(`among the rewrites of “${name}”`, text, at('dnsRewrites', index, 'domain'), trouble, (meant) => meant)
    }),
  ]),
  ...[...context.config.customServices].flatMap(([id, { domains }]) =>
    domains.flatMap((domain, index) => {
      const path = ['customServices', id, 'domains', index]
      const bare = trim(domain)
      const trouble =
        bare !== domain && isDomain(bare)
          ? { id: 'space-around-domain', why: 'has spaces around it', meant: bare }
          : troubleOf(domain, false)
      return trouble === null ? [] : never(`of the service “${id}”`, domain, path, trouble, (meant) => meant)
    }),
  ),
]

/** A single label covers everything under a top-level domain. */
export const wholeTopLevelDomains: FindingRule = (context) =>
  ofProfiles(context, (name, profile, at) =>
    [
      ...profile.customRules.map((line, index) => {
        const rule = readRule(line)
        const verb = rule?.allows ? 'allows' : 'blocks'
        return {
          domain: rule?.domain ?? '',
          where: `in the rules of “${name}” ${verb}`,
          path: at('customRules', index),
        }
      }),
      ...profile.allowList.map((line, index) => {
        return { domain: trim(line), where: `on the allow list of “${name}” allows`, path: at('allowList', index) }
      }),
      ...profile.dnsRewrites.map(({ domain }, index) => {
        const where = `among the rewrites of “${name}” answers for`
        return { domain: rewriteDomain(domain), where, path: at('dnsRewrites', index, 'domain') }
      }),
    ].flatMap(({ domain, where, path }) =>
      domain.includes('.') || !isDomain(domain)
        ? []
        : finding(
            'whole-top-level-domain',
            'warning',
            path,
            `“${domain}” ${where} everything that ends with .${domain}.`,
          ),
    ),
  )

/** The base profile, as it is shared. */
function baseOf({ config }: FindingContext) {
  return [...config.profiles].find(([name]) => fold(name) === fold(config.baseProfile ?? ''))
}

/** A rule under a rewrite of the same profile (or of the base) does nothing: a rewrite is looked for first. */
export const rewrittenAnyway: FindingRule = (context) => {
  const base = baseOf(context)
  const ofBase = firstAbove(base === undefined ? [] : rewritesOf(...base))
  return ofProfiles(context, (name, profile, at) => {
    const own = firstAbove(rewritesOf(name, profile))
    return profile.customRules.flatMap((line, index) => {
      const rule = readRule(line)
      const winner = rule === null ? undefined : (own(rule.domain) ?? ofBase(rule.domain))
      if (rule === null || winner === undefined) return []
      const text = `“${rule.domain}” in the rules of “${name}” ${rule.allows ? 'allows' : 'blocks'} nothing: “${winner.profile}” rewrites “${winner.text}”, and that comes first.`
      const path = at('customRules', index)
      return finding('rewritten-anyway', 'warning', path, text, removeFix('Remove the rule', path))
    })
  })
}

function rewritesOf(profile: string, { dnsRewrites }: AppProfile) {
  return dnsRewrites
    .filter(({ domain, answer }) => rewriteDomain(domain) !== '' && trim(answer ?? '') !== '')
    .map(({ domain }) => ({ profile, text: rewriteDomain(domain), key: fold(rewriteDomain(domain)) }))
}

/**
 * Finds the first of these domains that another one is or is under. By the parents of that one, and not domain by domain:
 * profiles have tens of thousands of either.
 */
function firstAbove<T extends { key: string }>(domains: readonly T[]): (domain: string) => T | undefined {
  const order = new Map<string, number>()
  for (const [index, { key }] of domains.entries()) if (!order.has(key)) order.set(key, index)
  return (domain) => {
    // What is longer is no domain, and has parents without end.
    if (order.size === 0 || domain.length > MAX_NAME) return undefined
    let first = Infinity
    for (let rest = fold(domain); ; rest = rest.slice(rest.indexOf('.') + 1)) {
      first = Math.min(first, order.get(rest) ?? Infinity)
      if (!rest.includes('.')) return domains[first]
    }
  }
}

/** A block under an allow of the same profile (or of the base) does nothing: an allow always wins. */
export const allowedAnyway: FindingRule = (context) => {
  const base = baseOf(context)
  const ofBase = firstAbove(base === undefined ? [] : allowedBy(...base))
  return ofProfiles(context, (name, profile, at) => {
    const own = firstAbove(allowedBy(name, profile))
    return profile.customRules.flatMap((line, index) => {
      const rule = readRule(line)
      if (rule === null || rule.allows) return []
      const winner = own(rule.domain) ?? ofBase(rule.domain)
      if (winner === undefined) return []
      const text = `“${rule.domain}” in the rules of “${name}” blocks nothing: “${winner.text}” is allowed by “${winner.profile}”, and that wins.`
      return finding(
        'allowed-anyway',
        'warning',
        at('customRules', index),
        text,
        removeFix('Remove the rule', at('customRules', index)),
      )
    })
  })
}

function allowedBy(profile: string, { allowList, customRules }: AppProfile) {
  const rules = customRules.map(readRule).flatMap((rule) => (rule?.allows ? rule.domain : []))
  return [...allowList.map(trim), ...rules]
    .filter((text) => text !== '')
    .map((text) => ({ profile, text, key: fold(text) }))
}

/** The same entry twice in one list. */
export const duplicateDomains: FindingRule = (context) =>
  ofProfiles(context, (name, profile, at) =>
    (['customRules', 'allowList'] as const).flatMap((key) => {
      const seen = new Set<string>()
      return profile[key].flatMap((line, index) => {
        const entry = fold(trim(line))
        if (entry === '' || entry.startsWith('#')) return []
        if (!seen.has(entry)) {
          seen.add(entry)
          return []
        }
        return finding(
          'duplicate-entry',
          'info',
          at(key, index),
          `“${trim(line)}” is there twice in “${name}”.`,
          removeFix('Remove one', at(key, index)),
        )
      })
    }),
  )

export const services: FindingRule = (context) => {
  const { config } = context
  const known = servicesById(config.customServices)
  const builtIn = servicesById(new Map())
  return [
    ...ofProfiles(context, (name, { blockedServices }, at) =>
      blockedServices.flatMap((id, index) =>
        known.has(fold(id))
          ? []
          : finding(
              'unknown-service',
              'warning',
              at('blockedServices', index),
              `There is no service “${id}”: “${name}” blocks nothing by it.`,
              removeFix('Remove it', at('blockedServices', index)),
            ),
      ),
    ),
    ...[...config.customServices].flatMap(([id, { domains }]) => [
      ...(domains.length === 0
        ? [
            finding(
              'empty-service',
              'warning',
              ['customServices', id],
              `The service “${id}” has no domains, so it blocks nothing.`,
            ),
          ]
        : []),
      ...(builtIn.has(fold(id))
        ? [
            finding(
              'replaced-service',
              'info',
              ['customServices', id],
              `“${id}” takes the place of the built-in service ${builtIn.get(fold(id))?.name ?? ''}.`,
            ),
          ]
        : []),
    ]),
  ]
}
