import { readAsked } from './asked.ts'

const MAC = /^(?:[0-9a-f]{2}[:-]){5}(?:[0-9a-f]{2}[:-]){0,2}[0-9a-f]{2}$|^(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}$/i

/** The ids of a client as they are typed, one a line. */
export function readIds(text: string): string[] {
  return text.split(/[\n,]/).flatMap((line) => line.trim() || [])
}

/** What is wrong with the first id that is, or null. */
export function idsError(text: string): string | null {
  const ids = readIds(text)
  if (ids.length === 0)
    return 'Write at least one address, network or host name: without one, no device is this client.'
  for (const id of ids) {
    if (MAC.test(id))
      return `${id} is a MAC address. The app knows none, so it would never match: write the IP address of the device.`
    if (readAsked(id) === null)
      return `“${id}” is neither an address (192.168.1.20), a network (192.168.1.0/24) nor a host name (tablet.dns.example).`
  }
  return null
}
