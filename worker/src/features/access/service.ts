import type { Grant, Invited, Person, PersonInput, PersonPatch, RightsInput } from '@zonedeck/shared/people'
import { sameGrants } from '@zonedeck/shared/rights'
import type { Me } from '@zonedeck/shared/session'
import type { AppContext, Call } from '../../http/context.ts'
import { makeId, makeToken } from '../../http/ids.ts'
import { invalid, notFound, ProblemError } from '../../http/problem-error.ts'
import { forbidden } from '../../http/rights.ts'
import { connectionIds } from '../connections/service.ts'
import { noteAccess } from './access-log.ts'
import { invitationEnd, putInvitation } from './invitation-store.ts'
import { endSessions, insertPerson, nameKey } from './people.ts'
import { deletePerson, renamePerson, replaceRights, selectPeople, setOwner } from './store.ts'

export function listPeople({ env, now }: Call): Promise<Person[]> {
  return selectPeople(env.DB, now())
}

export async function addPerson(c: AppContext, me: Me, { name, owner, rights }: PersonInput): Promise<Invited> {
  const call = c.get('call')
  const { DB } = call.env
  await checkRights(call, rights)
  const id = makeId('usr')
  const token = makeToken()
  const at = new Date(call.now()).toISOString()
  await write(DB, [
    insertPerson(DB, { id, name, owner, password: null, at }),
    ...replaceRights(DB, id, rights),
    putInvitation(DB, id, token, call.now()),
    noteAccess(DB, at, me, id, { did: 'add', after: rights }),
    ...(owner ? [noteAccess(DB, at, me, id, { did: 'owner' })] : []),
  ])
  return invited(c, id, token)
}

/** A new link, for who has lost the first one, or what they sign in with. The one before opens nothing from now on. */
export async function renewLink(c: AppContext, me: Me, id: string): Promise<Invited> {
  const call = c.get('call')
  const { DB } = call.env
  await findPerson(call, id)
  const token = makeToken()
  await write(DB, [
    putInvitation(DB, id, token, call.now()),
    noteAccess(DB, new Date(call.now()).toISOString(), me, id, { did: 'link' }),
  ])
  return invited(c, id, token)
}

/** The token stands behind the `#`, where no server and no log sees it. */
async function invited(c: AppContext, id: string, token: string): Promise<Invited> {
  const call = c.get('call')
  return {
    person: await findPerson(call, id),
    link: `${new URL(c.req.url).origin}/invite#${token}`,
    expiresAt: invitationEnd(call.now()),
  }
}

export async function setRights(call: Call, me: Me, id: string, { rights, before }: RightsInput): Promise<Person> {
  const { DB } = call.env
  const person = await findPerson(call, id)
  if (before !== undefined && !sameGrants(before, person.rights)) {
    throw new ProblemError(409, 'people/rights-changed', 'Their rights were changed meanwhile', {
      detail: `Somebody else has set the rights of ${person.name} since you read them. Nothing was changed.`,
    })
  }
  await checkRights(call, rights, person.rights)
  await write(DB, [
    noteAccess(DB, new Date(call.now()).toISOString(), me, id, { did: 'rights', before: person.rights, after: rights }),
    ...replaceRights(DB, id, rights),
  ])
  return findPerson(call, id)
}

export async function changePerson(call: Call, me: Me, id: string, { name, owner }: PersonPatch): Promise<Person> {
  const { DB } = call.env
  const person = await findPerson(call, id)
  const renamed = name !== undefined && name !== person.name
  const turned = owner !== undefined && owner !== person.owner
  if (turned && id === me.id) throw forbidden('Nobody takes away their own ownership: another owner can do it.')
  const at = new Date(call.now()).toISOString()
  if (renamed || turned) {
    await write(DB, [
      ...(renamed
        ? [noteAccess(DB, at, me, id, { did: 'rename', to: name }), renamePerson(DB, id, name, nameKey(name))]
        : []),
      ...(turned ? [noteAccess(DB, at, me, id, { did: owner ? 'owner' : 'not-owner' }), setOwner(DB, id, owner)] : []),
    ])
  }
  return findPerson(call, id)
}

export async function removePerson(call: Call, me: Me, id: string): Promise<void> {
  const { DB } = call.env
  if (id === me.id) throw forbidden('Nobody removes themselves: another owner can do it.')
  await findPerson(call, id)
  await write(DB, [noteAccess(DB, new Date(call.now()).toISOString(), me, id, { did: 'remove' }), deletePerson(DB, id)])
}

export async function signOutPerson(call: Call, me: Me, id: string): Promise<void> {
  const { DB } = call.env
  await findPerson(call, id)
  await write(DB, [
    noteAccess(DB, new Date(call.now()).toISOString(), me, id, { did: 'sign-out' }),
    endSessions(DB, id),
  ])
}

async function findPerson({ env, now }: Call, id: string): Promise<Person> {
  const [person] = await selectPeople(env.DB, now(), id)
  if (person === undefined) throw notFound()
  return person
}

/**
 * A zone need not exist (yet), a connection must: it has no name that could be given beforehand. `kept` are rights they
 * have already, perhaps on a connection that the operator has taken away for a while.
 */
async function checkRights(call: Call, rights: readonly Grant[], kept: readonly Grant[] = []): Promise<void> {
  const known = new Set(['*', ...(await connectionIds(call)), ...kept.map(({ connection }) => connection)])
  const keys = rights.map(({ connection, zone }) => `${connection} ${zone}`)
  const errors = rights.flatMap(({ connection }, i) => {
    if (!known.has(connection)) {
      return [{ pointer: `/rights/${i}/connection`, detail: 'There is no such connection. “*” stands for every one.' }]
    }
    if (keys.indexOf(keys[i] ?? '') === i) return []
    return [{ pointer: `/rights/${i}`, detail: 'This connection and zone are in the list twice.' }]
  })
  if (errors.length > 0) throw invalid(errors)
}

/** All of it or nothing. What the database itself does not allow becomes a sentence. */
async function write(db: D1Database, statements: D1PreparedStatement[]): Promise<void> {
  try {
    await db.batch(statements)
  } catch (error) {
    const text = error instanceof Error ? error.message : ''
    if (text.includes('users.name_key')) {
      throw invalid([{ pointer: '/name', detail: 'Somebody here has this name already.' }])
    }
    if (text.includes('last owner')) {
      throw new ProblemError(409, 'access/last-owner', 'There must be an owner', {
        detail: 'This is the last one. Make somebody else an owner first.',
      })
    }
    throw error
  }
}
