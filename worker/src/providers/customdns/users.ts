import type { Account } from '@zonedeck/shared/account'
import type { FormField, FormValues } from '@zonedeck/shared/form'
import { ProviderError } from '../provider-error.ts'
import type { ProviderContext, UserDirectory } from '../provider.ts'
import { isRoot, whoAmI } from './account.ts'
import { AnswerError, makeCall } from './call.ts'
import { readOne } from './read.ts'
import { userSchema, type User } from './wire.ts'
import { writeXml } from './xml.ts'
import { makeZones } from './zones.ts'

/** What can be changed of an account, beside its password. */
const EDITABLE = ['firstName', 'lastName', 'email', 'localeName', 'timeZoneId'] as const
type Editable = Pick<User, (typeof EDITABLE)[number]>

const MAX = 255
const text = (id: (typeof EDITABLE)[number], label: string, more: Partial<FormField> = {}): FormField => ({
  id,
  label,
  kind: 'text',
  maxLength: MAX,
  ...more,
})

const FIELDS: readonly FormField[] = [
  text('firstName', 'First name'),
  text('lastName', 'Last name'),
  text('email', 'Email', { placeholder: 'jane@example.com' }),
  text('localeName', 'Locale', { placeholder: 'en-CA', help: 'Language and country of the server’s own pages.' }),
  text('timeZoneId', 'Time zone', { placeholder: 'America/Regina', help: 'A name of the time zone database.' }),
]

/** As it is sent the server keeps a hash of it, which it shows to whoever holds the key: it never comes further. */
const password = (help: string, required: boolean): FormField => ({
  id: 'password',
  label: 'Password',
  kind: 'secret',
  help,
  required,
  maxLength: MAX,
})

/** The accounts of CustomDNS. There is no call that lists them: each is asked for by its name. */
export function users(context: ProviderContext): UserDirectory {
  const call = makeCall(context)
  const zones = makeZones(call, context.upstream)
  const pathOf = (name: string) => `/user/${encodeURIComponent(name)}`

  /** Another account than one's own. Throws `missing` and `forbidden`. */
  async function other(name: string, self: User): Promise<User> {
    try {
      const user = readOne(await call({ method: 'GET', path: pathOf(name), answer: 'objects' }), 'user', userSchema)
      if (user) return user
      throw new ProviderError('missing', `The server knows no account ${name}.`)
    } catch (error) {
      if (!(error instanceof AnswerError)) throw error
      if (error.status === 403) throw notRoot()
      if (error.status === 404) throw new ProviderError('missing', `The server knows no account ${name}.`)
      if (error.status !== 500) throw error
      // It fails at a name that it does not know, and at whoever may not ask. The account of the key was shown just now.
      if (await isRoot(call, self.userName)) throw new ProviderError('missing', `The server knows no account ${name}.`)
      throw notRoot()
    }
  }

  async function find(name: string | undefined): Promise<{ user: User; self: boolean }> {
    const self = await whoAmI(call)
    if (name === undefined || name === self.userName) return { user: self, self: true }
    const user = await other(name, self)
    // A server may take a name in other letters, too: one's own stays one's own.
    return { user, self: user.userName === self.userName }
  }

  async function isThere(name: string): Promise<boolean> {
    try {
      await find(name)
      return true
    } catch (error) {
      if (error instanceof ProviderError && error.kind === 'missing') return false
      throw error
    }
  }

  /** A write. An answer of 500 may stand for anything: `settled` says, from what is there now, whether it was done. */
  async function write(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body: string | undefined,
    settled: () => Promise<boolean>,
  ): Promise<void> {
    try {
      await call({ method, path, ...(body === undefined ? {} : { body }), answer: 'nothing' })
    } catch (error) {
      const failed = error instanceof AnswerError && error.status >= 500 && error.kind === 'refused'
      if (!failed || !(await settled())) throw error
    }
  }

  return {
    async read(name): Promise<Account> {
      const { user, self } = await find(name)
      const [root, count] = await Promise.all([
        // Whoever can see another account is ROOT.
        self ? isRoot(call, user.userName) : true,
        zones.count(self ? '/zone/count' : `/zone/${encodeURIComponent(user.userName)}/count`),
      ])
      return {
        name: user.userName,
        self,
        fields: [
          ...FIELDS.map((field) => ({ ...field, value: user[field.id as keyof Editable] })),
          password('Only to change it. The server keeps a hash.', false),
        ],
        facts: [
          ...(self && root ? [{ label: 'Role', value: 'ROOT: sees and changes all zones and accounts' }] : []),
          ...(count === null ? [] : [{ label: 'Zones', value: String(count) }]),
          ...fact('Made', user.dateCreated),
          ...fact('Changed', user.dateModified),
        ],
        root,
      }
    },

    newFields: () => [password('Needed to sign in to the server’s own pages.', true), ...FIELDS],

    async create(name, values, secrets) {
      const secret = secrets['password'] ?? ''
      if (secret === '') throw withoutPassword()
      const given = textsOf(values)
      const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
      const body = writeXml('user', { userName: name, ...fields, password: secret })
      await write('POST', '/user', body, () => isThere(name)).catch(withReason(name))
    },

    async update(name, values, secrets) {
      const { user } = await find(name)
      // Older servers empty what is left out, so everything is sent; the hash is nobody's business, least of all theirs.
      const wanted = { ...pick(user), ...textsOf(values) }
      const secret = secrets['password'] ?? ''
      if (secret === '' && values['password'] === true) throw withoutPassword()
      const body = writeXml('user', {
        userName: user.userName,
        ...wanted,
        ...(secret === '' ? {} : { password: secret }),
      })
      await write('PUT', '/user', body, async () => {
        const { user: now } = await find(name)
        return secret === '' && EDITABLE.every((field) => now[field] === wanted[field])
      }).catch(withReason(name))
    },

    async remove(name) {
      const { user, self } = await find(name)
      const isGone = async () => {
        try {
          return !(await isThere(name))
        } catch (error) {
          // With one's own account the key is gone.
          if (self && error instanceof ProviderError && error.kind === 'auth') return true
          throw error
        }
      }
      await write('DELETE', pathOf(user.userName), undefined, isGone).catch(withReason(name))
    },

    async zonesOf(name) {
      const { userName } = await whoAmI(call)
      return (await zones.list(name === userName ? null : name)).map((zone) => zone.name)
    },
  }
}

const pick = (user: User): Editable => ({
  firstName: user.firstName,
  lastName: user.lastName,
  email: user.email,
  localeName: user.localeName,
  timeZoneId: user.timeZoneId,
})

function textsOf(values: FormValues): Partial<Editable> {
  return Object.fromEntries(
    EDITABLE.flatMap((field) => {
      const value = values[field]
      return typeof value === 'string' ? [[field, value.trim()]] : []
    }),
  )
}

/** `2017-12-20 21:26 UTC`. */
const fact = (label: string, at: string | undefined) =>
  at === undefined ? [] : [{ label, value: `${at.slice(0, 16).replace('T', ' ')} UTC` }]

/** An account without a password would be anybody's. */
const withoutPassword = () => new ProviderError('refused', 'The password did not come along.', { field: 'password' })

const notRoot = () => new ProviderError('forbidden', 'Other accounts can be seen and changed only by a ROOT account.')

/** The server says nothing of what it refuses; what it is about is known here. */
function withReason(name: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof AnswerError)) throw error
    if (error.status === 403) throw notRoot()
    if (error.status === 404) throw new ProviderError('missing', `The server knows no account ${name}.`)
    if (error.status === 409) throw new ProviderError('conflict', `There is an account ${name} already.`)
    throw error
  }
}
