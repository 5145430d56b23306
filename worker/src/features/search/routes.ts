import * as z from 'zod'
import { signedIn } from '../../http/rights.ts'
import { route, router } from '../../http/route.ts'
import { streamSearch } from './service.ts'

const query = z.strictObject({
  /** `*` and `?` are wildcards; without one, it may stand anywhere in a name or content. */
  q: z.string().trim().min(1).max(200),
})
/** As `string`: the typed client would take the literal for a JSON document. */
const ndjson: string = 'application/x-ndjson'

const records = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'get',
    path: '/search',
    summary: 'Records whose name or content matches, on every server that can search, each as soon as it answers',
    request: { query },
    responses: {
      200: {
        description: 'One JSON object a line: `{ connection, hits, more }` or `{ connection, problem }`.',
        content: { [ndjson]: { schema: z.string() } },
      },
    },
  },
)

export const search = router().openapi(records, async (c) =>
  c.body(streamSearch(c.get('call'), await signedIn(c), c.req.valid('query').q), 200, { 'Content-Type': ndjson }),
)
