import { clusterJson } from './api-server.ts'
import { requireSection, shownTime, type Call, type Handler, type Members } from './call.ts'
import {
  checkPassword,
  createSession,
  hasExpired,
  isAllowedIn,
  SECTIONS,
  userNamed,
  type Session,
} from './directory.ts'
import { accessDenied, ServerError } from './errors.ts'
import { parseBoolean } from './numbers.ts'
import type { Parameters } from './parameters.ts'
import { NS_TTL, RECORD_TTL, SOA_TTL, type State } from './state.ts'
import { parseTimeout, sessionDetails, userDetails } from './api-users.ts'

function info(state: State, session: Session): Members {
  const user = userNamed(state.directory, session.username)
  const rights = (section: (typeof SECTIONS)[number]) => ({
    canView: isAllowedIn(state.directory, section, user, 'canView'),
    canModify: isAllowedIn(state.directory, section, user, 'canModify'),
    canDelete: isAllowedIn(state.directory, section, user, 'canDelete'),
  })
  return {
    version: state.version,
    uptimestamp: shownTime(state.startedAt),
    dnsServerDomain: state.serverDomain,
    defaultRecordTtl: RECORD_TTL,
    defaultNsRecordTtl: NS_TTL,
    defaultSoaRecordTtl: SOA_TTL,
    useSoaSerialDateScheme: false,
    dnssecValidation: true,
    ...clusterJson(state),
    permissions: Object.fromEntries(SECTIONS.map((section) => [section, rights(section)])),
  }
}

function sessionJson(state: State, session: Session, includeInfo: boolean): Members {
  const { displayName, username, totpSecret } = userNamed(state.directory, session.username)
  const head: Members =
    session.type === 'ApiToken'
      ? { username, tokenName: session.tokenName, token: session.token }
      : session.type === 'SingleUse'
        ? { username, token: session.token }
        : {
            displayName,
            username,
            ...(state.legacy ? {} : { isSsoUser: false }),
            totpEnabled: totpSecret !== null,
            token: session.token,
          }
  return { ...head, ...(includeInfo ? { info: info(state, session) } : {}) }
}

function signIn(
  state: State,
  parameters: Parameters,
  userAgent: string | null,
  type: 'Standard' | 'ApiToken',
): Members {
  const username = parameters.text('user')
  const password = parameters.text('pass')
  const tokenName = type === 'ApiToken' ? parameters.text('tokenName') : null
  const includeInfo = type === 'Standard' && parameters.read('includeInfo', parseBoolean, false)
  const totp = parameters.text('totp', '') || null
  const user = checkPassword(state.directory, username, password, totp, state.now())
  return sessionJson(state, createSession(state.directory, user, type, tokenName, state.now(), userAgent), includeInfo)
}

export function login(state: State, parameters: Parameters, userAgent: string | null): Members {
  return signIn(state, parameters, userAgent, 'Standard')
}

/** A token for oneself: with a password, or (from version 15) as somebody signed in. */
export function createOwnToken(
  state: State,
  parameters: Parameters,
  userAgent: string | null,
  session: Session | null,
): Members {
  if (!session || state.legacy) return signIn(state, parameters, userAgent, 'ApiToken')
  if (session.type !== 'Standard') throw accessDenied()
  const user = userNamed(state.directory, session.username)
  const tokenName = parameters.text('tokenName')
  return sessionJson(state, createSession(state.directory, user, 'ApiToken', tokenName, state.now(), userAgent), false)
}

export const getSession: Handler = ({ state, session }) => sessionJson(state, session, true)

function requireStandard(call: Call): void {
  if (call.session.type !== 'Standard') throw accessDenied()
}

export const createSingleUseToken: Handler = (call) => {
  requireStandard(call)
  const { state, user, userAgent } = call
  return sessionJson(state, createSession(state.directory, user, 'SingleUse', null, state.now(), userAgent), false)
}

export const listSessions: Handler = (call) => {
  requireSection(call, 'Administration', 'canView')
  const { state, session: current } = call
  const sessions = [...state.directory.sessions.values()]
    .filter((session) => !hasExpired(state.directory, session, state.now()))
    .sort((a, b) => b.lastSeen - a.lastSeen)
  return { sessions: sessions.map((session) => sessionDetails(session, current)) }
}

export const createTokenForUser: Handler = (call) => {
  requireSection(call, 'Administration', 'canModify')
  const { state, parameters, userAgent } = call
  const username = parameters.text('user')
  const tokenName = parameters.text('tokenName')
  const user = userNamed(state.directory, username)
  return sessionJson(state, createSession(state.directory, user, 'ApiToken', tokenName, state.now(), userAgent), false)
}

export const deleteOwnSession: Handler = (call) => deleteSession(call, false)

export const deleteAnySession: Handler = (call) => {
  requireSection(call, 'Administration', 'canDelete')
  return deleteSession(call, true)
}

function deleteSession({ state, parameters, session: current }: Call, any: boolean): Members {
  const start = parameters.text('partialToken')
  if (current.token.startsWith(start)) {
    throw new ServerError('Invalid operation: cannot delete current session.')
  }
  const session = [...state.directory.sessions.values()].find(({ token }) => token.startsWith(start))
  if (!session) throw new ServerError(`No such active session was found for partial token: ${start}`)
  if (!any && session.username !== current.username) throw accessDenied()
  state.directory.sessions.delete(session.token)
  return {}
}

export const changePassword: Handler = (call) => {
  requireStandard(call)
  const { state, parameters, user } = call
  const password = parameters.text('pass')
  const fresh = parameters.text('newPass')
  checkPassword(state.directory, user.username, password, parameters.text('totp', '') || null, state.now())
  user.password = fresh
  return {}
}

export const getProfile: Handler = ({ state, user, session }) => userDetails(state, user, session, false)

export const setProfile: Handler = (call) => {
  requireStandard(call)
  const { state, parameters, user, session } = call
  const displayName = parameters.raw('displayName')
  if (displayName !== null) user.displayName = displayName === '' ? user.username : displayName
  user.sessionTimeoutSeconds = parameters.read('sessionTimeoutSeconds', parseTimeout, user.sessionTimeoutSeconds)
  return userDetails(state, user, session, false)
}
