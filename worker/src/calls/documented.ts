/**
 * The calls that the upstream documents describe. `path` is below the connection's address: `{x}` stands for one segment,
 * `{zone}` for one with a dot, `{user}` for one without. `needs` are parameters of the query, the form or the JSON body
 * that must be there. Where a document has spellings that mean the same (GET for a form's POST, an identity for a name),
 * any of them counts.
 */
export interface DocumentedCall {
  /** As the document writes it. */
  id: string
  provider: string
  methods: readonly string[]
  paths: readonly string[]
  needs?: readonly string[]
  /** Parts of a body that is not JSON and must be there. */
  holds?: readonly string[]
}

const technitium = (name: string, ...needs: string[]): DocumentedCall => ({
  id: `/api/${name}`,
  provider: 'technitium',
  methods: ['GET', 'POST'],
  paths: [`/api/${name}`],
  needs,
})

const rest = (
  provider: string,
  method: string,
  path: string,
  more: {
    also?: readonly string[]
    methods?: readonly string[]
    needs?: readonly string[]
    holds?: readonly string[]
  } = {},
): DocumentedCall => ({
  id: `${method} ${path}`,
  provider,
  methods: more.methods ?? [method],
  paths: [path, ...(more.also ?? [])],
  ...(more.needs === undefined ? {} : { needs: more.needs }),
  ...(more.holds === undefined ? {} : { holds: more.holds }),
})

const customdns = (method: string, path: string, ...holds: string[]) => rest('customdns', method, path, { holds })
const thalassa = (method: string, path: string, more: Parameters<typeof rest>[3] = {}) =>
  rest('thalassa', method, `/v1/dns${path}`, more)
const vps = (method: string, path: string, ...needs: string[]) => rest('vps-org', method, `/api/v1${path}`, { needs })
const filter = (method: string, path: string, ...needs: string[]) =>
  rest('content-filter', method, `/api${path}`, { needs })

const record = '/zones/{x}/records/{x}/{x}'
const byIdentity = { also: ['/v1/dns/zones/{x}/records/{x}'] }

export const documentedCalls: readonly DocumentedCall[] = [
  technitium('user/login', 'user', 'pass', 'includeInfo'),
  technitium('user/session/get'),
  technitium('zones/list'),
  technitium('zones/options/get', 'zone'),
  technitium('zones/create', 'zone', 'type'),
  technitium('zones/enable', 'zone'),
  technitium('zones/disable', 'zone'),
  technitium('zones/delete', 'zone'),
  technitium('zones/catalogs/list'),
  technitium('zones/permissions/get', 'zone', 'includeUsersAndGroups'),
  technitium('zones/permissions/set', 'zone', 'userPermissions', 'groupPermissions'),
  technitium('zones/records/get', 'domain', 'zone', 'listZone'),
  technitium('zones/records/add', 'domain', 'zone', 'type', 'ttl'),
  technitium('zones/records/update', 'domain', 'zone', 'type'),
  technitium('zones/records/delete', 'domain', 'zone', 'type'),
  technitium('dashboard/stats/get', 'type', 'utc'),

  customdns('GET', '/user'),
  customdns('GET', '/user/{user}'),
  customdns('PUT', '/user', '<userName>'),
  customdns('POST', '/user', '<userName>', '<password>'),
  customdns('DELETE', '/user/{user}'),
  customdns('GET', '/zone/count'),
  customdns('GET', '/zone/{user}/count'),
  rest('customdns', 'GET', '/zone/list/', { needs: ['offset', 'count'] }),
  rest('customdns', 'GET', '/zone/{user}/list/', { needs: ['offset', 'count'] }),
  customdns('POST', '/zone', '<name>', '<type>'),
  // The document leaves the name out; without one nothing could be deleted.
  rest('customdns', 'DELETE', '/zone', { also: ['/zone/{zone}'] }),
  customdns('GET', '/zone/{zone}/count'),
  rest('customdns', 'GET', '/zone/{zone}/records', { needs: ['offset', 'count'] }),
  customdns('GET', '/zone/{zone}/record/{x}'),
  customdns('POST', '/zone/{zone}', '<name>', '<content>', '<prio>', '<type>'),
  customdns('DELETE', '/zone/{zone}/record/{x}'),

  thalassa('GET', '/zones'),
  thalassa('POST', '/zones', { needs: ['zoneName'] }),
  thalassa('GET', '/zones/{x}'),
  thalassa('DELETE', '/zones/{x}'),
  thalassa('GET', '/zones/{x}/export'),
  thalassa('POST', '/zones/{x}/import', { needs: ['zoneFile'] }),
  thalassa('GET', '/zones/{x}/records'),
  thalassa('POST', '/zones/{x}/records', { needs: ['name', 'type', 'values'] }),
  thalassa('GET', record, byIdentity),
  thalassa('PATCH', record, { ...byIdentity, methods: ['PATCH', 'PUT'], needs: ['values'] }),
  thalassa('DELETE', record, byIdentity),
  thalassa('GET', '/zones/{x}/dnssec'),
  thalassa('PUT', '/zones/{x}/dnssec', { needs: ['region'] }),
  thalassa('DELETE', '/zones/{x}/dnssec'),

  vps('GET', '/dns-zones/'),
  vps('GET', '/dns-zones/{x}/'),
  vps('POST', '/dns-zones/', 'domain'),
  vps('DELETE', '/dns-zones/{x}/'),
  vps('GET', '/dns-zones/{x}/records/'),
  vps('POST', '/dns-zones/{x}/records/', 'record_type', 'name', 'value'),
  vps('GET', '/dns-records/', 'zone'),
  vps('GET', '/dns-records/{x}/'),
  vps('PUT', '/dns-records/{x}/', 'record_type', 'name', 'value'),
  vps('PATCH', '/dns-records/{x}/'),
  vps('DELETE', '/dns-records/{x}/'),

  filter('GET', '/config'),
  filter('POST', '/config', 'profiles'),
  filter('POST', '/profiles', 'name'),
  filter('DELETE', '/profiles', 'name'),
  filter('POST', '/clients', 'ids', 'profile'),
  filter('DELETE', '/clients', 'index'),
  filter('POST', '/settings'),
  filter('GET', '/services'),
  filter('POST', '/custom-services', 'id'),
  filter('DELETE', '/custom-services', 'id'),
  filter('POST', '/blocklists', 'url'),
  filter('DELETE', '/blocklists', 'url'),
  filter('POST', '/blocklists/refresh'),
  filter('POST', '/allowlists', 'profile', 'domains'),
  filter('POST', '/rules', 'profile', 'rules'),
  filter('POST', '/rewrites', 'profile', 'domain', 'answer'),
  filter('DELETE', '/rewrites', 'profile', 'domain'),
]

/** One call as it reached an upstream. `path` is below the connection's address; `body` as it was sent. */
export interface SeenCall {
  provider: string
  method: string
  path: string
  query: Readonly<Record<string, string>>
  body: string
}

/** Which of the documented calls this was, or undefined. */
export function documentedCall(seen: SeenCall): DocumentedCall | undefined {
  return documentedCalls.find(
    (call) =>
      call.provider === seen.provider &&
      call.methods.includes(seen.method) &&
      call.paths.some((path) => matches(path, seen.path)) &&
      (call.needs ?? []).every((name) => parameters(seen).has(name)) &&
      (call.holds ?? []).every((part) => seen.body.includes(part)),
  )
}

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  return wanted.length === given.length && wanted.every((part, index) => segment(part, given[index] ?? ''))
}

function segment(wanted: string, given: string): boolean {
  switch (wanted) {
    case '{x}':
      return given !== ''
    case '{zone}':
      return given.includes('.')
    case '{user}':
      return given !== '' && !given.includes('.')
    default:
      return wanted === given
  }
}

function parameters({ query, body }: SeenCall): Set<string> {
  return new Set([...Object.keys(query), ...bodyNames(body)])
}

function bodyNames(body: string): string[] {
  if (body.startsWith('{')) {
    try {
      return Object.keys(JSON.parse(body) as Record<string, unknown>)
    } catch {
      return []
    }
  }
  return body.startsWith('<') ? [] : [...new URLSearchParams(body).keys()]
}
