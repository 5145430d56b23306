import type { DnssecState } from '@zonedeck/shared/dnssec'
import type { FormField } from '@zonedeck/shared/form'
import { reaches, rightOn } from '@zonedeck/shared/rights'
import type { Me } from '@zonedeck/shared/session'
import type { ZoneSettings } from '@zonedeck/shared/zone'
import type { ZonePermissions } from '@zonedeck/shared/zone-permissions'
import type { Call } from '../../http/context.ts'
import { offered } from '../connections/offered.ts'
import { openConnection, type OpenConnection } from '../connections/open.ts'

const open = (call: Call, connection: string) => openConnection(call.env, connection, call.now, call.fetch)

const capabilities = ({ about }: OpenConnection) => about.capabilities

/** Who may not change them sees what is set, and not what else could be: choices name other zones and keys. */
export async function readSettings(call: Call, me: Me, connection: string, zone: string): Promise<ZoneSettings> {
  const opened = await open(call, connection)
  const settings = await offered(opened.dns.settings, capabilities(opened).settings).read(zone)
  if (reaches(rightOn(me, connection, zone), 'full')) return settings
  return { ...settings, fields: settings.fields.map(onlyChosen) }
}

function onlyChosen(field: FormField): FormField {
  if (field.choices === undefined) return field
  const chosen = Array.isArray(field.value) ? field.value : [field.value]
  return { ...field, choices: field.choices.filter(({ value }) => chosen.includes(value)) }
}

export async function readPermissions(call: Call, connection: string, zone: string): Promise<ZonePermissions> {
  const opened = await open(call, connection)
  return offered(opened.dns.permissions, capabilities(opened).permissions).read(zone)
}

export async function readDnssec(call: Call, connection: string, zone: string): Promise<DnssecState> {
  const opened = await open(call, connection)
  return offered(opened.dns.dnssec, capabilities(opened).dnssec).read(zone)
}

export async function exportZone(call: Call, connection: string, zone: string): Promise<string> {
  const opened = await open(call, connection)
  const { dns } = opened
  return offered(dns.exportZone?.bind(dns), capabilities(opened).nativeExport)(zone)
}
