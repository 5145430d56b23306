import type { AppRewrite } from '@zonedeck/shared/filter/app-config'
import { parseIpAddress } from '@zonedeck/shared/filter/dotnet/ip-address'
import { serverHostName } from '@zonedeck/shared/filter/host-name'
import { circles } from './safe-search.ts'

const LABEL = /^[A-Za-z0-9_-]{1,63}$/

/** What is wrong with the name of a rewrite, as a sentence; null when it can match. */
export function domainTrouble(domain: string): string | null {
  if (domain === '') return 'A name is missing, such as www.example.com.'
  if (domain.includes('*')) return 'No stars: a rewrite is for everything below its name by itself.'
  if (/[:/]/.test(domain)) return 'A name, not the address of a page.'
  const labels = domain.replace(/\.$/, '').split('.')
  return labels.every((label) => LABEL.test(label))
    ? null
    : 'This is no name that a query can hold; letters outside of ASCII are written as xn--….'
}

/** What is wrong with the answer of a rewrite, as a sentence; null when the app can give it. */
export function answerTrouble(answer: string): string | null {
  if (answer === '') return 'An address or a host name is missing.'
  if (parseIpAddress(answer) !== null) return null
  if (answer.endsWith('.')) return 'No dot at the end: the app takes such a host name for none, and the query passes.'
  return (serverHostName(answer) ?? '') === ''
    ? 'This is neither an address nor a host name, and the query would pass.'
    : null
}

export function isAddress(answer: string): boolean {
  return parseIpAddress(answer) !== null
}

/** What an answer does beside what it says, as sentences. */
export function rewriteWarnings(rewrites: readonly AppRewrite[], domain: string, answer: string): string[] {
  if (domainTrouble(domain) !== null || answerTrouble(answer) !== null || isAddress(answer)) return []
  return circles(rewrites, domain, answer)
    ? [
        `${answer} lies below ${domain}, so it is rewritten itself: a device that follows the answer is sent there again, in a circle. Use an address.`,
      ]
    : ['The answer is a CNAME alone. Devices that do not follow it by themselves find nothing; an address is safer.']
}
