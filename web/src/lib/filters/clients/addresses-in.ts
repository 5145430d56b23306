import { addressText } from '@zonedeck/shared/records/fields/address'
import type { IpAddress } from '@zonedeck/shared/filter/dotnet/ip-address'

/** How many are looked at: enough to get past the devices that have an entry of their own. */
const MOST = 64

/** Some addresses of a network, from its first device on: the network's own address is the last resort. */
export function addressesIn({ bytes }: IpAddress, length: number): string[] {
  const base = bytes.map((byte, index) => byte & (0xff << (8 - Math.min(8, Math.max(0, length - 8 * index)))) & 0xff)
  const room = bytes.length * 8 - length
  const count = room >= 6 ? MOST : 2 ** room
  const steps = Array.from({ length: count }, (_, step) => (step + 1) % count)
  return steps.map((step) => {
    const address = [...base]
    address[address.length - 1] = address.at(-1)! + step
    return addressText(address)
  })
}
