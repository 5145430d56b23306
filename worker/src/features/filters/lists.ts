import type { ListFetch } from '@zonedeck/shared/content-filter'
import { listCatalogue } from '@zonedeck/shared/filter/catalogue'
import { readConfig } from '@zonedeck/shared/filter/read-config'
import { reaches, rightOn } from '@zonedeck/shared/rights'
import type { Me } from '@zonedeck/shared/session'
import type { Call } from '../../http/context.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { forbidden } from '../../http/rights.ts'
import { waitInWords } from '../../http/wait-words.ts'
import { isOffInternet } from '../../providers/url-policy.ts'
import { readFilterText } from './service.ts'

const ownersOnly =
  'This address is on a private network, and lists from there are fetched for owners of the panel only. Use a list on the public internet, or ask an owner.'

/**
 * A block list as its address answers, a `ListCheck` in JSON. Who may edit a filter can make its server fetch any list, and
 * may ask the panel for any; who may look at it sees what it names and what the catalogue offers. Private networks that the
 * operator opened are opened for connections, and not for everybody to look around in: a list there is for owners. Throws
 * 403 and 429.
 */
export async function readList(
  call: Call,
  me: Me,
  connection: string,
  input: ListFetch,
  ownHost: string,
): Promise<Response> {
  if (!reaches(rightOn(me, connection, '*'), 'edit') && !(await isNamed(call, connection, input.url))) {
    throw forbidden('This list is neither in the configuration nor in the catalogue; others need the right “edit”.')
  }
  if (!me.owner && isOffInternet(new URL(input.url))) {
    throw new ProblemError(403, 'access/forbidden', 'You may not do this', {
      detail: ownersOnly,
      errors: [{ pointer: '/url', detail: ownersOnly }],
    })
  }
  const answer = await call.env.LIST_READER.getByName(me.id).read(input, { ownHost, mayPrivate: me.owner })
  if (typeof answer !== 'number') return answer
  throw new ProblemError(429, 'filter/too-many-lists', 'Too many lists at once', {
    detail: `Lists can be fetched again in ${waitInWords(answer)}.`,
    retryAfter: answer,
  })
}

async function isNamed(call: Call, connection: string, url: string): Promise<boolean> {
  if (listCatalogue.some((list) => list.url === url)) return true
  const { config } = readConfig(await readFilterText(call, connection))
  return config?.blockLists?.some((list) => list?.url === url) ?? false
}
