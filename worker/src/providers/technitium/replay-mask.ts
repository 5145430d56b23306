/**
 * What two runs of a real server differ in, and so what a replay does not compare: the list of the recordings' README
 * ("differs on every run"), and no more. Of a masked member only its presence counts; of key material its shape, too.
 */

/** Members by name, wherever they are. */
const MEMBERS: ReadonlySet<string> = new Set([
  // Times.
  'lastModified',
  'lastUsedOn',
  'uptimestamp',
  'uptimeSeconds',
  'timestamp',
  'stateChangedOn',
  'stateReadyBy',
  'stateActiveBy',
  'dnsKeyStateReadyBy',
  'signatureInception',
  'signatureExpiration',
  'previousSessionLoggedOn',
  'recentSessionLoggedOn',
  'temporaryDisableBlockingTill',
  // The network's mood.
  'responseRtt',
  'roundTripTime',
  'RoundTripTime',
  // Traces into the server's source.
  'stackTrace',
])

/** Members by name, only inside of one other. */
const INSIDE: readonly { parent: string; member: string }[] = [
  { parent: 'mainChartData', member: 'labels' },
  { parent: 'responseMetadata', member: 'nameServer' },
  { parent: 'logFiles', member: 'size' },
  // What earlier sessions have left behind: how many of them were replayed is not the server's doing.
  { parent: 'stats', member: 'cachedEntries' },
  { parent: 'stats', member: 'zones' },
]

function sameLength(encoding: 'base64' | 'hex'): (a: unknown, b: unknown) => boolean {
  return (a, b) =>
    typeof a === 'string' &&
    typeof b === 'string' &&
    Buffer.from(a, encoding).length === Buffer.from(b, encoding).length &&
    Buffer.from(b, encoding).toString(encoding).toLowerCase() === b.toLowerCase()
}

function isKeyTag(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535
}

/** Key material: the same encoding of as many bytes. */
const SHAPES: Readonly<Record<string, (expected: unknown, actual: unknown) => boolean>> = {
  keyTag: (_, actual) => isKeyTag(actual),
  computedKeyTag: (_, actual) => isKeyTag(actual),
  publicKey: sameLength('base64'),
  signature: sameLength('base64'),
  digest: sameLength('hex'),
}

/** Null for a member that is no key material. */
export function isSameShape(member: string, expected: unknown, actual: unknown): boolean | null {
  return SHAPES[member]?.(expected, actual) ?? null
}

/** @param parents the names of the members around it, the closest last; positions in a list are left out */
export function isMasked(parents: readonly string[], member: string): boolean {
  return MEMBERS.has(member) || INSIDE.some((rule) => rule.member === member && parents.at(-1) === rule.parent)
}

/** "Create secondary without primary" ends in one of two texts. */
const ONE_OF_TWO = [
  /^DNS Server did not receive SOA record in response from any of the primary name servers for: /,
  /^The operation has timed out\.$/,
]

/** Texts that stand for one another. */
export function isSameText(expected: string, actual: string): boolean {
  if (expected === actual) return true
  return [expected, actual].every((text) => ONE_OF_TWO.some((pattern) => pattern.test(text)))
}

const DNSSEC_LINE = /^\S+\s+\d+\s+IN\s+(DNSKEY|RRSIG|NSEC|NSEC3|NSEC3PARAM)\s/
/** Of a server's metrics. */
const UPTIME = /^(uptime_seconds|start_time) \d+$/

const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?/g

/** A body that is no JSON, without the DNSSEC lines of an export and the times of a query log and of metrics. */
export function maskText(contentType: string, text: string): string {
  if (contentType === 'text/csv') return text.replace(TIME, '(time)')
  if (contentType !== 'text/plain') return text
  return text
    .split('\n')
    .filter((line) => !DNSSEC_LINE.test(line))
    .map((line) => line.replace(UPTIME, '$1 (time)'))
    .join('\n')
}
