import type { Enumeration } from './numbers.ts'
import { quoted, type Rdata } from './rdata.ts'

export const PROTOCOLS: Enumeration = {
  Udp: 0,
  Tcp: 1,
  Tls: 2,
  Https: 3,
  HttpsJson: 4,
  Quic: 5,
  UdpProxy: 253,
  TcpProxy: 254,
}
export const PROXY_TYPES: Enumeration = { DefaultProxy: 0, None: 0, Http: 1, Socks5: 2, NoProxy: 254 }

export interface Proxy {
  type: string
  address: string
  port: number
  username: string
  password: string
}

export interface Forwarder {
  protocol: string
  forwarder: string
  priority: number
  dnssecValidation: boolean
  proxy: Proxy
}

function hasProxy(proxy: Proxy): boolean {
  return proxy.type === 'Http' || proxy.type === 'Socks5'
}

function prefixOf(protocol: string, forwarder: string): string {
  return `${protocol === 'HttpsJson' ? 'Https' : protocol} ${forwarder.toLowerCase()}\n`
}

/** Names a forwarder without its options, as update and delete do. */
export function forwarderName(protocol: string, forwarder: string): Rdata {
  const prefix = prefixOf(protocol, forwarder)
  return { key: prefix, prefix, json: {}, print: () => forwarder }
}

export function forwarderRdata(input: Forwarder): Rdata {
  const { forwarder, priority, dnssecValidation, proxy } = input
  const protocol = input.protocol === 'HttpsJson' ? 'Https' : input.protocol
  const proxied = hasProxy(proxy)
  return {
    key: `${prefixOf(protocol, forwarder)}${JSON.stringify([dnssecValidation, proxied ? proxy : proxy.type, priority])}`,
    json: {
      protocol,
      forwarder,
      priority,
      dnssecValidation,
      proxyType: proxy.type,
      ...(proxied
        ? {
            proxyAddress: proxy.address,
            proxyPort: proxy.port,
            proxyUsername: proxy.username,
            proxyPassword: proxy.password,
          }
        : {}),
    },
    print: () =>
      [
        protocol,
        quoted(forwarder),
        dnssecValidation ? 'True' : 'False',
        proxy.type,
        ...(proxied ? [quoted(proxy.address), proxy.port, orDash(proxy.username), orDash(proxy.password)] : []),
        priority,
      ].join(' '),
  }
}

function orDash(text: string): string {
  return text === '' ? '-' : quoted(text)
}
