import { RdataError } from './record-type.ts'

/** Protocols of IP by the names that WKS records use (IANA's registry). */
const protocols: Readonly<Record<string, number>> = {
  ip: 0,
  icmp: 1,
  igmp: 2,
  ggp: 3,
  ipencap: 4,
  st: 5,
  tcp: 6,
  egp: 8,
  igp: 9,
  pup: 12,
  udp: 17,
  hmp: 20,
  'xns-idp': 22,
  rdp: 27,
}

/** Services of RFC 1010 and their younger relatives: for TCP and UDP alike, unless `only` says where. */
const services: Readonly<Record<string, readonly [port: number, only?: 6 | 17]>> = {
  tcpmux: [1, 6],
  echo: [7],
  discard: [9],
  systat: [11, 6],
  daytime: [13],
  netstat: [15, 6],
  qotd: [17, 6],
  chargen: [19],
  'ftp-data': [20, 6],
  ftp: [21, 6],
  ssh: [22, 6],
  telnet: [23, 6],
  smtp: [25, 6],
  mail: [25, 6],
  time: [37],
  whois: [43, 6],
  nicname: [43, 6],
  tacacs: [49],
  domain: [53],
  bootps: [67, 17],
  bootpc: [68, 17],
  tftp: [69, 17],
  gopher: [70, 6],
  finger: [79, 6],
  http: [80, 6],
  www: [80, 6],
  kerberos: [88],
  pop3: [110, 6],
  sunrpc: [111],
  auth: [113, 6],
  ident: [113, 6],
  nntp: [119, 6],
  ntp: [123, 17],
  imap2: [143, 6],
  imap: [143, 6],
  snmp: [161],
  'snmp-trap': [162],
  snmptrap: [162],
  bgp: [179, 6],
  ldap: [389],
  https: [443],
  syslog: [514, 17],
}

/** `TCP` or `6` → 6. Throws RdataError. */
export function protocolOf(text: string): number {
  const number = /^[0-9]{1,10}$/.test(text) ? Number(text) : protocols[text.toLowerCase()]
  if (number !== undefined && number < 256) return number
  throw new RdataError(`“${text.slice(0, 80)}” is no protocol: write its number, from 0 to 255.`)
}

/** `smtp` or `25` → 25. Throws RdataError. */
export function portOf(text: string, protocol: number): number {
  const [port, only] = services[text.toLowerCase()] ?? []
  const number = /^[0-9]{1,10}$/.test(text)
    ? Number(text)
    : only === undefined || only === protocol || ![6, 17].includes(protocol)
      ? port
      : undefined
  if (number !== undefined && number < 65536) return number
  throw new RdataError(`“${text.slice(0, 80)}” is no service: write its port, from 0 to 65535.`)
}
