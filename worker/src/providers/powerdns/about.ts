import type { Refusal } from '@zonedeck/shared/capabilities'
import type { ProviderInfo } from '@zonedeck/shared/connection'
import type { FormField } from '@zonedeck/shared/form'
import { zoneActions } from './actions.ts'
import { zoneKinds } from './zone-kinds.ts'

const WRITABLE = [
  'A',
  'AAAA',
  'AFSDB',
  'ALIAS',
  'APL',
  'CAA',
  'CDNSKEY',
  'CDS',
  'CERT',
  'CNAME',
  'CSYNC',
  'DHCID',
  'DNAME',
  'DS',
  'EUI48',
  'EUI64',
  'HINFO',
  'HTTPS',
  'IPSECKEY',
  'KX',
  'L32',
  'L64',
  'LOC',
  'LP',
  'MX',
  'NAPTR',
  'NID',
  'NS',
  'OPENPGPKEY',
  'PTR',
  'RP',
  'SMIMEA',
  'SOA',
  'SPF',
  'SRV',
  'SSHFP',
  'SVCB',
  'TLSA',
  'TXT',
  'URI',
]

const signed: Refusal = {
  reason: 'PowerDNS makes this record itself when the zone is signed.',
  link: 'https://doc.powerdns.com/authoritative/dnssec/index.html',
}

const foreign = (type: string, instead: string): Refusal => ({
  reason: `PowerDNS has no ${type} records; ${instead}`,
  link: 'https://doc.powerdns.com/authoritative/appendices/types.html',
})

const primaries: FormField = {
  id: 'primaries',
  label: 'Primary servers',
  help: 'Addresses, one a line, with a port where it is not 53.',
  kind: 'lines',
  required: true,
  mono: true,
  placeholder: '192.0.2.1',
}

export const about: ProviderInfo = {
  id: 'powerdns',
  label: 'PowerDNS',
  tile: 'Pd',
  summary: 'PowerDNS Authoritative Server 4.5 and later, over its HTTP API.',
  link: 'https://doc.powerdns.com/authoritative/http-api/index.html',
  urlHelp:
    'The address of the server’s web interface, without /api/v1. The server needs api=yes, and webserver-allow-from must let this panel in; put a proxy with HTTPS in front of it.',
  urlExample: 'https://dns.example.com:8443',
  fields: [
    {
      id: 'apiKey',
      label: 'API key',
      help: 'The api-key of the server’s configuration.',
      secret: true,
      required: true,
      maxLength: 500,
    },
    {
      id: 'server',
      label: 'Server id',
      help: 'Leave empty unless something in front of PowerDNS serves several servers.',
      secret: false,
      required: false,
      placeholder: 'localhost',
      maxLength: 100,
    },
  ],
  rights: [
    {
      feature: 'Everything',
      needs: 'The one api-key of the server: it opens all zones, and PowerDNS has no narrower rights.',
    },
  ],
  capabilities: {
    zones: true,
    types: {
      ...Object.fromEntries(WRITABLE.map((type) => [type, true as const])),
      RRSIG: signed,
      NSEC: signed,
      NSEC3: signed,
      NSEC3PARAM: signed,
      DNSKEY: { ...signed, reason: 'PowerDNS publishes this record from the zone’s own keys.' },
      LUA: {
        reason: 'A LUA record is a program that runs on the server. Edit it there.',
        link: 'https://doc.powerdns.com/authoritative/lua-records/index.html',
      },
      ANAME: foreign('ANAME', 'its ALIAS does the same.'),
      FWD: foreign('FWD', 'they are Technitium’s own.'),
      APP: foreign('APP', 'they are Technitium’s own.'),
    },
    unknownTypes: true,
    ttl: { min: 0, max: 2_147_483_647, default: 3600 },
    apply: 'atomic',
    comments: 'set',
    disableRecord: true,
    enableZone: {
      reason: 'PowerDNS cannot switch a zone off: it is there or it is not.',
      link: 'https://doc.powerdns.com/authoritative/http-api/zone.html',
    },
    createZone: {
      kinds: zoneKinds.map((kind) =>
        kind.id === 'Secondary' ? { ...kind, records: 'elsewhere' as const, fields: [primaries] } : kind,
      ),
    },
    deleteZone: true,
    soa: 'editable',
    apexNs: 'editable',
    txt: { maxBytes: 65_535, nonAscii: true },
    publishDelay: [0, 60],
    settings: true,
    permissions: {
      reason: 'PowerDNS knows one key, which opens everything, and no users.',
      link: 'https://doc.powerdns.com/authoritative/http-api/index.html#authentication',
    },
    dnssec: true,
    nativeImport: {
      reason:
        'PowerDNS reads a file only while it makes a zone, and keeps a broken zone when a line is wrong. The panel sends the records of a file as changes.',
      link: 'https://doc.powerdns.com/authoritative/http-api/zone.html',
    },
    nativeExport: true,
    search: true,
    users: {
      reason: 'PowerDNS knows one key, which opens everything, and no users.',
      link: 'https://doc.powerdns.com/authoritative/http-api/index.html#authentication',
    },
    statistics: true,
    queryLog: {
      reason: 'PowerDNS counts queries and keeps none.',
      link: 'https://doc.powerdns.com/authoritative/http-api/statistics.html',
    },
    filter: { reason: 'PowerDNS Authoritative only publishes zones; it resolves nothing that could be filtered.' },
    actions: zoneActions,
  },
}
