import * as z from 'zod'

/**
 * What Technitium answers, as far as the panel reads it. What the documents promise and is dropped here, on purpose:
 *
 * - everywhere: `*Idn` and `*String` twins (the same said twice; the panel makes them itself), `server` (whose name is in
 *   every answer), `innerErrorMessage` and `stackTrace` (the server's insides: paths, sources);
 * - of records: `lastUsedOn` and `lastModified` (they change by themselves and would make every record look edited),
 *   `dnssecStatus` (always `Unknown` in a zone of its own);
 * - of zones: `hasDnssecPrivateKeys` (the DNSSEC state tells more);
 * - of options: `disabled`, `internal`, `dnssecStatus` (told by the zone), `name` of the zone but for catalogs;
 * - of permissions: `section` and `subItem` (what was asked for);
 * - of DNSSEC: `name`, `type`, `internal`, `disabled` (told by the zone), `isRetiring`, `dnsKeyStateReadyBy` and
 *   `publicKey` of a DS (told by its key), names of algorithms and digests where the number is there, but for the size in
 *   the name of an RSA key;
 * - of a session: `token` (the secret itself), `isSsoUser`, `displayName`, `totpEnabled`, `uptimestamp`, `dnsServerDomain` (as
 *   `server`), the three default TTLs and
 *   `useSoaSerialDateScheme` (what the server fills in; the panel always says its own), `dnssecValidation` (about resolving),
 *   of cluster nodes all but their names and kinds;
 * - of pages of zones: `pageNumber` and `totalPages` (what was asked for);
 * - of writes: the zone and the record that they answer with (it is read again).
 */
export const envelope = z.looseObject({
  status: z.enum(['ok', 'error', 'invalid-token', '2fa-required']),
  errorMessage: z.string().optional(),
  response: z.unknown().optional(),
})
export type Envelope = z.infer<typeof envelope>

const zoneInfo = z.object({
  name: z.string(),
  type: z.string(),
  disabled: z.boolean(),
  lastModified: z.string().optional(),
  soaSerial: z.number().optional(),
  internal: z.boolean().optional(),
  catalog: z.string().nullish(),
  dnssecStatus: z.string().optional(),
  validationFailed: z.boolean().optional(),
  expiry: z.string().optional(),
  isExpired: z.boolean().optional(),
  syncFailed: z.boolean().optional(),
  notifyFailed: z.boolean().optional(),
  notifyFailedFor: z.array(z.string()).optional(),
})
export type ZoneInfo = z.infer<typeof zoneInfo>

export const zoneList = z.object({ zones: z.array(zoneInfo), totalZones: z.number().optional() })

const record = z.object({
  name: z.string(),
  type: z.string(),
  ttl: z.number(),
  disabled: z.boolean(),
  comments: z.string().optional(),
  expiryTtl: z.number().optional(),
  glueRecords: z.array(z.string()).optional(),
  rData: z.record(z.string(), z.json()),
})
export type NativeRecord = z.infer<typeof record>

export const recordList = z.object({ zone: zoneInfo, records: z.array(record) })

const rights = z.object({ canView: z.boolean(), canModify: z.boolean(), canDelete: z.boolean() })
export type NativeRights = z.infer<typeof rights>

/** The answer repeats the secret token; it is not read. */
export const sessionInfo = z.object({
  username: z.string(),
  tokenName: z.string().optional(),
  info: z.object({
    version: z.string(),
    clusterInitialized: z.boolean().optional(),
    clusterDomain: z.string().optional(),
    clusterNodes: z.array(z.object({ name: z.string(), type: z.string().optional() })).optional(),
    permissions: z.record(z.string(), rights),
  }),
})
export type SessionInfo = z.infer<typeof sessionInfo>

export const created = z.object({ domain: z.string() })

export const catalogList = z.object({ catalogZoneNames: z.array(z.string()) })

/** Which members there are depends on the kind of zone; what is not there, the zone does not have. */
export const zoneOptions = z.object({
  name: z.string(),
  type: z.string(),
  notifyFailed: z.boolean().optional(),
  notifyFailedFor: z.array(z.string()).optional(),
  catalog: z.string().nullable().optional(),
  isSecondaryCatalogMember: z.boolean().optional(),
  overrideCatalogQueryAccess: z.boolean().optional(),
  overrideCatalogZoneTransfer: z.boolean().optional(),
  overrideCatalogNotify: z.boolean().optional(),
  overrideCatalogPrimaryNameServers: z.boolean().optional(),
  primaryNameServerAddresses: z.array(z.string()).nullish().transform(present),
  primaryZoneTransferProtocol: z.string().optional(),
  primaryZoneTransferTsigKeyName: z.string().nullable().optional(),
  validateZone: z.boolean().optional(),
  queryAccess: z.string().optional(),
  queryAccessNetworkACL: z.array(z.string()).optional(),
  zoneTransfer: z.string().optional(),
  zoneTransferNetworkACL: z.array(z.string()).optional(),
  zoneTransferTsigKeyNames: z.array(z.string()).optional(),
  notify: z.string().optional(),
  notifyNameServers: z.array(z.string()).optional(),
  notifySecondaryCatalogsNameServers: z.array(z.string()).optional(),
  update: z.string().optional(),
  updateNetworkACL: z.array(z.string()).optional(),
  updateSecurityPolicies: z
    .array(z.object({ tsigKeyName: z.string(), domain: z.string(), allowedTypes: z.array(z.string()) }))
    .optional(),
  availableCatalogZoneNames: z.array(z.string()).optional(),
  availableTsigKeyNames: z.array(z.string()).nullish().transform(present),
})
export type ZoneOptions = z.infer<typeof zoneOptions>

function present<T>(value: T | null | undefined): T | undefined {
  return value ?? undefined
}

export const zonePermissions = z.object({
  userPermissions: z.array(rights.extend({ username: z.string() })),
  groupPermissions: z.array(rights.extend({ name: z.string() })),
  users: z.array(z.string()).optional(),
  groups: z.array(z.string()).optional(),
})

const privateKey = z.object({
  keyTag: z.number(),
  keyType: z.string(),
  /** `RSASHA256 (2048 bits)`: read for the bits. */
  algorithm: z.string(),
  algorithmNumber: z.number(),
  state: z.string(),
  stateChangedOn: z.string().optional(),
  stateReadyBy: z.string().optional(),
  stateActiveBy: z.string().optional(),
  isRetiring: z.boolean(),
  rolloverDays: z.number(),
})
export type PrivateKey = z.infer<typeof privateKey>

export const dnssecProperties = z.object({
  dnssecStatus: z.string(),
  nsec3Iterations: z.number().optional(),
  nsec3SaltLength: z.number().optional(),
  dnsKeyTtl: z.number(),
  dnssecPrivateKeys: z.array(privateKey),
})
export type DnssecProperties = z.infer<typeof dnssecProperties>

const dsRecord = z.object({
  keyTag: z.number(),
  dnsKeyState: z.string().optional(),
  algorithmNumber: z.number(),
  /** The type's number is a text. */
  digests: z.array(z.object({ digestTypeNumber: z.coerce.number(), digest: z.string() })),
})
export type DsRecord = z.infer<typeof dsRecord>

export const dsInfo = z.object({ dnssecStatus: z.string(), dsRecords: z.array(dsRecord) })

/** Signing in: the token of the session, and the version, which decides how an API token is made. */
export const session = z.object({ token: z.string().min(1), info: z.object({ version: z.string() }) })

/** The rest of the answer repeats what was sent. */
export const madeToken = z.object({ token: z.string().min(1) })

export const appList = z.object({
  apps: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      dnsApps: z.array(
        z.object({
          classPath: z.string(),
          /** Its log can be read. */
          isQueryLogs: z.boolean().optional(),
        }),
      ),
    }),
  ),
})

/** null: it never had one. */
export const appConfig = z.object({ config: z.string().nullable() })

/** The server leaves the time out unless its blocking is paused; no lists are null. */
export const blockingSettings = z.object({
  enableBlocking: z.boolean(),
  temporaryDisableBlockingTill: z.string().optional(),
  blockListUrls: z.array(z.string()).nullish(),
  blockingBypassList: z.array(z.string()).nullish(),
  /** When the server was started. */
  uptimestamp: z.string().optional(),
})

/** Of the blocked zones, or of the allowed ones. */
export const zoneTree = z.object({ zones: z.array(z.string()), records: z.array(z.unknown()) })

const chart = z.object({
  labels: z.array(z.string()),
  datasets: z.array(z.object({ label: z.string().optional(), data: z.array(z.number()) })),
})
export type NativeChart = z.infer<typeof chart>

/** `nameIdn` is dropped: names are shown in Unicode elsewhere. */
const topItem = z.object({
  name: z.string(),
  domain: z.string().optional(),
  hits: z.number(),
  rateLimited: z.boolean().optional(),
})
export type NativeTop = z.infer<typeof topItem>

/** What is counted is the same since 13; what it holds has grown. Colours are dropped. */
export const dashboardStats = z.object({
  stats: z.object({
    totalQueries: z.number(),
    totalNoError: z.number(),
    totalServerFailure: z.number(),
    totalNxDomain: z.number(),
    totalRefused: z.number(),
    totalAuthoritative: z.number(),
    totalRecursive: z.number(),
    totalCached: z.number(),
    totalBlocked: z.number(),
    totalDropped: z.number(),
    totalClients: z.number(),
    zones: z.number().optional(),
    cachedEntries: z.number().optional(),
    allowedZones: z.number().optional(),
    blockedZones: z.number().optional(),
    allowListZones: z.number().optional(),
    blockListZones: z.number().optional(),
  }),
  mainChartData: chart.extend({ labelFormat: z.string() }),
  queryTypeChartData: chart,
  protocolTypeChartData: chart,
  topClients: z.array(topItem),
  topDomains: z.array(topItem),
  topBlockedDomains: z.array(topItem),
})
export type DashboardStats = z.infer<typeof dashboardStats>

/** The one list that was asked for. */
export const topStats = z.object({
  topClients: z.array(topItem).optional(),
  topDomains: z.array(topItem).optional(),
  topBlockedDomains: z.array(topItem).optional(),
})
export type TopStats = z.infer<typeof topStats>

/** A query without a question has no name; only what was answered from elsewhere has a time. */
const logEntry = z.object({
  rowNumber: z.number(),
  timestamp: z.string(),
  clientIpAddress: z.string(),
  protocol: z.string(),
  responseType: z.string(),
  responseRtt: z.number().optional(),
  rcode: z.string(),
  qname: z.string().nullish(),
  qtype: z.string().nullish(),
  qclass: z.string().nullish(),
  answer: z.string().nullish(),
})
export type LogEntry = z.infer<typeof logEntry>

export const logPage = z.object({
  pageNumber: z.int(),
  totalPages: z.int(),
  totalEntries: z.int(),
  entries: z.array(logEntry),
})
export type LogPage = z.infer<typeof logPage>
