import type { FormField } from '@zonedeck/shared/form'
import type { ZoneOptions } from './wire.ts'

/** The options of a zone as fields: which of them a zone has, the server's answer says. */

type Choices = NonNullable<FormField['choices']>

const choice = (value: string, label: string, help?: string) => ({
  value,
  label,
  ...(help === undefined ? {} : { help }),
})

const NAME_SERVERS = choice('AllowOnlyZoneNameServers', 'The zone’s name servers')
const NETWORKS = choice('UseSpecifiedNetworkACL', 'The networks below')
const BOTH = choice('AllowZoneNameServersAndUseSpecifiedNetworkACL', 'The zone’s name servers and the networks below')
const WITH_NETWORKS = [NETWORKS.value, BOTH.value]
const NOBODY = choice('Deny', 'Nobody')
const EVERYBODY = choice('Allow', 'Everybody')
const PRIVATE = choice('AllowOnlyPrivateNetworks', 'Private networks')

/** Kinds that have no name servers of their own: the server refuses what is about them. */
const WITHOUT_NAME_SERVERS = new Set(['Forwarder', 'Catalog', 'SecondaryForwarder'])

function accessChoices({ type }: ZoneOptions, ...more: Choices): Choices {
  return WITHOUT_NAME_SERVERS.has(type)
    ? [NOBODY, EVERYBODY, ...more, NETWORKS]
    : [NOBODY, EVERYBODY, ...more, NAME_SERVERS, NETWORKS, BOTH]
}

function notifyChoices({ type }: ZoneOptions): Choices {
  const none = choice('None', 'Nobody')
  const listed = choice('SpecifiedNameServers', 'The servers below')
  if (type === 'Catalog') {
    return [
      none,
      listed,
      choice('SeparateNameServersForCatalogAndMemberZones', 'Other servers for the catalog than for its zones'),
    ]
  }
  if (type === 'Forwarder') return [none, listed]
  return [
    none,
    choice('ZoneNameServers', 'The zone’s name servers'),
    listed,
    choice('BothZoneAndSpecifiedNameServers', 'The zone’s name servers and the servers below'),
  ]
}

/** A choice that the server holds and a later version of it may have brought is kept. */
function select(id: string, label: string, value: string, choices: Choices, more: Partial<FormField> = {}): FormField {
  const known = choices.some((each) => each.value === value)
  return {
    id,
    label,
    kind: 'choice',
    choices: known ? choices : [...choices, choice(value, value)],
    required: true,
    value,
    ...more,
  }
}

const NETWORK_HELP =
  'One address or network a line, as in 192.0.2.0/24. The first that fits decides; ! before it denies.'

const list = (id: string, label: string, value: readonly string[], more: Partial<FormField>): FormField => ({
  ...{ id, label, kind: 'lines', mono: true, value: [...value] },
  ...more,
})

const networks = (id: string, label: string, value: readonly string[], of: string): FormField =>
  list(id, label, value, { help: NETWORK_HELP, placeholder: '192.0.2.0/24', when: { field: of, is: WITH_NETWORKS } })

/** `key.example dyn.example A,AAAA` for one rule of who may update what. */
function policyLine(policy: NonNullable<ZoneOptions['updateSecurityPolicies']>[number]): string {
  return `${policy.tsigKeyName} ${policy.domain} ${policy.allowedTypes.join(',')}`
}

const COPIED = 'The catalog this zone comes from decides it.'

/** Kinds whose membership can be changed. */
const MEMBERS = new Set(['Primary', 'Secondary', 'Stub', 'Forwarder'])

function catalogFields(options: ZoneOptions): FormField[] {
  const { catalog, type, isSecondaryCatalogMember, availableCatalogZoneNames = [] } = options
  if (catalog === undefined) return []
  const names = [...new Set([...availableCatalogZoneNames, ...(catalog === null ? [] : [catalog])])]
  const kept = !MEMBERS.has(type) || isSecondaryCatalogMember === true
  const field = select('catalog', 'Catalog zone', catalog ?? '', [
    choice('', 'None'),
    ...names.map((name) => choice(name, name)),
  ])
  const membership: FormField = {
    ...field,
    required: false,
    help: 'Servers that copy the catalog get this zone by themselves.',
    ...(kept ? { fixed: COPIED } : {}),
  }
  const own = (id: keyof ZoneOptions, label: string, fixed = kept): FormField => ({
    id,
    label,
    help: 'Off: the catalog’s is used.',
    kind: 'switch',
    value: options[id] === true,
    when: { field: 'catalog', is: names },
    ...(fixed ? { fixed: COPIED } : {}),
  })
  return [
    membership,
    own('overrideCatalogQueryAccess', 'Who may ask: its own'),
    ...(type === 'Primary' || type === 'Forwarder' || type === 'Secondary'
      ? [own('overrideCatalogZoneTransfer', 'Who may copy: its own')]
      : []),
    ...(type === 'Primary' || type === 'Forwarder' ? [own('overrideCatalogNotify', 'Who is told: its own')] : []),
    ...(type === 'Secondary' ? [own('overrideCatalogPrimaryNameServers', 'Primary servers: its own', true)] : []),
  ]
}

function primaryFields(options: ZoneOptions): FormField[] {
  const { primaryNameServerAddresses, primaryZoneTransferProtocol, primaryZoneTransferTsigKeyName, validateZone } =
    options
  const fixed = options.isSecondaryCatalogMember === true ? { fixed: COPIED } : {}
  return [
    ...(primaryNameServerAddresses === undefined
      ? []
      : [
          list('primaryNameServerAddresses', 'Primary servers', primaryNameServerAddresses, {
            help: 'Addresses or names, one a line. None: the name server that the SOA names.',
            placeholder: '192.0.2.53',
            ...fixed,
          }),
        ]),
    ...(primaryZoneTransferProtocol === undefined
      ? []
      : [
          select(
            'primaryZoneTransferProtocol',
            'Transfer over',
            primaryZoneTransferProtocol,
            [choice('Tcp', 'TCP'), choice('Tls', 'TLS'), choice('Quic', 'QUIC')],
            fixed,
          ),
        ]),
    ...(primaryZoneTransferTsigKeyName === undefined
      ? []
      : [
          select(
            'primaryZoneTransferTsigKeyName',
            'Key for the transfer',
            primaryZoneTransferTsigKeyName ?? '',
            [choice('', 'None'), ...keyChoices(options)],
            { required: false, ...fixed },
          ),
        ]),
    ...(validateZone === undefined
      ? []
      : [
          {
            id: 'validateZone',
            label: 'Check the copy',
            help: 'By its digest, where the zone has a ZONEMD record.',
            kind: 'switch' as const,
            value: validateZone,
            ...fixed,
          },
        ]),
  ]
}

function keyChoices({ availableTsigKeyNames = [] }: ZoneOptions): Choices {
  return availableTsigKeyNames.map((name) => choice(name, name))
}

function accessFields(options: ZoneOptions): FormField[] {
  const { queryAccess, queryAccessNetworkACL = [], zoneTransfer, zoneTransferNetworkACL = [], type } = options
  const copied = type === 'SecondaryCatalog' || options.isSecondaryCatalogMember === true ? { fixed: COPIED } : {}
  const keys = options.zoneTransferTsigKeyNames ?? []
  const known = keyChoices(options)
  const all = [...known, ...keys.filter((name) => !known.some(({ value }) => value === name)).map((n) => choice(n, n))]
  return [
    ...(queryAccess === undefined
      ? []
      : [
          { ...select('queryAccess', 'Who may ask', queryAccess, accessChoices(options, PRIVATE)), ...copied },
          {
            ...networks('queryAccessNetworkACL', 'Networks that may ask', queryAccessNetworkACL, 'queryAccess'),
            ...copied,
          },
        ]),
    ...(zoneTransfer === undefined
      ? []
      : [
          { ...select('zoneTransfer', 'Who may copy the zone', zoneTransfer, accessChoices(options)), ...copied },
          {
            ...networks('zoneTransferNetworkACL', 'Networks that may copy', zoneTransferNetworkACL, 'zoneTransfer'),
            ...copied,
          },
          ...(all.length === 0
            ? []
            : [
                {
                  id: 'zoneTransferTsigKeyNames',
                  label: 'Keys for copying',
                  help: 'With none chosen no key is asked for.',
                  kind: 'choices' as const,
                  choices: all,
                  value: keys,
                  ...copied,
                },
              ]),
        ]),
  ]
}

function notifyFields(options: ZoneOptions): FormField[] {
  const { notify, notifyNameServers = [], notifySecondaryCatalogsNameServers } = options
  if (notify === undefined) return []
  const separate = 'SeparateNameServersForCatalogAndMemberZones'
  return [
    select('notify', 'Who is told of changes', notify, notifyChoices(options)),
    list('notifyNameServers', 'Servers that are told', notifyNameServers, {
      help: 'Addresses, one a line.',
      placeholder: '192.0.2.53',
      when: { field: 'notify', is: ['SpecifiedNameServers', 'BothZoneAndSpecifiedNameServers', separate] },
    }),
    ...(notifySecondaryCatalogsNameServers === undefined
      ? []
      : [
          list(
            'notifySecondaryCatalogsNameServers',
            'Servers that are told of the catalog',
            notifySecondaryCatalogsNameServers,
            {
              help: 'Addresses, one a line.',
              placeholder: '192.0.2.53',
              when: { field: 'notify', is: [separate] },
            },
          ),
        ]),
  ]
}

function updateFields(options: ZoneOptions): FormField[] {
  const { update, updateNetworkACL = [], updateSecurityPolicies } = options
  return [
    ...(update === undefined
      ? []
      : [
          select('update', 'Who may send dynamic updates', update, accessChoices(options)),
          networks('updateNetworkACL', 'Networks that may send updates', updateNetworkACL, 'update'),
        ]),
    ...(updateSecurityPolicies === undefined
      ? []
      : [
          list('updateSecurityPolicies', 'Rules for updates', updateSecurityPolicies.map(policyLine), {
            help: 'One a line: key, name and types, as in “key.example *.dyn.example A,AAAA”. With rules, an update needs a key.',
            placeholder: `key.example ${options.name} A,AAAA`,
          }),
        ]),
  ]
}

export function optionFields(options: ZoneOptions): FormField[] {
  return [
    ...catalogFields(options),
    ...primaryFields(options),
    ...accessFields(options),
    ...notifyFields(options),
    ...updateFields(options),
  ]
}
