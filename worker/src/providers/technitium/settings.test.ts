import type { FormField, FormValues } from '@zonedeck/shared/form'
import { initialValues } from '@zonedeck/shared/form-errors'
import { describe, expect, it } from 'vitest'
import { connect } from './simulator-client.ts'

const zones = [
  { name: 'firm.example' },
  { name: 'fwd.example', type: 'Forwarder' as const },
  { name: 'catalog.example', type: 'Catalog' as const },
  { name: 'copy.example', type: 'Secondary' as const },
  { name: 'stub.example', type: 'Stub' as const },
]
const start = () => connect({ zones, tsigKeyNames: ['key.example'] })
const ids = (fields: readonly FormField[]) => fields.map(({ id }) => id)
const values = (fields: readonly FormField[], id: string) =>
  fields.find((field) => field.id === id)?.choices?.map(({ value }) => value)

describe('the settings of a zone', () => {
  it('are those that its kind has', async () => {
    const { provider } = start()
    const read = async (zone: string) => (await provider.settings!.read(zone)).fields
    expect(ids(await read('firm.example'))).toEqual([
      ...['catalog', 'overrideCatalogQueryAccess', 'overrideCatalogZoneTransfer', 'overrideCatalogNotify'],
      ...['queryAccess', 'queryAccessNetworkACL'],
      ...['zoneTransfer', 'zoneTransferNetworkACL', 'zoneTransferTsigKeyNames'],
      ...['notify', 'notifyNameServers', 'update', 'updateNetworkACL', 'updateSecurityPolicies'],
    ])
    expect(ids(await read('catalog.example'))).not.toContain('catalog')
    expect(values(await read('firm.example'), 'queryAccess')).toContain('AllowOnlyZoneNameServers')
    expect(values(await read('fwd.example'), 'queryAccess')).not.toContain('AllowOnlyZoneNameServers')
    expect(ids(await read('copy.example'))).toEqual(
      expect.arrayContaining(['primaryNameServerAddresses', 'primaryZoneTransferProtocol', 'validateZone']),
    )
    expect(ids(await read('stub.example'))).not.toContain('primaryZoneTransferProtocol')
  })

  it('hold what was written, and nothing else changes', async () => {
    const { provider, sent } = start()
    const before = initialValues((await provider.settings!.read('firm.example')).fields)
    const wanted: FormValues = {
      catalog: 'catalog.example',
      queryAccess: 'UseSpecifiedNetworkACL',
      queryAccessNetworkACL: ['!192.0.2.128/25', '192.0.2.0/24', '2001:db8::/32', '198.51.100.7'],
      zoneTransferTsigKeyNames: ['key.example'],
      notify: 'BothZoneAndSpecifiedNameServers',
      notifyNameServers: ['192.0.2.53', '2001:db8::53'],
      updateSecurityPolicies: ['key.example *.dyn.firm.example A,AAAA', 'key.example firm.example TXT'],
    }
    await provider.settings!.write('firm.example', wanted)
    expect(Object.keys(sent.at(-1)!.form).sort()).toEqual([...Object.keys(wanted), 'zone'].sort())
    const after = initialValues((await provider.settings!.read('firm.example')).fields)
    expect(after).toEqual({ ...before, ...wanted })
    await provider.settings!.write('firm.example', {
      catalog: '',
      queryAccessNetworkACL: [],
      updateSecurityPolicies: [],
    })
    const { catalog, queryAccessNetworkACL, updateSecurityPolicies } = initialValues(
      (await provider.settings!.read('firm.example')).fields,
    )
    expect([catalog, queryAccessNetworkACL, updateSecurityPolicies]).toEqual(['', [], []])
  })

  it('of a catalog name the zones in it', async () => {
    const { provider } = start()
    expect((await provider.settings!.read('catalog.example')).facts).toEqual([{ label: 'Zones in it', value: 'none' }])
    await provider.settings!.write('firm.example', { catalog: 'catalog.example' })
    expect((await provider.settings!.read('catalog.example')).facts).toEqual([
      { label: 'Zones in it', value: 'firm.example' },
    ])
  })

  it('of primaries go with their protocol, which the server would else take for another', async () => {
    const { provider, sent } = start()
    await provider.settings!.write('copy.example', { primaryZoneTransferProtocol: 'Tls' })
    await provider.settings!.write('copy.example', { primaryNameServerAddresses: ['192.0.2.53'] })
    expect(sent.at(-1)?.form).toMatchObject({
      primaryNameServerAddresses: '192.0.2.53',
      primaryZoneTransferProtocol: 'Tls',
    })
  })

  it.each<[FormValues, string]>([
    [{ queryAccessNetworkACL: ['192.0.2.1/24'] }, 'first address'],
    [{ queryAccessNetworkACL: ['192.0.2.0/33'] }, 'no network'],
    [{ queryAccessNetworkACL: ['everywhere'] }, 'no address'],
    [{ notifyNameServers: ['ns1.example'] }, 'no address'],
    [{ notifyNameServers: ['2001:DB8:0::53'] }, '2001:db8::53'],
    [{ updateSecurityPolicies: ['key.example firm.example'] }, 'no rule'],
    [{ updateSecurityPolicies: ['key|x firm.example A'] }, '“|”'],
    [{ updateSecurityPolicies: ['Key.example firm.example A'] }, 'lower case'],
    [{ updateSecurityPolicies: ['key.example firm.example a'] }, 'capitals'],
    [{ updateSecurityPolicies: ['key.example firm.example A', 'key.example firm.example TXT'] }, 'Write one'],
    [{ primaryNameServerAddresses: ['192.0.2.1,192.0.2.2'] }, 'without a comma'],
  ])('refuse %j before anything is sent', async (wrong, words) => {
    const { provider, sent } = start()
    const [field] = Object.keys(wrong)
    await expect(provider.settings!.write('firm.example', wrong)).rejects.toMatchObject({ kind: 'refused', field })
    await expect(provider.settings!.write('firm.example', wrong)).rejects.toThrow(words)
    expect(sent).toEqual([])
  })

  it('are not for who may only see the zone', async () => {
    const { call, as } = start()
    await call('admin/users/create', { user: 'viewer', pass: 'secret' })
    await call('zones/permissions/set', { zone: 'firm.example', userPermissions: 'viewer|true|false|false' })
    const made = await call('admin/sessions/createToken', { user: 'viewer', tokenName: 'panel' })
    const { token } = (made as { response: { token: string } }).response
    const viewer = as({ token })
    await expect(viewer.settings!.read('firm.example')).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(viewer.permissions!.read('firm.example')).rejects.toMatchObject({ kind: 'forbidden' })
    expect((await viewer.test()).missing).toHaveLength(2)
    expect((await viewer.test()).permissions).toContain('Zones: View')
  })
})
