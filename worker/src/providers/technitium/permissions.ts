import type { PermissionTables } from '@zonedeck/shared/zone'
import type { PermissionRow } from '@zonedeck/shared/zone-permissions'
import { ProviderError } from '../provider-error.ts'
import type { DnsProvider } from '../provider.ts'
import type { makeCall } from './call.ts'
import { zonePermissions, type NativeRights } from './wire.ts'

/** Groups whose rights the server puts back to everything on each change. */
const FORCED = new Set(['administrators', 'dns administrators'])
const KEPT = 'The server gives this group every right, whatever is set.'

const toRow = (name: string, { canView, canModify, canDelete }: NativeRights): PermissionRow => ({
  name,
  view: canView,
  modify: canModify,
  delete: canDelete,
})

type Row = PermissionTables['users'][number]

/**
 * The server's own rights on a zone. Reading them needs Modify in its section Zones, and changing them Delete on the
 * zone. Both tables are sent whole; the two groups of administrators are left out, as the server adds them.
 */
export function makePermissions(
  { call }: Pick<ReturnType<typeof makeCall>, 'call'>,
  address: (zone: string) => string,
): NonNullable<DnsProvider['permissions']> {
  const held = (zone: string) =>
    call('/api/zones/permissions/get', { zone: address(zone), includeUsersAndGroups: 'true' }, zonePermissions, {
      reads: true,
    })

  return {
    async read(zone) {
      const { userPermissions, groupPermissions, users = [], groups = [] } = await held(zone)
      return {
        users: userPermissions.map(({ username, ...rights }) => toRow(username, rights)),
        groups: groupPermissions.map(({ name, ...rights }) => ({
          ...toRow(name, rights),
          ...(FORCED.has(name.toLowerCase()) ? { fixed: KEPT } : {}),
        })),
        knownUsers: users,
        knownGroups: groups.filter((name) => !FORCED.has(name.toLowerCase())),
      }
    },
    async write(zone, { users, groups }) {
      const known = await held(zone)
      checkNames('users', users, known.users ?? [])
      checkNames('groups', groups, known.groups ?? [])
      await call(
        '/api/zones/permissions/set',
        { zone: address(zone), userPermissions: table(users), groupPermissions: table(groups) },
        zonePermissions,
      )
    },
  }
}

/** The server drops names it does not know without a word, and its table cannot hold the sign it is made with. */
function checkNames(field: 'users' | 'groups', rows: readonly Row[], known: readonly string[]): void {
  for (const { name } of rows) {
    if (name.includes('|')) {
      throw new ProviderError('refused', `“${name}” cannot be sent: the server takes no name with “|” in it.`, {
        field,
      })
    }
    if (!known.includes(name)) {
      const kind = field === 'users' ? 'user' : 'group'
      throw new ProviderError('refused', `The server knows no ${kind} “${name}”. Choose one of ${known.join(', ')}.`, {
        field,
      })
    }
  }
}

/** `name|view|modify|delete`, repeated. */
function table(rows: readonly Row[]): string {
  return rows.map((row) => [row.name, row.view, row.modify, row.delete].join('|')).join('|')
}
