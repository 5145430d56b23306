import type { FilterCall } from '@zonedeck/shared/filter-operation'
import { parseJson, readJson } from '../json.ts'
import { ProviderError } from '../provider-error.ts'
import type { FilterBackend, ProviderContext } from '../provider.ts'
import { makeCall } from './call.ts'
import { configuration, done, services } from './wire.ts'

const SHAPE_REMEMBERED = 3_600_000
/** Asked for to see whether single profiles can be read; nobody calls a profile so. */
const NOBODY = '~'

/**
 * The Content Filter app's Web UI. It keeps one file and gives it to Technitium after each write. Of its API there are two
 * shapes: an older one in which each part has a call that stores what it is given, and a newer one in which a profile's
 * call merges five of its members and drops the rest. There everything is written as the whole configuration.
 */
export function filter(context: ProviderContext): FilterBackend {
  const call = makeCall(context)
  const { memory } = context

  async function read(): Promise<string> {
    const text = await call({ method: 'GET', path: 'config' })
    if (!configuration.safeParse(parseJson(text)).success) {
      throw new ProviderError('protocol', 'There is no Content Filter Web UI at this address.')
    }
    return text
  }

  /** The newer shape reads single profiles, and says so of one that is not there. */
  async function isClassic(): Promise<boolean> {
    const remembered = memory?.get('web-ui-classic')
    if (typeof remembered === 'boolean') return remembered
    let classic = true
    try {
      await call({ method: 'GET', path: `profiles/${NOBODY}` })
      classic = false
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      if (error.kind === 'refused') classic = false
      else if (error.kind !== 'protocol') throw error
    }
    memory?.set('web-ui-classic', classic, SHAPE_REMEMBERED)
    return classic
  }

  async function send(method: FilterCall['method'], path: string, body?: string) {
    const text = await call({ method, path, ...(body === undefined ? {} : { body }) })
    return { reloaded: readJson(done, text, 'a change').reloaded ?? null }
  }

  return {
    read: async () => ({ text: await read(), about: { transport: 'web-ui', app: null, version: null } }),
    write: async (text, small) =>
      small !== undefined && (await isClassic())
        ? send(small.method, small.path, JSON.stringify(small.body))
        : // There is always a configuration; an empty one says nothing.
          send('POST', 'config', text.trim() === '' ? '{}' : text),
    refresh: () => send('POST', 'blocklists/refresh'),
    services: async () => readJson(services, await call({ method: 'GET', path: 'services' }), 'services'),
    test: async () => {
      await read()
      const { username = '' } = context.credentials
      return {
        ...(username === '' ? {} : { account: username }),
        missing: [],
        notes: [
          (await isClassic())
            ? 'This Web UI stores each part with a call of its own.'
            : 'This Web UI merges profiles: everything is saved as the whole configuration.',
        ],
      }
    },
  }
}
