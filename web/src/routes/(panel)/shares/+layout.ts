import { reaches, rightOn } from '@zonedeck/shared/rights'
import { api, call } from '#lib/api.ts'
import type { LayoutLoad } from './$types'

/** The names of servers, and those of them that this person may show to others. */
export const load: LayoutLoad = async ({ parent }) => {
  const [connections, providers, { me }] = await Promise.all([
    call(api.connections.$get()),
    call(api.providers.$get()),
    parent(),
  ])
  const mine = connections.flatMap(({ id, name, provider }) => {
    const can = providers.find((each) => each.id === provider)?.capabilities
    const shows = can?.statistics === true || can?.zones === true
    return shows && reaches(rightOn(me, id), 'edit') ? [{ id, name, counts: can.statistics === true }] : []
  })
  // Those that count queries come first: the others have only what they hold.
  const shareable = mine.toSorted((a, b) => Number(b.counts) - Number(a.counts))
  return { connections, shareable }
}
