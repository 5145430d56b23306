import { parseIpAddress } from '../dotnet/ip-address.ts'
import { fold, trim } from '../dotnet/text.ts'
import { addressText } from '../../records/fields/address.ts'
import { serverHostName } from '../host-name.ts'
import type { Path } from '../pointer.ts'
import { rewriteDomain } from '../rewrite-domain.ts'
import { finding, ofProfiles, removeFix, setFix, type ConfigFinding, type FindingRule } from './finding.ts'

/** Rewrites that do nothing, or let the query pass. */
export const rewrites: FindingRule = (context) =>
  ofProfiles(context, (name, { dnsRewrites }, at) => {
    const last = new Map(dnsRewrites.map(({ domain }, index) => [fold(rewriteDomain(domain)), index]))
    return dnsRewrites.flatMap(({ domain, answer }, index): ConfigFinding[] => {
      const path = at('dnsRewrites', index)
      const from = rewriteDomain(domain)
      const to = trim(answer ?? '')
      const who = `The rewrite of “${from}” in “${name}”`
      if (from === '' || to === '') {
        return [
          finding(
            'empty-rewrite',
            'warning',
            path,
            `A rewrite of “${name}” has no ${from === '' ? 'domain' : 'answer'}, so it does nothing.`,
            removeFix('Remove it', path),
          ),
        ]
      }
      if (last.get(fold(from)) !== index)
        return [
          finding(
            'duplicate-rewrite',
            'warning',
            path,
            `${who} is there twice; only the last counts.`,
            removeFix('Remove this one', path),
          ),
        ]
      return answerFindings(who, to, [...path, 'answer'])
    })
  })

function answerFindings(who: string, answer: string, path: Path): ConfigFinding[] {
  const address = parseIpAddress(answer)
  if (address !== null) {
    const canonical = addressText(address.bytes)
    return address.bytes.length === 4 && canonical !== answer
      ? [
          finding(
            'odd-address',
            'warning',
            path,
            `${who} answers with ${canonical}, as the app reads “${answer}”.`,
            setFix(`Write ${canonical}`, path, canonical),
          ),
        ]
      : []
  }
  if (serverHostName(answer) !== null) {
    return [
      finding(
        'rewrite-to-host',
        'info',
        path,
        `${who} answers with a CNAME alone, for everything below it too. Devices that do not follow it by themselves find nothing; an address is safer.`,
      ),
    ]
  }
  const bare = answer.replace(/\.+$/, '')
  const fix = serverHostName(bare) !== null && bare !== '' ? setFix(`Write ${bare}`, path, bare) : undefined
  return [
    finding(
      'rewrite-passes',
      'danger',
      path,
      `${who} does nothing: “${answer}” is neither an address nor a host name, and the query passes.`,
      fix,
    ),
  ]
}

/** What is answered for blocked names. */
export const blockingAddresses: FindingRule = (context) => [
  ...addressFindings(context.config.blockingAddresses ?? [], ['blockingAddresses'], 'everywhere'),
  ...ofProfiles(context, (name, profile, at) =>
    addressFindings(profile.blockingAddresses ?? [], at('blockingAddresses'), `in “${name}”`),
  ),
]

function addressFindings(entries: readonly (string | null)[], path: Path, where: string): ConfigFinding[] {
  const hosts = entries.flatMap((entry, index) => {
    const text = trim(entry ?? '')
    return text === '' || parseIpAddress(text) !== null
      ? []
      : { text, index, name: serverHostName(text.replace(/\.+$/, '')) }
  })
  const addresses = entries.filter((entry) => parseIpAddress(trim(entry ?? '')) !== null)
  const found = hosts.flatMap(({ text, index, name }) =>
    name === null || name === ''
      ? [
          finding(
            'blocking-address-passes',
            'danger',
            [...path, index],
            `“${text}” is neither an address nor a host name: what is blocked ${where} passes.`,
            removeFix('Remove it', [...path, index]),
          ),
        ]
      : [],
  )
  if (hosts.length > 0 && addresses.length > 0) {
    const edits = entries
      .flatMap((entry, index) =>
        parseIpAddress(trim(entry ?? '')) === null ? [] : { op: 'remove' as const, path: [...path, index] },
      )
      .reverse()
    found.push(
      finding(
        'blocking-addresses-mixed',
        'warning',
        path,
        `Beside the host name “${hosts[0]?.text ?? ''}” the addresses for what is blocked ${where} are dropped.`,
        { title: 'Remove the addresses', edits },
      ),
    )
  }
  if (hosts.length > 1)
    found.push(
      finding(
        'several-blocking-hosts',
        'warning',
        path,
        `What is blocked ${where} is answered with ${hosts.length} CNAME records; a name may have one.`,
      ),
    )
  return found
}
