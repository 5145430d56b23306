import type { Refusal } from '@zonedeck/shared/capabilities'
import type { ProviderInfo } from '@zonedeck/shared/connection'

const DOCS = 'https://www.vps.org/api/v1/docs/dns/'

/** Every type there is, of which VPS.org documents a value. */
export const TYPES = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'SRV', 'TXT']

const no = (reason: string): Refusal => ({ reason, link: DOCS })

const others = no('VPS.org takes A, AAAA, CAA, CNAME, MX, NS, SRV and TXT records, and no others.')

export const about: ProviderInfo = {
  id: 'vps-org',
  label: 'VPS.org',
  tile: 'Vp',
  summary: 'Zones hosted on the name servers of VPS.org, over its DNS API.',
  link: DOCS,
  urlHelp: 'https://admin.vps.org, without /api/v1.',
  urlExample: 'https://admin.vps.org',
  fields: [
    {
      id: 'token',
      label: 'API token',
      help: 'Made at VPS.org under Account › Developers, with the dns permissions. It is shown there only once.',
      secret: true,
      required: true,
      placeholder: 'vps_…',
      pattern: {
        source: 'vps_[\\x21-\\x7e]+',
        help: 'A token of VPS.org begins with vps_ and has no spaces. Copy the whole of it from Account › Developers.',
      },
      maxLength: 500,
    },
  ],
  rights: [
    { feature: 'See zones and records', needs: 'dns:list' },
    { feature: 'Create zones, add records', needs: 'dns:create' },
    { feature: 'Change records', needs: 'dns:update' },
    { feature: 'Delete zones and records', needs: 'dns:delete' },
  ],
  capabilities: {
    zones: true,
    types: Object.fromEntries(TYPES.map((type) => [type, true as const])),
    unknownTypes: others,
    // No document names limits: the server's own refusal says them.
    ttl: { min: 1, max: 2_147_483_647, default: 3600 },
    apply: 'sequential',
    comments: no('VPS.org keeps no comments.'),
    disableRecord: no('VPS.org cannot switch a record off: it is there or it is not.'),
    enableZone: no('VPS.org cannot switch a zone off: it is there or it is not.'),
    createZone: {
      kinds: [{ id: 'Hosted', label: 'Hosted', help: 'On the name servers of VPS.org, and edited here.' }],
    },
    deleteZone: true,
    soa: no('VPS.org makes the SOA itself and shows it nowhere.'),
    apexNs: no('VPS.org answers with its own name servers at the apex.'),
    // What a record can hold at all (65,535 bytes with a length byte for every 255).
    txt: { maxBytes: 65_279, nonAscii: true },
    settings: no('A zone of VPS.org is its name and its records, with nothing else to set.'),
    permissions: no('A zone of VPS.org belongs to one account; what a token may do holds for all of its zones.'),
    dnssec: no('VPS.org offers no DNSSEC over its API.'),
    nativeImport: no('VPS.org has no import; the panel sends the records of a file as changes.'),
    nativeExport: no('VPS.org has no export; the panel writes the zone file itself.'),
    search: no('VPS.org finds zones by their whole name and records by their type, and nothing else.'),
    users: no('The API shows the account of the token and no others.'),
    statistics: no('VPS.org counts the records of a zone and nothing else.'),
    queryLog: no('VPS.org shows no queries.'),
    filter: { reason: 'VPS.org only publishes zones; it resolves nothing that could be filtered.' },
    actions: [],
  },
}
