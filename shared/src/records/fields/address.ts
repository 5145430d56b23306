/**
 * IP addresses as text and bytes: strict readers, one canonical form (four decimal numbers; RFC 5952).
 */

/** Is this exactly four decimal numbers of 0 to 255 without leading zeros (RFC 6943 §3.1.1)? */
export function isIpv4(text: string): boolean {
  const length = text.length
  if (length < 7 || length > 15) return false
  let dots = 0
  let digits = 0
  let value = 0
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code === 46) {
      if (digits === 0 || ++dots > 3) return false
      digits = 0
      value = 0
    } else if (code >= 48 && code <= 57) {
      if (digits > 0 && value === 0) return false
      value = value * 10 + code - 48
      if (++digits > 3 || value > 255) return false
    } else return false
  }
  return dots === 3 && digits > 0
}

/** `192.0.2.1` → 4 bytes, or null. */
export function ipv4Bytes(text: string): number[] | null {
  return isIpv4(text) ? text.split('.').map(Number) : null
}

const groups = new Uint16Array(8)

/** Reads an IPv6 address into `groups`: RFC 4291 §2.2 in all its forms, without a zone id. */
function readGroups(text: string): boolean {
  const length = text.length
  let count = 0
  let gap = -1
  let i = 0
  if (text.charCodeAt(0) === 58) {
    if (text.charCodeAt(1) !== 58) return false
    gap = 0
    i = 2
  }
  while (i < length) {
    if (count === 8) return false
    let value = 0
    const start = i
    let code = 0
    for (; i < length; i++) {
      code = text.charCodeAt(i)
      const digit =
        code >= 48 && code <= 57
          ? code - 48
          : code >= 97 && code <= 102
            ? code - 87
            : code >= 65 && code <= 70
              ? code - 55
              : -1
      if (digit === -1) break
      value = value * 16 + digit
      if (i - start > 3) return false
    }
    if (i < length && code === 46) {
      const tail = ipv4Bytes(text.slice(start))
      if (tail === null || count > 6) return false
      groups[count++] = (tail[0]! << 8) | tail[1]!
      groups[count++] = (tail[2]! << 8) | tail[3]!
      break
    }
    if (i === start) return false
    groups[count++] = value
    if (i === length) break
    if (code !== 58) return false
    i++
    if (i === length) return false
    if (text.charCodeAt(i) === 58) {
      if (gap !== -1) return false
      gap = count
      i++
    }
  }
  if (gap === -1) return count === 8
  if (count > 7) return false
  groups.copyWithin(gap + 8 - count, gap, count)
  groups.fill(0, gap, gap + 8 - count)
  return true
}

/** Any spelling of an IPv6 address → RFC 5952 text (IPv4-mapped ones with a dotted tail, §5), or null. */
export function canonicalIpv6(text: string): string | null {
  return text.length >= 2 && text.length <= 45 && readGroups(text) ? printGroups() : null
}

function printGroups(): string {
  let best = -1
  let bestLength = 1
  for (let i = 0; i < 8; i++) {
    if (groups[i] !== 0) continue
    const start = i
    while (i < 8 && groups[i] === 0) i++
    if (i - start > bestLength) {
      best = start
      bestLength = i - start
    }
  }
  if (best === 0 && bestLength === 5 && groups[5] === 0xffff) {
    return `::ffff:${groups[6]! >> 8}.${groups[6]! & 255}.${groups[7]! >> 8}.${groups[7]! & 255}`
  }
  let text = ''
  for (let i = 0; i < 8; i++) {
    if (i === best) {
      text += '::'
      i += bestLength - 1
      continue
    }
    if (text !== '' && text.charCodeAt(text.length - 1) !== 58) text += ':'
    text += groups[i]!.toString(16)
  }
  return text
}

/** Any spelling of an IPv6 address → 16 bytes, or null. */
export function ipv6Bytes(text: string): number[] | null {
  if (text.length < 2 || text.length > 45 || !readGroups(text)) return null
  return Array.from(groups).flatMap((group) => [group >> 8, group & 255])
}

/** 4 or 16 bytes → canonical text. */
export function addressText(bytes: ArrayLike<number>): string {
  if (bytes.length === 4) return Array.from(bytes).join('.')
  for (let i = 0; i < 8; i++) groups[i] = (bytes[2 * i]! << 8) | bytes[2 * i + 1]!
  return printGroups()
}
