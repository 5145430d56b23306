import type { ProviderInfo } from '@zonedeck/shared/connection'

const LINK = 'https://github.com/coreyleavitt/technitium-content-filter'

const no = { reason: 'The Content Filter’s Web UI filters what others ask for; it holds no zones.' }

export const about: ProviderInfo = {
  id: 'content-filter',
  label: 'Content Filter (Web UI)',
  tile: 'Cf',
  summary: 'The Content Filter app for Technitium, over the REST API of its own Web UI.',
  link: LINK,
  urlHelp:
    'The address of the Web UI. Without a sign-in of its own it must be behind a reverse proxy, a tunnel or an access service that asks for one.',
  urlExample: 'https://filter.example.com',
  fields: [
    {
      id: 'username',
      label: 'User name',
      help: 'Of the Web UI’s own sign-in, or of a reverse proxy that asks for a name and a password. Leave it empty when it asks for neither.',
      secret: false,
      required: false,
      maxLength: 200,
    },
    { id: 'password', label: 'Password', secret: true, required: false, maxLength: 500 },
    {
      id: 'token',
      label: 'Or: bearer token',
      help: 'Of a reverse proxy that asks for one. An access service with a pair of headers is set up under “Extra headers”.',
      secret: true,
      required: false,
      maxLength: 4000,
    },
  ],
  rights: [{ feature: 'See and change the filter', needs: 'Any account that may sign in: the Web UI knows no rights' }],
  capabilities: {
    zones: no,
    types: {},
    unknownTypes: no,
    ttl: { min: 0, max: 2_147_483_647, default: 3600 },
    apply: 'sequential',
    comments: no,
    disableRecord: no,
    enableZone: no,
    createZone: no,
    deleteZone: no,
    soa: no,
    apexNs: no,
    txt: { maxBytes: 0, nonAscii: no },
    settings: no,
    permissions: no,
    dnssec: no,
    nativeImport: no,
    nativeExport: no,
    search: no,
    users: { reason: 'The Web UI has no accounts: it lets in whom Technitium lets in.', link: LINK },
    statistics: { reason: 'The Web UI counts nothing; Technitium itself does.', link: LINK },
    queryLog: { reason: 'The Web UI keeps no queries; an app of Technitium itself does.', link: LINK },
    filter: true,
    actions: [],
  },
}
