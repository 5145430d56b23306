import { requireSection, type Call, type Handler, type Members } from './call.ts'
import {
  forceAdministrators,
  isAllowed,
  SECTIONS,
  zonePermission,
  type Directory,
  type Permission,
  type Right,
  type Rights,
  type Section,
} from './directory.ts'
import { accessDenied, ServerError } from './errors.ts'
import { trimDots } from './names.ts'
import { parseBoolean, parseEnum } from './numbers.ts'

function permissionJson(
  directory: Directory,
  section: Section,
  zone: string | null,
  permission: Permission,
  includeLists: boolean,
): Members {
  const listed = (rights: Map<string, Rights>, nameOf: (key: string) => string, member: string) =>
    [...rights]
      .map(([key, { canView, canModify, canDelete }]) => ({ [member]: nameOf(key), canView, canModify, canDelete }))
      .sort((a, b) => (String(a[member]) < String(b[member]) ? -1 : 1))
  const groupName = (key: string) => directory.groups.get(key)?.name ?? key
  return {
    section,
    ...(zone === null ? {} : { subItem: zone === '' ? '.' : zone }),
    userPermissions: listed(permission.users, (key) => key, 'username'),
    groupPermissions: listed(permission.groups, groupName, 'name'),
    ...(includeLists
      ? {
          users: [...directory.users.keys()].sort(),
          groups: [...directory.groups.values()].map(({ name }) => name).sort(),
        }
      : {}),
  }
}

/** `name|view|modify|delete`, repeated. Unknown names are dropped, once their rights were read. */
function readRights(text: string, known: ReadonlyMap<string, unknown>): Map<string, Rights> {
  const parts = text.split('|')
  const part = (at: number) => {
    const value = parts[at]
    if (value === undefined) throw new ServerError('Index was outside the bounds of the array.')
    return parseBoolean(value)
  }
  const rights = new Map<string, Rights>()
  for (let at = 0; at < parts.length; at += 4) {
    const key = parts[at]!.toLowerCase()
    if (key === '') continue
    const row = { canView: part(at + 1), canModify: part(at + 2), canDelete: part(at + 3) }
    if (known.has(key)) rights.set(key, row)
  }
  return rights
}

function change(call: Call, section: Section, permission: Permission): void {
  const { directory } = call.state
  const users = call.parameters.raw('userPermissions')
  if (users !== null) permission.users = readRights(users, directory.users)
  const groups = call.parameters.raw('groupPermissions')
  if (groups !== null) {
    permission.groups = readRights(groups, directory.groups)
    forceAdministrators(permission, section)
  }
}

/** The zone is named as it is stored: a Unicode name is not found. */
function zoneOf(call: Call, right: Right): { zone: string; permission: Permission } {
  requireSection(call, 'Zones', 'canModify')
  const zone = trimDots(call.parameters.text('zone'))
  const permission = zonePermission(call.state.directory, zone)
  if (!permission || !isAllowed(permission, call.user, right)) throw accessDenied()
  return { zone, permission }
}

export const getZonePermissions: Handler = (call) => {
  const { zone, permission } = zoneOf(call, 'canView')
  const includeLists = call.parameters.read('includeUsersAndGroups', parseBoolean, false)
  return permissionJson(call.state.directory, 'Zones', zone, permission, includeLists)
}

export const setZonePermissions: Handler = (call) => {
  const { zone, permission } = zoneOf(call, 'canDelete')
  change(call, 'Zones', permission)
  return permissionJson(call.state.directory, 'Zones', zone, permission, false)
}

const SECTION_NUMBERS = Object.fromEntries(SECTIONS.map((section, index) => [section, index + 1]))

function sectionOf(call: Call): { section: Section; permission: Permission } {
  const name = call.parameters.read('section', parseEnum(SECTION_NUMBERS))
  const section = SECTIONS.find((known) => known === name)
  const permission = section && call.state.directory.sections.get(section)
  if (!permission) throw new ServerError(`No permissions exists for section: ${name}`)
  return { section, permission }
}

export const listPermissions: Handler = (call) => {
  requireSection(call, 'Administration', 'canView')
  const { directory } = call.state
  return {
    permissions: SECTIONS.map((section) =>
      permissionJson(directory, section, null, directory.sections.get(section)!, false),
    ),
  }
}

export const getSectionPermissions: Handler = (call) => {
  requireSection(call, 'Administration', 'canView')
  const { section, permission } = sectionOf(call)
  const includeLists = call.parameters.read('includeUsersAndGroups', parseBoolean, false)
  return permissionJson(call.state.directory, section, null, permission, includeLists)
}

export const setSectionPermissions: Handler = (call) => {
  requireSection(call, 'Administration', 'canDelete')
  const { section, permission } = sectionOf(call)
  change(call, section, permission)
  return permissionJson(call.state.directory, section, null, permission, false)
}
