import { editConfig } from '@zonedeck/shared/filter/edit'
import { isObject, parseJson, type JsonObject } from '@zonedeck/shared/filter/json'
import { filterCallSchema } from '@zonedeck/shared/filter-operation'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { digest } from '../../http/ids.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { compatPath } from '../filter-tokens/service.ts'
import { readTag, tagForm } from '../filters/if-match.ts'
import { openFilter } from '../filters/service.ts'
import { answerFailure, answerSaved, failure } from './answer.ts'
import { bad } from './bad.ts'
import { readBody } from './body.ts'
import { deleteClient, saveClient } from './clients.ts'
import type { EffectOf } from './effect.ts'
import { deleteList, saveList } from './lists.ts'
import { ownCall } from './own-call.ts'
import { deleteRewrite, saveRewrite, setAllowList, setRules } from './parts.ts'
import { deleteProfile, saveProfile } from './profiles.ts'
import { refreshFilter, saveFilter, type Caller } from './save.ts'
import { allServices, deleteService, saveService } from './services.ts'
import { saveSettings } from './settings.ts'
import { scriptOf, scriptsAlone } from './sign-in.ts'

/** Calls that change a part of the configuration, below `/api/`. */
const edits: readonly (readonly ['POST' | 'DELETE', string, EffectOf])[] = [
  ['POST', 'profiles', saveProfile],
  ['DELETE', 'profiles', deleteProfile],
  ['POST', 'clients', saveClient],
  ['DELETE', 'clients', deleteClient],
  ['POST', 'settings', saveSettings],
  ['POST', 'custom-services', saveService],
  ['DELETE', 'custom-services', deleteService],
  ['POST', 'blocklists', saveList],
  ['DELETE', 'blocklists', deleteList],
  ['POST', 'allowlists', setAllowList],
  ['POST', 'rules', setRules],
  ['POST', 'rewrites', saveRewrite],
  ['DELETE', 'rewrites', deleteRewrite],
]

/** What the Web UI takes for a configuration while there is none. */
const nothing = {
  enableBlocking: true,
  profiles: {},
  clients: [],
  defaultProfile: null,
  baseProfile: null,
  timeZone: 'UTC',
  scheduleAllDay: true,
  customServices: {},
  blockLists: [],
}

const most = 10 * 2 ** 20
const base = `${compatPath}/:connection`
const connectionOf = (c: AppContext) => c.req.param('connection') ?? ''

/** Who calls, and by `If-Match` for which configuration: the API knows none, so a script that sends one means it. */
function callerOf(c: AppContext): Caller {
  const tag = c.req.header('If-Match')
  const match = tag === undefined || tag.trim() === '*' ? undefined : readTag(tag)
  if (match === null) throw bad(tagForm)
  return { call: c.get('call'), script: scriptOf(c), connection: connectionOf(c), match }
}

/**
 * The REST API of the Content Filter's Web UI, for any connection that has a filter: scripts that were written for it work
 * with another base URL and a token. Bodies and answers are as its reference has them; every write goes the way that the
 * panel's own do.
 *
 * It is mounted before what protects sessions: no cookie counts here, so a request from elsewhere can do nothing with one.
 */
export const filterCompat = new Hono<AppEnv>()
filterCompat.onError(answerFailure)
filterCompat.use(`${base}/*`, scriptsAlone)
filterCompat.use(
  `${base}/*`,
  bodyLimit({
    maxSize: most,
    onError: () => {
      throw new ProblemError(413, 'request/too-large', 'The request is too large', { detail: 'It may have 10 MiB.' })
    },
  }),
)

filterCompat.get(`${base}/api/config`, async (c) => {
  const { text } = await (await openFilter(c.get('call'), connectionOf(c))).read()
  c.header('ETag', `"${digest(text)}"`)
  // To the letter: parsed and written anew, numbers would lose their spelling.
  return text.trim() === '' ? c.json(nothing) : c.body(text, 200, { 'Content-Type': 'application/json' })
})

filterCompat.post(`${base}/api/config`, async (c) => {
  const { text } = await readBody(c)
  if (text === '') throw bad('The body must be a whole configuration.')
  const caller = callerOf(c)
  const saved = await saveFilter(caller, () => ({ text, note: 'Replace the configuration' }))
  // The same once more is a reload, as it is in the Web UI.
  const told = saved.reloaded === null ? await refreshFilter({ ...caller, match: undefined }) : saved
  return answerSaved(c, told, true)
})

filterCompat.get(`${base}/api/services`, async (c) => {
  const filter = await openFilter(c.get('call'), connectionOf(c))
  return c.json(filter.services === undefined ? allServices(read((await filter.read()).text)) : await filter.services())
})

filterCompat.post(`${base}/api/blocklists/refresh`, async (c) => answerSaved(c, await refreshFilter(callerOf(c)), true))

for (const [method, path, effectOf] of edits) {
  filterCompat.on(method, `${base}/api/${path}`, async (c) => {
    const { body } = await readBody(c)
    const saved = await saveFilter(callerOf(c), (before, isWebUi) => {
      const { edits, note, warning, at } = effectOf(read(before), body)
      const text = editConfig(before, edits)
      const call = isWebUi ? ownCall(before, text, filterCallSchema.parse({ method, path, body })) : undefined
      return {
        text,
        note,
        ...(at !== undefined && { at }),
        ...(call && { call }),
        ...(warning !== undefined && { warning }),
      }
    })
    return answerSaved(c, saved, false)
  })
}

filterCompat.all(`${base}/*`, (c) => failure(c, 404, 'The API has no such call.'))

function read(text: string): JsonObject {
  if (text.trim() === '') return {}
  const config = parseJson(text)
  return isObject(config) ? config : {}
}
