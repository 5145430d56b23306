import { sharedViewSchema, shareOpenSchema, shareSessionSchema } from '@zonedeck/shared/share'
import { bearer } from '../../http/rights.ts'
import { body, json, route, router } from '../../http/route.ts'
import { openShare, viewShare } from './visit.ts'

const open = route(
  { needs: 'anonymous', stepUp: false },
  {
    method: 'post',
    path: '/session',
    summary: 'Exchanges the token of a link, and its passcode, for a short session; counts a view',
    request: { body: body(shareOpenSchema) },
    responses: { 200: json(shareSessionSchema, 'For the header “Authorization: Bearer”') },
  },
)

const view = route(
  { needs: 'link', stepUp: false },
  {
    method: 'get',
    path: '/view',
    summary: 'The shared page, as its link’s policy cuts it',
    responses: { 200: json(sharedViewSchema, 'All there is to see') },
  },
)

/**
 * Everything that visitors of a link can ask. Their session is no cookie and opens nothing else; which servers are shown
 * stands in the link, so none can be named here.
 */
export const visitors = router()
  .openapi(open, async (c) => {
    c.header('X-Robots-Tag', 'noindex')
    return c.json(await openShare(c, c.req.valid('json')), 200)
  })
  .openapi(view, async (c) => {
    c.header('X-Robots-Tag', 'noindex')
    return c.json(await viewShare(c, bearer(c)), 200)
  })
