import { ServerError } from './errors.ts'

/** An address as the server holds it: 4 or 16 bytes, and its text. */
export interface Address {
  family: 4 | 6
  bytes: number[]
  text: string
}

/** Reads what the server's runtime reads: also `1`, `127.1`, hexadecimal and octal parts, as inet_aton does. */
export function tryAddress(text: string): Address | null {
  if (text.includes(':')) {
    const bytes = ipv6Bytes(text)
    return bytes && { family: 6, bytes, text: ipv6Text(bytes) }
  }
  const bytes = ipv4Bytes(text)
  return bytes && { family: 4, bytes, text: bytes.join('.') }
}

export function parseAddress(text: string): Address {
  const address = tryAddress(text)
  if (!address) throw new ServerError('An invalid IP address was specified.', 'Invalid argument')
  return address
}

function ipv4Bytes(text: string): number[] | null {
  const parts = text.split('.')
  if (parts.length > 4) return null
  const numbers: number[] = []
  for (const part of parts) {
    if (/^0[xX][0-9A-Fa-f]+$/.test(part)) numbers.push(Number.parseInt(part, 16))
    else if (/^0[0-7]*$/.test(part)) numbers.push(Number.parseInt(part, 8))
    else if (/^[1-9]\d*$/.test(part)) numbers.push(Number(part))
    else return null
  }
  const last = numbers.pop()!
  if (numbers.some((number) => number > 255) || last >= 256 ** (4 - numbers.length)) return null
  for (let shift = 3 - numbers.length; shift >= 0; shift--) numbers.push(Math.floor(last / 256 ** shift) % 256)
  return numbers
}

function ipv6Bytes(text: string): number[] | null {
  const plain = text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '')
  const halves = plain.split('::')
  if (halves.length > 2) return null
  const groups = halves.map((half) => (half === '' ? [] : groupsOf(half)))
  const [head, tail] = groups
  if (!head || tail === null) return null
  if (tail === undefined) return head.length === 8 ? toBytes(head) : null
  const gap = 8 - head.length - tail.length
  return gap < 1 ? null : toBytes([...head, ...Array<number>(gap).fill(0), ...tail])
}

function groupsOf(half: string): number[] | null {
  const groups: number[] = []
  const parts = half.split(':')
  for (const [index, part] of parts.entries()) {
    if (/^[0-9A-Fa-f]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16))
    else if (index === parts.length - 1 && /^\d+\.\d+\.\d+\.\d+$/.test(part)) {
      const bytes = ipv4Bytes(part)
      if (!bytes) return null
      groups.push(bytes[0]! * 256 + bytes[1]!, bytes[2]! * 256 + bytes[3]!)
    } else return null
  }
  return groups
}

function toBytes(groups: number[]): number[] {
  return groups.flatMap((group) => [group >> 8, group & 255])
}

/** RFC 5952, with the last 32 bits dotted for the mapped and compatible forms, as the runtime prints them. */
function ipv6Text(bytes: number[]): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes[index * 2]! * 256 + bytes[index * 2 + 1]!)
  const embedded =
    groups.slice(0, 5).every((group) => group === 0) && (groups[5] === 0xffff || (groups[5] === 0 && groups[6] !== 0))
  const words = (embedded ? groups.slice(0, 6) : groups).map((group) => group.toString(16))
  const run = longestZeroRun(words)
  const dotted = embedded ? bytes.slice(12).join('.') : ''
  const join = (part: string[], end: string) => [...part, ...(end === '' ? [] : [end])].join(':')
  if (run.length < 2) return join(words, dotted)
  return `${words.slice(0, run.start).join(':')}::${join(words.slice(run.start + run.length), dotted)}`
}

function longestZeroRun(words: string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  for (let start = 0; start < words.length; start++) {
    let length = 0
    while (words[start + length] === '0') length++
    if (length > best.length) best = { start, length }
  }
  return best
}

/** The reverse zone of a network. Widths that are not whole bytes are rounded up, also for IPv6. */
export function reverseZone(address: Address, width: number): string {
  const bytes = address.bytes.slice(0, Math.ceil(width / 8)).reverse()
  if (address.family === 4) return [...bytes, 'in-addr.arpa'].join('.')
  return [...bytes.flatMap((byte) => [(byte & 15).toString(16), (byte >> 4).toString(16)]), 'ip6.arpa'].join('.')
}

export function reverseName(address: Address): string {
  return reverseZone(address, 128)
}

/** One entry of an access list: an address or network, `!` before it denies. Returns the text the server answers with. */
export function parseAccessEntry(text: string): string {
  const deny = text.startsWith('!')
  const [host = '', width] = (deny ? text.replace(/^[! \t]+/, '') : text).split(/\/(.*)/, 2)
  const address = tryAddress(host)
  const bits = address?.family === 4 ? 32 : 128
  if (!address || (width !== undefined && (!/^\d+$/.test(width) || (Number(width) > bits && width !== '255')))) {
    throw new ServerError(`Invalid Network Access Control value was specified: ${text}`)
  }
  const whole = width === undefined || width === '255' || Number(width) === bits
  return `${deny ? '!' : ''}${address.text}${whole ? '' : `/${Number(width)}`}`
}
