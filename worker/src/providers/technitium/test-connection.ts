import type { ConnectionTest } from '@zonedeck/shared/connection'
import { ProviderError } from '../provider-error.ts'
import { parse, type makeCall } from './call.ts'
import { catalogList, sessionInfo, type NativeRights, type SessionInfo } from './wire.ts'

/** Who is the token to the server, what may it do there, and do the connection's other fields fit? Writes nothing. */
export async function testConnection(
  { call, whole }: ReturnType<typeof makeCall>,
  credentials: Readonly<Record<string, string>>,
): Promise<ConnectionTest> {
  const path = '/api/user/session/get'
  const session = parse(await whole(path, {}, { reads: true }), sessionInfo, path)
  const { username, tokenName, info } = session
  const notes = [...nodeNotes(credentials['node']?.trim() ?? '', info)]
  const zones = info.permissions['Zones']
  if (zones?.canView === true && !zones.canDelete) {
    notes.push('A user sees only the zones that list them under Permissions on the server.')
  }
  const catalog = credentials['catalog']?.trim().toLowerCase() ?? ''
  if (catalog !== '' && zones?.canView === true) {
    const { catalogZoneNames } = await call('/api/zones/catalogs/list', {}, catalogList, { reads: true })
    if (!catalogZoneNames.some((name) => name.toLowerCase() === catalog)) {
      const known = catalogZoneNames.length === 0 ? 'There is none.' : `There are: ${catalogZoneNames.join(', ')}.`
      throw new ProviderError('refused', `The user may use no catalog zone ${catalog} on this server. ${known}`, {
        field: 'catalog',
      })
    }
  }
  return {
    account: tokenName === undefined ? username : `${username} (token ${tokenName})`,
    version: info.version,
    permissions: Object.entries(info.permissions).flatMap(([section, rights]) => rightsText(section, rights)),
    missing: missing(zones).map((right) => `User ${username} ${right}.`),
    ...(notes.length > 0 ? { notes } : {}),
  }
}

function rightsText(section: string, { canView, canModify, canDelete }: NativeRights): string[] {
  const words = [canView && 'View', canModify && 'Modify', canDelete && 'Delete'].filter((word) => word !== false)
  return words.length === 0 ? [] : [`${section}: ${words.join(', ')}`]
}

function missing(zones: NativeRights | undefined): string[] {
  return [
    zones?.canView !== true && 'may not see zones (Zones: View)',
    zones?.canModify !== true &&
      'may not create or change zones, nor see their settings, permissions and keys (Zones: Modify)',
    zones?.canDelete !== true && 'may not delete or convert zones (Zones: Delete)',
  ].filter((right) => right !== false)
}

/** Throws `refused` for a node that the cluster does not have. */
function nodeNotes(node: string, info: SessionInfo['info']): string[] {
  const { clusterInitialized = false, clusterDomain = '', clusterNodes = [] } = info
  if (!clusterInitialized) return node === '' ? [] : ['The server is in no cluster: the node is not looked at.']
  const names = clusterNodes.map(({ name, type }) => (type === undefined ? name : `${name} (${type.toLowerCase()})`))
  if (node === '') return [`The server belongs to the cluster ${clusterDomain}: ${names.join(', ')}.`]
  if (node.toLowerCase() === 'cluster') {
    return [`Zones are those of this server in the cluster ${clusterDomain}, statistics those of all of its nodes.`]
  }
  if (!clusterNodes.some(({ name }) => name.toLowerCase() === node.toLowerCase())) {
    throw new ProviderError('refused', `The cluster has no node ${node}. Its nodes are ${names.join(', ')}.`, {
      field: 'node',
    })
  }
  return [`Zones are those of the node ${node} in the cluster ${clusterDomain}.`]
}
