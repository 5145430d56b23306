import { requireSection, type Call, type Handler } from './call.ts'
import type { Right } from './directory.ts'
import { ServerError } from './errors.ts'
import { readName, requireZone } from './state.ts'
import type { HeldZone } from './zone.ts'

/** What the server says of zones that are not signed; here none ever is. */

function zoneOf(call: Call, section: Right, right: Right): HeldZone {
  requireSection(call, 'Zones', section)
  return requireZone(call.state, call.user, readName(call.parameters.text('zone')), right)
}

export const getDnssecProperties: Handler = (call) => {
  const zone = zoneOf(call, 'canModify', 'canView')
  return {
    name: zone.name,
    type: zone.type,
    internal: zone.internal,
    disabled: zone.disabled,
    dnssecStatus: 'Unsigned',
    dnsKeyTtl: 86_400,
    dnssecPrivateKeys: [],
  }
}

export const viewDs: Handler = (call) => {
  zoneOf(call, 'canView', 'canView')
  throw new ServerError('The zone must be signed with DNSSEC.')
}

export const unsignZone: Handler = (call) => {
  zoneOf(call, 'canModify', 'canDelete')
  throw new ServerError('Cannot unsign zone: the is zone not signed.')
}
