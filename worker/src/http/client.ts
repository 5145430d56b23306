import ipaddr from 'ipaddr.js'

/**
 * Where a request comes from. Only Cloudflare's own header counts, `X-Forwarded-For` may be anyone's text; without it
 * (a worker on one's own machine) it is loopback.
 */
function addressOf(request: Request): ipaddr.IPv4 | ipaddr.IPv6 {
  const text = request.headers.get('CF-Connecting-IP') ?? ''
  return ipaddr.isValid(text) ? ipaddr.process(text) : ipaddr.parse('127.0.0.1')
}

function network(address: ipaddr.IPv4 | ipaddr.IPv6, bits: { v4: number; v6: number }): string {
  const length = address.kind() === 'ipv4' ? bits.v4 : bits.v6
  const start =
    address.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(`${address.toString()}/${length}`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${length}`)
  return `${start.toString()}/${length}`
}

/** What one household or server has: an address, or a /64, within which every address is the same hand. */
export function limitedNetwork(request: Request): string {
  return network(addressOf(request), { v4: 32, v6: 64 })
}

/** Enough to recognise one's own session, too little to find someone: a /24 or a /48. */
export function coarseNetwork(request: Request): string {
  return network(addressOf(request), { v4: 24, v6: 48 })
}

/** In order: Chrome names Safari, Edge and Opera name Chrome, and every phone names a desktop. */
const browsers: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bChromium\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/** “Firefox on Android”, from a User-Agent: never its text, which is long and anyone's. */
export function deviceOf(request: Request): string {
  const agent = request.headers.get('User-Agent') ?? ''
  const browser = browsers.find(([pattern]) => pattern.test(agent))?.[1] ?? 'Unknown browser'
  const system = systems.find(([pattern]) => pattern.test(agent))?.[1]
  return system === undefined ? browser : `${browser} on ${system}`
}
