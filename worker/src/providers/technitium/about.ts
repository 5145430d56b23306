import type { Refusal } from '@zonedeck/shared/capabilities'
import type { ProviderInfo } from '@zonedeck/shared/connection'
import { actions } from './actions.ts'
import { catalogFields, dateField, forwarderFields, stubFields, transferFields, validateField } from './new-zone.ts'

const API = 'https://github.com/TechnitiumSoftware/DnsServer/blob/master/APIDOCS.md'

const WRITABLE =
  'A AAAA ANAME APP CAA CNAME DNAME DS FWD HTTPS MX NAPTR NS PTR RP SOA SRV SSHFP SVCB TLSA TXT URI LOC SMIMEA OPENPGPKEY HINFO CERT SPF CDS CDNSKEY'.split(
    ' ',
  )

const signed: Refusal = { reason: 'Technitium makes this record itself when the zone is signed.', link: API }
const shown: Refusal = { reason: 'Technitium lists this record but has no call to write it.', link: API }

export const about: ProviderInfo = {
  id: 'technitium',
  label: 'Technitium DNS Server',
  tile: 'Te',
  summary: 'Technitium DNS Server 13 to 15, over its HTTP API.',
  link: 'https://technitium.com/dns/',
  urlHelp:
    'The address of the server’s web console. From Cloudflare it must have a public name and a valid certificate: a tunnel or a reverse proxy gives it both.',
  urlExample: 'https://dns.example.com',
  fields: [
    {
      id: 'token',
      label: 'API token',
      help: 'Made on the server under Administration › Sessions › Create Token. A token may do what its user may do: a user of its own, listed under Permissions of the zones it should edit, keeps everything else out of reach.',
      secret: true,
      required: true,
      unless: 'user',
      maxLength: 200,
    },
    {
      id: 'user',
      label: 'Or: user name',
      help: 'Without a token the panel signs in once, when you save, and makes one. The password is not kept.',
      secret: false,
      required: false,
      once: true,
      maxLength: 255,
    },
    { id: 'password', label: 'Password', secret: true, required: false, once: true, maxLength: 1000 },
    {
      id: 'totp',
      label: 'One-time code',
      help: 'Six digits, for a user with a second factor.',
      secret: false,
      required: false,
      once: true,
      placeholder: '123456',
      maxLength: 10,
    },
    {
      id: 'catalog',
      label: 'Catalog for new zones',
      help: 'A catalog zone of the server that new zones join unless something else is said. Empty: none.',
      secret: false,
      required: false,
      placeholder: 'catalog.example.com',
      maxLength: 253,
    },
    {
      id: 'node',
      label: 'Node of the cluster',
      help: 'The name of the node whose zones and statistics are meant. Empty: the server at the address; cluster: its zones, and the statistics of all nodes together. Without a cluster it is not looked at.',
      secret: false,
      required: false,
      placeholder: 'ns2.cluster.example.com',
      maxLength: 253,
    },
  ],
  rights: [
    { feature: 'See zones', needs: 'Zones: View, and View in the permissions of each zone' },
    { feature: 'Add and change records', needs: 'Modify in the permissions of the zone' },
    { feature: 'Delete records', needs: 'Delete in the permissions of the zone' },
    { feature: 'Create zones', needs: 'Zones: Modify' },
    {
      feature: 'Switch zones on and off, transfer them again, import',
      needs: 'Zones: Modify, and Modify in the permissions of the zone',
    },
    {
      feature: 'See settings, permissions and keys of a zone',
      needs: 'Zones: Modify, and View in the permissions of the zone',
    },
    {
      feature: 'Change settings, permissions and DNSSEC of a zone',
      needs: 'Zones: Modify, and Delete in the permissions of the zone',
    },
    { feature: 'Clone zones', needs: 'Zones: Modify, and View in the permissions of the zone' },
    { feature: 'Put zones into a catalog', needs: 'Modify in the permissions of the catalog zone' },
    { feature: 'Convert zones', needs: 'Zones: Delete, and Delete in the permissions of the zone' },
    {
      feature: 'Use the content filter',
      needs: 'Apps: View, and Modify to change it. These rights cover the configuration of every app on the server',
    },
    {
      feature: 'Pause the server’s own blocking, and see its block lists',
      needs: 'Settings: View and Modify, Blocked: View, Allowed: View',
    },
    { feature: 'See statistics', needs: 'Dashboard: View' },
    {
      feature: 'Read the log of queries',
      needs: 'Logs: View. An app has to keep one: Query Logs (Sqlite), or one of those for other databases',
    },
    { feature: 'Delete zones', needs: 'Zones: Delete, and Delete in the permissions of the zone' },
  ],
  capabilities: {
    zones: true,
    types: {
      ...Object.fromEntries(WRITABLE.map((type) => [type, true as const])),
      ...Object.fromEntries(['DNSKEY', 'RRSIG', 'NSEC', 'NSEC3', 'NSEC3PARAM'].map((type) => [type, signed])),
      ...Object.fromEntries(['ALIAS', 'ZONEMD', 'APL'].map((type) => [type, shown])),
      ALIAS: { reason: 'Technitium has no ALIAS; its ANAME does the same.', link: API },
    },
    unknownTypes: true,
    ttl: { min: 0, max: 2_147_483_647, default: 3600, note: 'A TTL may not be longer than the SOA’s expiry.' },
    apply: 'sequential',
    comments: 'record',
    disableRecord: true,
    enableZone: true,
    createZone: {
      kinds: [
        { id: 'Primary', label: 'Primary', help: 'Edited here.', fields: [...catalogFields, dateField] },
        {
          id: 'Secondary',
          label: 'Secondary',
          help: 'A copy of a zone that another server holds. That server must answer now.',
          records: 'elsewhere',
          fields: [...transferFields, validateField, ...catalogFields],
        },
        {
          id: 'Stub',
          label: 'Stub',
          help: 'Knows only the name servers of a zone elsewhere.',
          records: 'elsewhere',
          fields: [...stubFields, ...catalogFields],
        },
        {
          id: 'Forwarder',
          label: 'Forwarder',
          help: 'Questions for these names go to another resolver.',
          fields: [...forwarderFields, ...catalogFields],
        },
        {
          id: 'SecondaryForwarder',
          label: 'Secondary forwarder',
          help: 'A copy of a forwarder zone.',
          records: 'elsewhere',
          fields: transferFields,
        },
        { id: 'Catalog', label: 'Catalog', help: 'Lists zones that other servers copy by themselves.' },
        {
          id: 'SecondaryCatalog',
          label: 'Secondary catalog',
          help: 'A copy of a catalog.',
          records: 'elsewhere',
          fields: transferFields,
        },
      ],
    },
    deleteZone: true,
    deleteLoses:
      'Its permissions, options and DNSSEC keys on the server are lost with it: a zone made again starts without.',
    soa: 'editable',
    apexNs: 'editable',
    txt: {
      maxBytes: 65_535,
      nonAscii: { reason: 'Technitium stores “?” for every character of a TXT outside of ASCII.' },
    },
    settings: true,
    permissions: true,
    dnssec: true,
    nativeImport: ['merge', 'replace'],
    nativeExport: true,
    search: { reason: 'Technitium has no search over its zones.', link: API },
    users: { reason: 'Accounts of Technitium are kept in its own console.', link: API },
    statistics: true,
    queryLog: true,
    filter: true,
    actions,
  },
}
