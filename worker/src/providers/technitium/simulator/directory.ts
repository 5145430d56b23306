import { SecondFactorRequired, ServerError } from './errors.ts'
import { isTotpCode } from './totp.ts'

/** Users, groups, their rights, and the sessions and tokens that stand for them. */

export type Right = 'canView' | 'canModify' | 'canDelete'

export interface Rights {
  canView: boolean
  canModify: boolean
  canDelete: boolean
}

export interface User {
  username: string
  displayName: string
  password: string
  /** Base32; null without a second factor. */
  totpSecret: string | null
  disabled: boolean
  sessionTimeoutSeconds: number
  /** Group names in lower case; everyone is in `everyone`. */
  groups: Set<string>
  /** Milliseconds and address of the sign-in before the last, and of the last. */
  previous: { at: number | null; address: string }
  recent: { at: number | null; address: string }
}

export interface Group {
  name: string
  description: string
}

/** Rights by user name and by group name, both in lower case. */
export interface Permission {
  users: Map<string, Rights>
  groups: Map<string, Rights>
}

export interface Session {
  token: string
  type: 'Standard' | 'ApiToken' | 'SingleUse'
  tokenName: string | null
  username: string
  lastSeen: number
  lastSeenUserAgent: string | null
}

export interface Directory {
  users: Map<string, User>
  groups: Map<string, Group>
  sections: Map<Section, Permission>
  /** By zone name in lower case. */
  zones: Map<string, Permission>
  sessions: Map<string, Session>
  failedLogins: { count: number; blockedUntil: number }
}

export const SECTIONS = [
  'Dashboard',
  'Zones',
  'Cache',
  'Allowed',
  'Blocked',
  'Apps',
  'DnsClient',
  'Settings',
  'DhcpServer',
  'Administration',
  'Logs',
] as const
export type Section = (typeof SECTIONS)[number]

const ALL: Rights = { canView: true, canModify: true, canDelete: true }
const VIEW: Rights = { canView: true, canModify: false, canDelete: false }

export const ADMINISTRATORS = 'administrators'
const DNS_ADMINISTRATORS = 'dns administrators'
const DHCP_ADMINISTRATORS = 'dhcp administrators'
export const EVERYONE = 'everyone'

export function createDirectory(): Directory {
  const groups = new Map<string, Group>()
  for (const [name, description] of [
    ['Administrators', 'Super administrators'],
    ['DNS Administrators', 'DNS service administrators'],
    ['DHCP Administrators', 'DHCP service administrators'],
    ['Everyone', 'All users'],
  ] as const) {
    groups.set(name.toLowerCase(), { name, description })
  }
  const sections = new Map<Section, Permission>()
  for (const section of SECTIONS) {
    const permission: Permission = { users: new Map(), groups: new Map([[ADMINISTRATORS, ALL]]) }
    if (['Zones', 'Cache', 'Allowed', 'Blocked', 'Apps', 'DnsClient', 'Settings'].includes(section)) {
      permission.groups.set(DNS_ADMINISTRATORS, ALL)
    }
    if (section === 'DhcpServer') permission.groups.set(DHCP_ADMINISTRATORS, ALL)
    if (section !== 'Settings' && section !== 'Administration') permission.groups.set(EVERYONE, VIEW)
    sections.set(section, permission)
  }
  return {
    users: new Map(),
    groups,
    sections,
    zones: new Map(),
    sessions: new Map(),
    failedLogins: { count: 0, blockedUntil: 0 },
  }
}

export function createUser(directory: Directory, username: string, displayName: string, password: string): User {
  if (username.length > 255) {
    throw new ServerError("Username length cannot exceed 255 characters. (Parameter 'Username')")
  }
  if (!/^[A-Za-z0-9@\-_.]+$/.test(username)) {
    throw new ServerError(
      "Username can contain only alpha numeric, '@', '-', '_', or '.' characters. (Parameter 'Username')",
    )
  }
  const key = username.toLowerCase()
  if (directory.users.has(key)) throw new ServerError(`User already exists: ${key}`)
  const user: User = {
    username: key,
    displayName: displayName === '' ? key : displayName,
    password,
    totpSecret: null,
    disabled: false,
    sessionTimeoutSeconds: 1800,
    groups: new Set([EVERYONE]),
    previous: { at: null, address: '0.0.0.0' },
    recent: { at: null, address: '0.0.0.0' },
  }
  directory.users.set(key, user)
  return user
}

export function userNamed(directory: Directory, username: string): User {
  const user = directory.users.get(username.toLowerCase())
  if (!user) throw new ServerError(`No such user exists: ${username}`)
  return user
}

export function isAllowed(permission: Permission | undefined, user: User, right: Right): boolean {
  if (!permission) return false
  if (permission.users.get(user.username)?.[right]) return true
  return [...user.groups].some((group) => permission.groups.get(group)?.[right])
}

export function isAllowedIn(directory: Directory, section: Section, user: User, right: Right): boolean {
  return isAllowed(directory.sections.get(section), user, right)
}

export function zonePermission(directory: Directory, zone: string): Permission | undefined {
  return directory.zones.get(zone.toLowerCase())
}

/** Who makes a zone may do everything with it, and so may the administrators. The server's own zones have no maker. */
export function grantCreator(directory: Directory, zone: string, user: User | null): void {
  const held = zonePermission(directory, zone) ?? { users: new Map(), groups: new Map() }
  if (user) held.users.set(user.username, ALL)
  held.groups.set(ADMINISTRATORS, ALL)
  held.groups.set(DNS_ADMINISTRATORS, ALL)
  directory.zones.set(zone.toLowerCase(), held)
}

/** Groups whose rights cannot be lowered. */
export function forceAdministrators(permission: Permission, section: Section): void {
  permission.groups.set(ADMINISTRATORS, ALL)
  if (section === 'Zones') permission.groups.set(DNS_ADMINISTRATORS, ALL)
  if (section === 'DhcpServer') permission.groups.set(DHCP_ADMINISTRATORS, ALL)
}

/** 64 hexadecimal digits, as the server makes them. */
function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function createSession(
  directory: Directory,
  user: User,
  type: Session['type'],
  tokenName: string | null,
  now: number,
  userAgent: string | null,
  token = newToken(),
): Session {
  if (user.disabled) throw new ServerError('User account is disabled. Please contact your administrator.')
  if (tokenName !== null && tokenName.length > 255) {
    throw new ServerError("Token name length cannot exceed 255 characters. (Parameter 'tokenName')")
  }
  const session: Session = {
    token,
    type,
    tokenName,
    username: user.username,
    lastSeen: now,
    lastSeenUserAgent: userAgent,
  }
  directory.sessions.set(token, session)
  // A token that is made counts as a sign-in.
  user.previous = user.recent
  user.recent = { at: now, address: '127.0.0.1' }
  return session
}

export function hasExpired(directory: Directory, session: Session, now: number): boolean {
  if (session.type !== 'Standard') return false
  const timeout = directory.users.get(session.username)?.sessionTimeoutSeconds ?? 0
  return timeout > 0 && session.lastSeen + timeout * 1000 < now
}

const MAX_FAILURES = 5
const BLOCK_SECONDS = 300

/**
 * Signs in by password, and by a code where the user has a second factor. Failures of both are counted as the server
 * counts them for one network; a code that is missing is none.
 */
export function checkPassword(
  directory: Directory,
  username: string,
  password: string,
  totp: string | null,
  now: number,
): User {
  const failed = directory.failedLogins
  if (failed.blockedUntil > now) {
    throw new ServerError(
      `Max limit of ${MAX_FAILURES} attempts exceeded. Access blocked for ${BLOCK_SECONDS} seconds.`,
    )
  }
  const user = directory.users.get(username.toLowerCase())
  if (!user || user.password !== password) {
    if (!(username === 'admin' && password === 'admin')) countFailure(directory, now)
    throw new ServerError(`Invalid username or password for user: ${username}`)
  }
  if (user.totpSecret !== null) {
    if (totp === null) throw new SecondFactorRequired(username)
    if (!isTotpCode(user.totpSecret, totp, now)) {
      countFailure(directory, now)
      throw new ServerError(`Invalid time-based one-time password (TOTP) was attempted for user: ${username}`)
    }
  }
  failed.count = 0
  if (user.disabled) throw new ServerError('User account is disabled. Please contact your administrator.')
  return user
}

function countFailure({ failedLogins }: Directory, now: number): void {
  failedLogins.count++
  if (failedLogins.count < MAX_FAILURES) return
  failedLogins.blockedUntil = now + BLOCK_SECONDS * 1000
  failedLogins.count = 0
}
