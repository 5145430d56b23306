import {
  connectionInputSchema,
  connectionPatchSchema,
  connectionSchema,
  connectionTestSchema,
} from '@zonedeck/shared/connection'
import * as z from 'zod'
import { signedIn } from '../../http/rights.ts'
import { body, json, route, router } from '../../http/route.ts'
import { addConnection, changeConnection, findConnection, listConnections, removeConnection } from './service.ts'
import { resealAll } from './reseal.ts'
import { testInput, testSaved } from './test-connection.ts'

const params = z.strictObject({ connection: z.string().max(80) })
const found = json(connectionSchema, 'The connection, without its secrets')
const tested = json(connectionTestSchema, 'What the server says of the account')

const list = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'get',
    path: '/connections',
    summary: 'The connections the caller may see',
    responses: { 200: json(z.array(connectionSchema), 'Without their secrets') },
  },
)

const add = route(
  { needs: 'owner', stepUp: true },
  {
    method: 'post',
    path: '/connections',
    summary: 'Adds a connection and seals its credentials',
    request: { body: body(connectionInputSchema) },
    responses: { 201: found },
  },
)

const tryOut = route(
  { needs: 'owner', stepUp: false },
  {
    method: 'post',
    path: '/connections/test',
    summary: 'Tries a connection without keeping it',
    request: { body: body(connectionInputSchema) },
    responses: { 200: tested },
  },
)

const read = route(
  { needs: { right: 'view', on: 'within' }, stepUp: false },
  {
    method: 'get',
    path: '/connections/{connection}',
    summary: 'One connection',
    request: { params },
    responses: { 200: found },
  },
)

const change = route(
  { needs: 'owner', stepUp: true },
  {
    method: 'patch',
    path: '/connections/{connection}',
    summary: 'Changes a connection; another address needs every secret again',
    request: { params, body: body(connectionPatchSchema) },
    responses: { 200: found },
  },
)

const remove = route(
  { needs: 'owner', stepUp: true },
  {
    method: 'delete',
    path: '/connections/{connection}',
    summary: 'Removes a connection and its sealed credentials; its zones stay on their server',
    request: { params },
    responses: { 204: { description: 'Removed' } },
  },
)

const test = route(
  { needs: { right: 'full', on: 'connection' }, stepUp: false },
  {
    method: 'post',
    path: '/connections/{connection}/test',
    summary: 'Tries a connection that is there',
    request: { params },
    responses: { 200: tested },
  },
)

const reseal = route(
  { needs: 'owner', stepUp: true },
  {
    method: 'post',
    path: '/connections/reseal',
    summary: 'Seals what an older key holds with the active one, a part at a time, until none is left',
    responses: {
      200: json(z.strictObject({ resealed: z.int(), left: z.int() }), 'How many values were sealed anew, and are left'),
    },
  },
)

export const connections = router()
  .openapi(list, async (c) => c.json(await listConnections(c.get('call'), await signedIn(c)), 200))
  .openapi(add, async (c) =>
    c.json(await addConnection(c.get('call'), await signedIn(c), c.req.valid('json'), 'panel'), 201),
  )
  .openapi(tryOut, async (c) => c.json(await testInput(c.get('call'), c.req.valid('json')), 200))
  .openapi(reseal, async (c) => c.json(await resealAll(c.env), 200))
  .openapi(read, async (c) =>
    c.json(await findConnection(c.get('call'), await signedIn(c), c.req.valid('param').connection), 200),
  )
  .openapi(change, async (c) =>
    c.json(
      await changeConnection(c.get('call'), await signedIn(c), c.req.valid('param').connection, c.req.valid('json')),
      200,
    ),
  )
  .openapi(remove, async (c) => {
    await removeConnection(c.get('call'), c.req.valid('param').connection, await signedIn(c))
    return c.body(null, 204)
  })
  .openapi(test, async (c) => c.json(await testSaved(c.get('call'), c.req.valid('param').connection), 200))
