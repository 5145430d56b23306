import { requireSection, shownTime, type Handler, type Members } from './call.ts'
import {
  ADMINISTRATORS,
  createUser,
  EVERYONE,
  userNamed,
  type Directory,
  type Group,
  type Session,
  type User,
} from './directory.ts'
import { ServerError } from './errors.ts'
import { parseBoolean, parseInt32 } from './numbers.ts'
import type { State } from './state.ts'

function sortedNames(values: Iterable<string>): string[] {
  return [...values].sort()
}

/** Everyone's group is not listed. */
function groupNames(directory: Directory): string[] {
  return sortedNames([...directory.groups].filter(([key]) => key !== EVERYONE).map(([, group]) => group.name))
}

export function sessionDetails(session: Session, current: Session | null): Members {
  return {
    username: session.username,
    isCurrentSession: session.token === current?.token,
    partialToken: session.token.slice(0, 16),
    type: session.type,
    tokenName: session.tokenName,
    lastSeen: shownTime(session.lastSeen),
    lastSeenRemoteAddress: '127.0.0.1',
    lastSeenUserAgent: session.lastSeenUserAgent,
  }
}

export function parseTimeout(text: string): number {
  const seconds = parseInt32(text)
  if (seconds < 0 || seconds > 604_800) {
    throw new ServerError("Session timeout value must be between 0-604800 seconds. (Parameter 'SessionTimeoutSeconds')")
  }
  return seconds
}

function userSummary(state: State, user: User): Members {
  return {
    displayName: user.displayName,
    username: user.username,
    ...(state.legacy ? {} : { isSsoUser: false }),
    totpEnabled: user.totpSecret !== null,
    disabled: user.disabled,
    previousSessionLoggedOn: shownTime(user.previous.at),
    previousSessionRemoteAddress: user.previous.address,
    recentSessionLoggedOn: shownTime(user.recent.at),
    recentSessionRemoteAddress: user.recent.address,
  }
}

export function userDetails(state: State, user: User, current: Session, includeGroups: boolean): Members {
  const { directory } = state
  const own = [...user.groups].filter((key) => key !== EVERYONE).map((key) => directory.groups.get(key)!.name)
  const sessions = [...directory.sessions.values()]
    .filter((session) => session.username === user.username)
    .sort((a, b) => b.lastSeen - a.lastSeen)
  return {
    ...userSummary(state, user),
    sessionTimeoutSeconds: user.sessionTimeoutSeconds,
    ...(state.legacy ? {} : { ssoManagedGroups: false }),
    memberOfGroups: sortedNames(own),
    sessions: sessions.map((session) => sessionDetails(session, current)),
    ...(includeGroups ? { groups: groupNames(directory) } : {}),
  }
}

export const listUsers: Handler = (call) => {
  requireSection(call, 'Administration', 'canView')
  const users = [...call.state.directory.users.values()].sort((a, b) => (a.username < b.username ? -1 : 1))
  return { users: users.map((user) => userSummary(call.state, user)) }
}

export const createUserAccount: Handler = (call) => {
  requireSection(call, 'Administration', 'canModify')
  const { state, parameters } = call
  const username = parameters.text('user')
  const displayName = parameters.text('displayName', username)
  const password = parameters.text('pass')
  return userSummary(state, createUser(state.directory, username, displayName, password))
}

export const getUser: Handler = (call) => {
  requireSection(call, 'Administration', 'canView')
  const { state, parameters, session } = call
  const username = parameters.text('user')
  const includeGroups = parameters.read('includeGroups', parseBoolean, false)
  return userDetails(state, userNamed(state.directory, username), session, includeGroups)
}

export const setUser: Handler = (call) => {
  requireSection(call, 'Administration', 'canModify')
  const { state, parameters, session } = call
  const { directory } = state
  const user = userNamed(directory, parameters.text('user'))
  const displayName = parameters.raw('displayName')
  if (displayName !== null) user.displayName = displayName === '' ? user.username : displayName
  const password = parameters.raw('newPass')
  if (password !== null && password.trim() !== '') user.password = password
  const groups = parameters.raw('memberOfGroups')
  if (groups !== null) {
    const names = groups
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
    user.groups = new Set([EVERYONE, ...names.map((name) => groupKey(directory, name))])
    if (user === call.user) user.groups.add(ADMINISTRATORS)
  }
  const disabled = parameters.optional('disabled', parseBoolean)
  if (disabled !== null) {
    if (disabled && user === call.user) {
      throw new ServerError("Cannot update user profile: cannot disable current user's account.")
    }
    user.disabled = disabled
  }
  user.sessionTimeoutSeconds = parameters.read('sessionTimeoutSeconds', parseTimeout, user.sessionTimeoutSeconds)
  return userDetails(state, user, session, false)
}

export const deleteUser: Handler = (call) => {
  requireSection(call, 'Administration', 'canDelete')
  const { directory } = call.state
  const username = call.parameters.text('user')
  if (username.toLowerCase() === call.user.username) {
    throw new ServerError('Invalid operation: cannot delete current user.')
  }
  const user = userNamed(directory, username)
  directory.users.delete(user.username)
  for (const session of directory.sessions.values()) {
    if (session.username === user.username) directory.sessions.delete(session.token)
  }
  for (const permission of [...directory.sections.values(), ...directory.zones.values()]) {
    permission.users.delete(user.username)
  }
  return {}
}

function groupKey(directory: Directory, name: string): string {
  const key = name.toLowerCase()
  if (!directory.groups.has(key)) throw new ServerError(`No such group exists: ${name}`)
  return key
}

function groupJson(directory: Directory, group: Group, includeMembers: boolean, includeUsers: boolean): Members {
  const key = group.name.toLowerCase()
  const members = [...directory.users.values()].filter((user) => user.groups.has(key))
  return {
    name: group.name,
    description: group.description,
    ...(includeMembers ? { members: sortedNames(members.map((user) => user.username)) } : {}),
    ...(includeUsers ? { users: sortedNames(directory.users.keys()) } : {}),
  }
}

export const listGroups: Handler = (call) => {
  requireSection(call, 'Administration', 'canView')
  const { directory } = call.state
  return {
    groups: groupNames(directory).map((name) =>
      groupJson(directory, directory.groups.get(name.toLowerCase())!, false, false),
    ),
  }
}

export const createGroup: Handler = (call) => {
  requireSection(call, 'Administration', 'canModify')
  const { directory } = call.state
  const name = call.parameters.text('group')
  const group = { name, description: call.parameters.text('description', '') }
  if (directory.groups.has(name.toLowerCase())) throw new ServerError(`Group already exists: ${name}`)
  directory.groups.set(name.toLowerCase(), group)
  return groupJson(directory, group, false, false)
}

export const getGroup: Handler = (call) => {
  requireSection(call, 'Administration', 'canView')
  const { directory } = call.state
  const name = call.parameters.text('group')
  const includeUsers = call.parameters.read('includeUsers', parseBoolean, false)
  return groupJson(directory, directory.groups.get(groupKey(directory, name))!, true, includeUsers)
}

export const setGroup: Handler = (call) => {
  requireSection(call, 'Administration', 'canModify')
  const { directory } = call.state
  const key = groupKey(directory, call.parameters.text('group'))
  const group = directory.groups.get(key)!
  const description = call.parameters.raw('description')
  if (description !== null) group.description = description
  const members = call.parameters.raw('members')
  if (members !== null) {
    const users = members
      .split(',')
      .filter((name) => name !== '')
      .map((name) => userNamed(directory, name))
    if (key === ADMINISTRATORS) users.push(call.user)
    for (const user of directory.users.values()) {
      if (users.includes(user)) user.groups.add(key)
      else user.groups.delete(key)
    }
  }
  return groupJson(directory, group, true, false)
}

export const deleteGroup: Handler = (call) => {
  requireSection(call, 'Administration', 'canDelete')
  const { directory } = call.state
  const name = call.parameters.text('group')
  const key = name.toLowerCase()
  if (['administrators', 'dns administrators', 'dhcp administrators', 'everyone'].includes(key)) {
    throw new ServerError('Access was denied.')
  }
  if (!directory.groups.delete(key)) throw new ServerError(`Failed to delete group: ${name}`)
  for (const user of directory.users.values()) user.groups.delete(key)
  for (const permission of [...directory.sections.values(), ...directory.zones.values()]) permission.groups.delete(key)
  return {}
}
