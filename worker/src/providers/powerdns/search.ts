import { parseName, toRelative } from '@zonedeck/shared/names'
import type { SearchHit } from '@zonedeck/shared/search'
import * as z from 'zod'
import { readJson } from '../json.ts'
import type { Call } from './call.ts'

/** One element of `GET /search-data`. */
const hitSchema = z.looseObject({
  object_type: z.string(),
  /** Owner of a record or comment, or the zone that was found. */
  name: z.string(),
  zone: z.string().optional(),
  type: z.string().optional(),
  content: z.string().optional(),
  ttl: z.number().optional(),
  disabled: z.boolean().optional(),
})

/** In names and contents as they are stored, which is without the last dot; letters of any case. */
export function searchData(call: Call) {
  return async (text: string, most: number): Promise<SearchHit[]> => {
    const bare = text.trim().replace(/(.)\.$/, '$1')
    const answer = await call({
      method: 'GET',
      path: '/search-data',
      // The server holds the text against the whole; `most` counts zones, records and comments each for themselves.
      query: { q: /[*?]/.test(bare) ? bare : `*${bare}*`, max: String(most) },
    })
    return readJson(z.array(hitSchema), answer.text, 'the search')
      .flatMap((hit) => toHit(hit) ?? [])
      .slice(0, most)
  }
}

function toHit({ object_type: found, name, zone, type, content, ttl, disabled }: z.infer<typeof hitSchema>) {
  const holder = zone === undefined && found === 'zone' ? name : zone
  const zoneName = holder === undefined ? null : quietName(holder)
  const owner = quietName(name)
  if (zoneName === null || owner === null) return null
  const bare = zoneName === '.' ? '@' : zoneName.slice(0, -1)
  if (found === 'zone') return { zone: bare }
  const relative = toRelative(owner, bare)
  if (relative === null || type === undefined) return null
  const hit = { zone: bare, name: relative, type }
  // A comment belongs to the set: what it says is no record's content.
  if (found !== 'record') return hit
  return {
    ...hit,
    ...(content === undefined ? {} : { content }),
    ...(ttl !== undefined && Number.isSafeInteger(ttl) ? { ttl } : {}),
    ...(disabled ? { disabled } : {}),
  }
}

function quietName(text: string): string | null {
  try {
    return parseName(text)
  } catch {
    return null
  }
}
