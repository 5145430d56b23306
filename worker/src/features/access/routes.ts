import {
  accessEntrySchema,
  invitedSchema,
  personInputSchema,
  personPatchSchema,
  personSchema,
  rightsInputSchema,
} from '@zonedeck/shared/people'
import * as z from 'zod'
import { signedIn } from '../../http/rights.ts'
import { body, json, route, router } from '../../http/route.ts'
import { selectAccess } from './access-log.ts'
import { addPerson, changePerson, listPeople, removePerson, renewLink, setRights, signOutPerson } from './service.ts'

const params = z.strictObject({ person: z.string().max(80) })
const found = json(personSchema, 'The person as they are now')
const invited = json(invitedSchema, 'The person, and their one-time link: it is shown this once')

const list = route(
  { needs: 'owner', stepUp: false },
  {
    method: 'get',
    path: '/people',
    summary: 'Everyone, with their rights',
    responses: { 200: json(z.array(personSchema), 'By name') },
  },
)

const add = route(
  { needs: 'owner', stepUp: true },
  {
    method: 'post',
    path: '/people',
    summary: 'Adds a person, who comes in by a one-time link',
    request: { body: body(personInputSchema) },
    responses: { 201: invited },
  },
)

const link = route(
  { needs: 'owner', stepUp: true },
  {
    method: 'post',
    path: '/people/{person}/link',
    summary: 'Makes a new one-time link for a person, and ends the one before',
    request: { params },
    responses: { 201: invited },
  },
)

const rights = route(
  { needs: 'owner', stepUp: true },
  {
    method: 'put',
    path: '/people/{person}/rights',
    summary: 'Sets the rights of a person, the whole list; 409 when they are no longer as `before`',
    request: { params, body: body(rightsInputSchema) },
    responses: { 200: found },
  },
)

const change = route(
  { needs: 'owner', stepUp: true },
  {
    method: 'patch',
    path: '/people/{person}',
    summary: 'Renames a person, makes them an owner or no longer one; nobody takes away their own ownership',
    request: { params, body: body(personPatchSchema) },
    responses: { 200: found },
  },
)

const remove = route(
  { needs: 'owner', stepUp: true },
  {
    method: 'delete',
    path: '/people/{person}',
    summary: 'Removes a person, and ends their sessions, passkeys and link; nobody removes themselves',
    request: { params },
    responses: { 204: { description: 'Removed' } },
  },
)

const signOut = route(
  { needs: 'owner', stepUp: false },
  {
    method: 'delete',
    path: '/people/{person}/sessions',
    summary: 'Signs a person out on every device',
    request: { params },
    responses: { 204: { description: 'Signed out' } },
  },
)

const log = route(
  { needs: 'owner', stepUp: false },
  {
    method: 'get',
    path: '/access-log',
    summary: 'Who let whom do what, and when',
    request: { query: z.strictObject({ before: z.string().max(80).optional() }) },
    responses: { 200: json(z.array(accessEntrySchema), 'Newest first; `before` asks for older ones') },
  },
)

export const people = router()
  .openapi(list, async (c) => c.json(await listPeople(c.get('call')), 200))
  .openapi(add, async (c) => c.json(await addPerson(c, await signedIn(c), c.req.valid('json')), 201))
  .openapi(link, async (c) => c.json(await renewLink(c, await signedIn(c), c.req.valid('param').person), 201))
  .openapi(rights, async (c) =>
    c.json(await setRights(c.get('call'), await signedIn(c), c.req.valid('param').person, c.req.valid('json')), 200),
  )
  .openapi(change, async (c) =>
    c.json(await changePerson(c.get('call'), await signedIn(c), c.req.valid('param').person, c.req.valid('json')), 200),
  )
  .openapi(remove, async (c) => {
    await removePerson(c.get('call'), await signedIn(c), c.req.valid('param').person)
    return c.body(null, 204)
  })
  .openapi(signOut, async (c) => {
    await signOutPerson(c.get('call'), await signedIn(c), c.req.valid('param').person)
    return c.body(null, 204)
  })
  .openapi(log, async (c) => c.json(await selectAccess(c.env.DB, c.req.valid('query').before), 200))
