import type { Refusal } from '@zonedeck/shared/capabilities'
import type { ProviderInfo } from '@zonedeck/shared/connection'
import type { FormField } from '@zonedeck/shared/form'

const API = 'https://github.com/TechnitiumSoftware/DnsServer/blob/master/APIDOCS.md'

const WRITABLE =
  'A AAAA ANAME APP CAA CNAME DNAME DS FWD HTTPS MX NAPTR NS PTR RP SOA SRV SSHFP SVCB TLSA TXT URI LOC SMIMEA OPENPGPKEY HINFO CERT SPF CDS CDNSKEY'.split(
    ' ',
  )

const signed: Refusal = { reason: 'Technitium makes this record itself when the zone is signed.', link: API }
const shown: Refusal = { reason: 'Technitium lists this record but has no call to write it.', link: API }
const soon: Refusal = { reason: 'The panel does not offer it yet.' }

const primaries: FormField = {
  id: 'primaries',
  label: 'Primary servers',
  help: 'Addresses or names, one a line.',
  kind: 'lines',
  required: true,
  mono: true,
}
const catalog: FormField = { id: 'catalog', label: 'Catalog zone', kind: 'text', mono: true }
const forwarder: FormField = {
  id: 'forwarder',
  label: 'Forwarder',
  help: 'The address questions are sent on to.',
  kind: 'text',
  required: true,
  mono: true,
}

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
      maxLength: 200,
    },
  ],
  rights: [
    { feature: 'See zones', needs: 'Zones: View, and View in the permissions of each zone' },
    { feature: 'Add and change records', needs: 'Modify in the permissions of the zone' },
    { feature: 'Delete records', needs: 'Delete in the permissions of the zone' },
    { feature: 'Create zones, switch them on and off', needs: 'Zones: Modify' },
    { feature: 'Delete zones', needs: 'Zones: Delete, and Delete in the permissions of the zone' },
  ],
  capabilities: {
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
        { id: 'Primary', label: 'Primary', help: 'Edited here.', fields: [catalog] },
        {
          id: 'Secondary',
          label: 'Secondary',
          help: 'A copy of a zone that another server holds. That server must answer now.',
          records: 'elsewhere',
          fields: [primaries, catalog],
        },
        {
          id: 'Stub',
          label: 'Stub',
          help: 'Knows only the name servers of a zone elsewhere.',
          records: 'elsewhere',
          fields: [primaries, catalog],
        },
        {
          id: 'Forwarder',
          label: 'Forwarder',
          help: 'Questions for these names go to another resolver.',
          fields: [forwarder, catalog],
        },
        {
          id: 'SecondaryForwarder',
          label: 'Secondary forwarder',
          help: 'A copy of a forwarder zone.',
          records: 'elsewhere',
          fields: [primaries],
        },
        { id: 'Catalog', label: 'Catalog', help: 'Lists zones that other servers copy by themselves.' },
        {
          id: 'SecondaryCatalog',
          label: 'Secondary catalog',
          help: 'A copy of a catalog.',
          records: 'elsewhere',
          fields: [primaries],
        },
      ],
    },
    deleteZone: true,
    soa: 'editable',
    apexNs: 'editable',
    txt: {
      maxBytes: 65_535,
      nonAscii: { reason: 'Technitium stores “?” for every character of a TXT outside of ASCII.' },
    },
    settings: soon,
    permissions: soon,
    dnssec: soon,
    nativeImport: soon,
    nativeExport: soon,
    search: { reason: 'Technitium has no search over its zones.', link: API },
    users: { reason: 'Accounts of Technitium are kept in its own console.', link: API },
    statistics: soon,
    actions: [],
  },
}
