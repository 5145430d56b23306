import type { Refusal } from '@zonedeck/shared/capabilities'
import type { ProviderInfo } from '@zonedeck/shared/connection'
import { description, labels } from './fields.ts'

const API = 'https://docs.thalassa.cloud/docs/dns/'
const ZONES = 'https://docs.thalassa.cloud/docs/dns/zones/'

const WRITABLE = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'SRV', 'TXT']

/** Types that people bring along from elsewhere: the reason names the one they miss. */
const MISSED =
  'ALIAS ANAME APP CERT DNAME DNSKEY DS FWD HINFO HTTPS LOC LUA NAPTR OPENPGPKEY PTR RP SMIMEA SPF SSHFP SVCB TLSA URI'.split(
    ' ',
  )

const absent = (what: string): Refusal => ({
  reason: `Thalassa has no ${what}: it holds A, AAAA, CAA, CNAME, MX, NS, SRV and TXT.`,
  link: ZONES,
})

const soa: Refusal = { reason: 'Thalassa keeps the SOA of a zone itself and does not list it.', link: ZONES }
const comments: Refusal = { reason: 'Thalassa has no comments on records, only a description of the zone.' }

const organisation: Refusal = {
  reason: 'Thalassa keeps people and what they may do in the organisation, not in its zones.',
  link: 'https://docs.thalassa.cloud/docs/iam/iam-policies/',
}

export const about: ProviderInfo = {
  id: 'thalassa',
  label: 'Thalassa Cloud DNS',
  tile: 'Th',
  summary: 'DNS zones of a Thalassa Cloud organisation or project, over its API.',
  link: API,
  urlHelp: 'https://api.thalassa.cloud, unless Thalassa gave you another address.',
  urlExample: 'https://api.thalassa.cloud',
  fields: [
    {
      id: 'token',
      label: 'Token',
      help: 'A personal access token, or an access token of a service account.',
      secret: true,
      required: true,
      maxLength: 8000,
    },
    {
      id: 'scheme',
      label: 'Kind of token',
      help: 'Personal access tokens and access tokens are sent in different words.',
      secret: false,
      required: false,
      options: [
        { value: 'Token', label: 'Personal access token (Token)' },
        { value: 'Bearer', label: 'Access token (Bearer)' },
      ],
      maxLength: 10,
    },
    {
      id: 'organisation',
      label: 'Organisation',
      help: 'The identity of the organisation that owns the zones.',
      secret: false,
      required: true,
      placeholder: 'my-organisation',
      maxLength: 200,
    },
    {
      id: 'project',
      label: 'Project',
      help: 'The identity of a project, for zones that belong to one.',
      secret: false,
      required: false,
      maxLength: 200,
    },
    {
      id: 'dialect',
      label: 'How records are addressed',
      help: 'Thalassa’s documentation and its own programs differ. Found out by itself unless chosen here.',
      secret: false,
      required: false,
      options: [
        { value: 'auto', label: 'Find out' },
        { value: 'sdk', label: 'By identity, with PUT' },
        { value: 'docs', label: 'By name and type, with PATCH' },
      ],
      maxLength: 10,
    },
  ],
  rights: [
    { feature: 'Everything', needs: 'The feature gate dns, switched on for the organisation' },
    { feature: 'See zones and records', needs: 'Read access to DNS in the organisation or the project' },
    { feature: 'Change records, create and delete zones', needs: 'Write access to DNS there' },
    { feature: 'DNSSEC', needs: 'The feature gate kms as well, and a region that has a KMS' },
  ],
  capabilities: {
    zones: true,
    types: {
      ...Object.fromEntries(WRITABLE.map((type) => [type, true as const])),
      ...Object.fromEntries(MISSED.map((type) => [type, absent(`${type} records`)])),
      SOA: soa,
    },
    unknownTypes: absent('records of this type'),
    ttl: {
      min: 1,
      max: 2_147_483_647,
      default: 3600,
      note: 'Thalassa does not say which TTLs it takes and may refuse some; it reads 0 as its default.',
    },
    apply: 'sequential',
    comments,
    disableRecord: { reason: 'Thalassa cannot switch a record off: it is there or it is not.' },
    enableZone: { reason: 'Thalassa cannot switch a zone off: it is there or it is not.' },
    createZone: {
      kinds: [
        {
          id: 'Primary',
          label: 'Primary',
          help: 'Edited here. Its name must be delegated to Thalassa’s name servers, which its export names.',
          fields: [description, labels],
        },
      ],
    },
    deleteZone: true,
    soa,
    apexNs: {
      reason: 'Thalassa puts the name servers of its region into the zone when it publishes it.',
      link: ZONES,
    },
    txt: { maxBytes: 4096, nonAscii: true },
    publishDelay: [25, 40],
    settings: true,
    permissions: organisation,
    dnssec: true,
    nativeImport: ['merge', 'replace'],
    nativeExport: true,
    search: { reason: 'Thalassa has no search over its zones.', link: API },
    users: organisation,
    statistics: { reason: 'Thalassa counts no queries that its API would show.', link: API },
    queryLog: { reason: 'Thalassa keeps no queries that its API would show.', link: API },
    filter: { reason: 'Thalassa only publishes zones; it resolves nothing that could be filtered.' },
    actions: [],
  },
}
