import { error } from '@sveltejs/kit'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ params, parent }) => {
  const { people } = await parent()
  const person = people.find(({ id }) => id === params.id)
  if (!person) error(404)
  return { person }
}
