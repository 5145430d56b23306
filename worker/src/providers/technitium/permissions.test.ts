import { describe, expect, it } from 'vitest'
import { connect } from './simulator-client.ts'

const all = { view: true, modify: true, delete: true }
const view = { view: true, modify: false, delete: false }

async function start() {
  const client = connect({ zones: [{ name: 'firm.example' }] })
  await client.call('admin/users/create', { user: 'ann', pass: 'secret' })
  await client.call('admin/groups/create', { group: 'Editors' })
  return client
}

describe('the server’s permissions on a zone', () => {
  it('are read with everyone who could be added, and say which rows the server keeps', async () => {
    const { provider } = await start()
    const read = await provider.permissions!.read('firm.example')
    expect(read.users).toEqual([{ name: 'admin', ...all }])
    expect(read.groups.map(({ name, fixed }) => [name, fixed !== undefined])).toEqual([
      ['Administrators', true],
      ['DNS Administrators', true],
    ])
    expect(read.knownUsers).toEqual(['admin', 'ann'])
    expect(read.knownGroups).toEqual(['DHCP Administrators', 'Editors', 'Everyone'])
  })

  it('are replaced as a whole, and cleared', async () => {
    const { provider, sent } = await start()
    await provider.permissions!.write('firm.example', {
      users: [
        { name: 'admin', ...all },
        { name: 'ann', ...view },
      ],
      groups: [{ name: 'Editors', ...all }],
    })
    expect(sent.at(-1)?.form).toMatchObject({
      userPermissions: 'admin|true|true|true|ann|true|false|false',
      groupPermissions: 'Editors|true|true|true',
    })
    expect((await provider.permissions!.read('firm.example')).users).toHaveLength(2)
    await provider.permissions!.write('firm.example', { users: [], groups: [] })
    const { users, groups } = await provider.permissions!.read('firm.example')
    expect(users).toEqual([])
    expect(groups.every(({ fixed, view: sees }) => fixed !== undefined && sees)).toBe(true)
  })

  it.each([
    ['nobody', 'knows no user “nobody”'],
    ['a|b', '“|”'],
  ])('refuse %s, whom the server would drop without a word', async (name, words) => {
    const { provider, sent } = await start()
    const write = provider.permissions!.write('firm.example', { users: [{ name, ...view }], groups: [] })
    await expect(write).rejects.toMatchObject({ kind: 'refused', field: 'users' })
    await expect(write).rejects.toThrow(words)
    expect(sent.map(({ path }) => path)).toEqual(['zones/permissions/get'])
  })
})
