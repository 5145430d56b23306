import type { Refusal } from '@zonedeck/shared/capabilities'
import type { ProviderInfo } from '@zonedeck/shared/connection'
import type { FormField } from '@zonedeck/shared/form'

const API = 'https://www.customdns.ca/'

const WRITABLE = 'A AAAA CAA CNAME HINFO LOC MX NAPTR NS PTR RP SPF SRV TXT'.split(' ')

/** The types are a closed list on the server: a body with any other cannot be read there. */
const unknown: Refusal = {
  reason: 'CustomDNS knows 16 types of records, and this is none of them.',
  link: API,
}
const foreign = (type: string, instead: string): Refusal => ({
  reason: `CustomDNS has no ${type} records${instead}.`,
  link: API,
})

/** There is no list of accounts to choose from. */
const owner: FormField = {
  id: 'owner',
  label: 'Account',
  kind: 'text',
  help: 'User name of the account that gets the zone. Empty: the account of the API key. Only a ROOT account can give it to another.',
  placeholder: 'janedoe',
  mono: true,
  maxLength: 255,
}

export const about: ProviderInfo = {
  id: 'customdns',
  label: 'CustomDNS',
  tile: 'Cu',
  summary: 'CustomDNS, and other servers that run JPowerAdmin over PowerDNS, over its REST API.',
  link: API,
  urlHelp: 'The address of the REST API, which ends in /rest. A JPowerAdmin of your own has it below /jpower-admin.',
  urlExample: 'https://www.customdns.ca/jpower-admin/rest',
  fields: [
    {
      id: 'apiKey',
      label: 'API key',
      help: 'Shown by CustomDNS under Account Settings. “New” there makes another one, and this one stops working.',
      secret: true,
      required: true,
      placeholder: 'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
      maxLength: 200,
    },
  ],
  rights: [
    { feature: 'Zones and records of one account', needs: 'The API key of that account' },
    { feature: 'One’s own account', needs: 'The API key of that account' },
    { feature: 'Zones of all accounts, and the accounts themselves', needs: 'The API key of a ROOT account' },
  ],
  capabilities: {
    zones: true,
    types: {
      ...Object.fromEntries(WRITABLE.map((type) => [type, true as const])),
      SOA: { reason: 'CustomDNS makes the SOA itself.', link: API },
      MBOXFW: { reason: 'A mail forward is no DNS record. JPowerAdmin keeps it: change it there.', link: API },
      ALIAS: foreign('ALIAS', ''),
      ANAME: foreign('ANAME', ''),
      FWD: foreign('FWD', ': they are Technitium’s own'),
      APP: foreign('APP', ': they are Technitium’s own'),
      ...Object.fromEntries(
        'DNAME DNSKEY DS HTTPS NSEC NSEC3 NSEC3PARAM OPENPGPKEY RRSIG SMIMEA SSHFP SVCB TLSA URI'
          .split(' ')
          .map((type) => [type, foreign(type, '')]),
      ),
    },
    unknownTypes: unknown,
    ttl: { min: 0, max: 2_147_483_647, default: 3600 },
    apply: 'sequential',
    comments: { reason: 'CustomDNS keeps no comments.', link: API },
    disableRecord: {
      reason:
        'The API of CustomDNS shows which records are inactive and has no way to change it. Do it on its own pages.',
      link: API,
    },
    enableZone: { reason: 'CustomDNS cannot switch a zone off: it is there or it is not.', link: API },
    createZone: {
      kinds: [
        {
          id: 'NATIVE',
          label: 'Native',
          help: 'Edited here. The server adds the SOA and its name servers.',
          fields: [owner],
        },
        {
          id: 'MASTER',
          label: 'Master',
          help: 'Edited here; secondary servers elsewhere, where the server lets them in, are told of every change.',
          fields: [owner],
        },
      ],
    },
    deleteZone: true,
    soa: { reason: 'CustomDNS makes the SOA itself and keeps it.', link: API },
    apexNs: 'editable',
    txt: { maxBytes: 255, nonAscii: true },
    publishDelay: [0, 60],
    settings: { reason: 'CustomDNS has no options of a zone.', link: API },
    permissions: { reason: 'A zone of CustomDNS belongs to one account and to all ROOT accounts.', link: API },
    dnssec: { reason: 'The API of CustomDNS has no DNSSEC.', link: API },
    nativeImport: { reason: 'CustomDNS has no import; the panel sends the records of a file one by one.', link: API },
    nativeExport: { reason: 'CustomDNS has no export; the panel writes the zone file itself.', link: API },
    search: { reason: 'CustomDNS has no search over zones.', link: API },
    users: true,
    statistics: { reason: 'CustomDNS counts zones and records, and no questions.', link: API },
    queryLog: { reason: 'CustomDNS keeps no queries that its API would show.', link: API },
    filter: { reason: 'CustomDNS only publishes zones; it resolves nothing that could be filtered.' },
    actions: [],
  },
}
