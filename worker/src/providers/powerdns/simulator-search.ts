import { Answer, json } from './simulator-answer.ts'
import { idOfZone, withoutDot } from './simulator-names.ts'
import type { SimulatedZone } from './simulator-zone.ts'

const TYPES = ['all', 'zone', 'record', 'comment']
/** Types whose contents are stored without the last dots of their host names. */
const HOSTS = new Set('AFSDB ALIAS CNAME DNAME KX LP MX NAPTR NS PTR RP SOA SRV'.split(' '))

/** `/search-data`: `*` and `?` against whole names and contents as they are stored, letters of any case. */
export function searchAnswer(zones: Iterable<SimulatedZone>, query: URLSearchParams): Response {
  const text = query.get('q') ?? ''
  const type = query.get('object_type') ?? 'all'
  if (text === '') throw new Answer(422, "Query q can't be blank")
  const most = query.get('max') === null ? 100 : Number(query.get('max'))
  if (!Number.isInteger(most)) throw new Answer(500)
  if (most < 1) throw new Answer(422, 'Maximum entries must be larger than 0')
  if (!TYPES.includes(type)) {
    throw new Answer(422, 'object_type must be one of the following options: all, zone, record, comment')
  }
  const pattern = text
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.')
  const matches = (held: string) => new RegExp(`^${pattern}$`, 'is').test(held)
  const hits = { zone: [] as object[], record: [] as object[], comment: [] as object[] }
  for (const zone of zones) {
    const where = { zone: zone.name, zone_id: idOfZone(zone.name) }
    if (matches(withoutDot(zone.name))) {
      hits.zone.push({ object_type: 'zone', name: zone.name, zone_id: where.zone_id })
    }
    for (const set of zone.sets.values()) {
      const { name, type: of, ttl } = set
      for (const { content, disabled } of set.records) {
        if (!matches(withoutDot(name)) && !matches(storedContent(of, content))) continue
        hits.record.push({ object_type: 'record', name, type: of, ttl, disabled, content, ...where })
      }
      for (const { content } of set.comments) {
        if (!matches(withoutDot(name)) && !matches(content)) continue
        hits.comment.push({ object_type: 'comment', name, type: of, content, ...where })
      }
    }
  }
  const wanted = type === 'all' ? (['zone', 'record', 'comment'] as const) : ([type] as (keyof typeof hits)[])
  return json(wanted.flatMap((each) => hits[each].slice(0, most)))
}

function storedContent(type: string, content: string): string {
  return HOSTS.has(type) ? content.split(' ').map(withoutDot).join(' ') : content
}
