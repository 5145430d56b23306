import { Answer, type SimulatedRecord, type SimulatedUser, type SimulatedZone } from './simulator-state.ts'

/** How a server that answers in JSON writes: nobody has documented it, so every way that its writers know is here. */
export interface JsonStyle {
  /**
   * `bare`: `[{…}]`, what Jackson does by itself. `collection`: `{"collection":[…]}`. `jettison`:
   * `{"collection":{"domain":[…]}}` with a lone object for one, `""` for none, and single objects wrapped. `items`:
   * `[{"domain":{…}}]`. `keyed`: `{"domain":[…]}`. `single`: as `bare`, with a lone object for one.
   */
  shape: 'bare' | 'collection' | 'jettison' | 'items' | 'keyed' | 'single'
  /** RFC 3339 with an offset, or milliseconds since 1970. */
  dates: 'iso' | 'epoch'
  /** Numbers and booleans as such, or as strings. */
  values: 'typed' | 'strings'
}

type Value = string | number | boolean | Date | undefined
type Fields = Record<string, Value>

/** The fields of each kind of object, in the document's order. */
export const userFields = (user: SimulatedUser): Fields => ({
  dateCreated: new Date(user.dateCreated),
  dateModified: new Date(user.dateModified),
  userName: user.userName,
  firstName: user.firstName,
  lastName: user.lastName,
  password: user.password,
  email: user.email,
  timeZoneId: user.timeZoneId,
  localeName: user.localeName,
  apikey: user.apikey,
})

export const zoneFields = (zone: SimulatedZone): Fields => ({
  dateCreated: new Date(zone.dateCreated),
  dateModified: new Date(zone.dateModified),
  name: zone.name,
  lastCheck: 0,
  type: zone.type,
  zoneId: zone.zoneId,
})

export const recordFields = (record: SimulatedRecord): Fields => ({
  dateCreated: new Date(record.dateCreated),
  dateModified: new Date(record.dateModified),
  name: record.name,
  type: record.type,
  content: record.content,
  ttl: record.ttl,
  prio: record.prio,
  active: record.active,
  auth: true,
  id: record.id,
})

/** Which of two forms is wanted, by the q-values of an Accept header; XML when it says nothing. Throws 406. */
function formOf(accept: string | null): 'xml' | 'json' {
  const wish = (...types: string[]) => Math.max(0, ...types.map((type) => quality(accept, type)))
  const [xml, json] = [
    wish('application/xml', 'application/*', '*/*'),
    wish('application/json', 'application/*', '*/*'),
  ]
  if (xml === 0 && json === 0) throw new Answer(406)
  return json > xml ? 'json' : 'xml'
}

function quality(accept: string | null, type: string): number {
  for (const range of (accept ?? '*/*').split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
    if (name === type) return q === undefined ? 1 : Number(q)
  }
  return 0
}

export interface Formats {
  json: JsonStyle
  /** Answers in JSON whatever is asked for. */
  ignoresAccept: boolean
}

/** An object, or a list of them. */
export function answerObjects(
  accept: string | null,
  tag: string,
  objects: Fields | readonly Fields[],
  { json, ignoresAccept }: Formats,
): Response {
  if (ignoresAccept || formOf(accept) === 'json') {
    const value = isList(objects) ? jsonList(tag, objects, json) : jsonOne(tag, objects, json)
    return new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } })
  }
  const elements = (isList(objects) ? objects : [objects]).map((fields) => xmlElement(tag, fields)).join('')
  const body = isList(objects) ? `<collection>${elements}</collection>` : elements
  return new Response(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${body}`, {
    headers: { 'content-type': 'application/xml' },
  })
}

export function answerNumber(accept: string | null, number: number): Response {
  if (['text/plain', 'text/*', '*/*'].every((type) => quality(accept, type) === 0)) throw new Answer(406)
  return new Response(String(number), { headers: { 'content-type': 'text/plain' } })
}

const isList = (objects: Fields | readonly Fields[]): objects is readonly Fields[] => Array.isArray(objects)

/** `2019-03-06T09:57:32-06:00`: the server keeps the time of Regina, which knows no summer time. */
function isoDate(date: Date): string {
  return `${new Date(date.getTime() - 6 * 3_600_000).toISOString().slice(0, 19)}-06:00`
}

function xmlElement(tag: string, fields: Fields): string {
  const inner = Object.entries(fields).map(([name, value]) => {
    if (value === undefined) return ''
    const text = value instanceof Date ? isoDate(value) : String(value)
    return `<${name}>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')}</${name}>`
  })
  return `<${tag}>${inner.join('')}</${tag}>`
}

function jsonFields(fields: Fields, { dates, values }: JsonStyle): object {
  const plain = (value: Value) => {
    if (value === undefined) return null
    const dated = value instanceof Date ? (dates === 'epoch' ? value.getTime() : isoDate(value)) : value
    return values === 'strings' ? String(dated) : dated
  }
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, plain(value)]))
}

function jsonOne(tag: string, fields: Fields, style: JsonStyle): unknown {
  const one = jsonFields(fields, style)
  return style.shape === 'jettison' || style.shape === 'items' ? { [tag]: one } : one
}

function jsonList(tag: string, list: readonly Fields[], style: JsonStyle): unknown {
  const all = list.map((fields) => jsonFields(fields, style))
  const lone = all.length === 1 ? all[0] : all
  switch (style.shape) {
    case 'bare':
      return all
    case 'single':
      return lone
    case 'collection':
      return { collection: all }
    case 'jettison':
      return { collection: all.length === 0 ? '' : { [tag]: lone } }
    case 'items':
      return all.map((one) => ({ [tag]: one }))
    case 'keyed':
      return { [tag]: all }
  }
}

/** The fields of a body: one flat element with others in it, or a flat object. Throws 400 and 415. */
export function readFields(contentType: string | null, body: string, tag: string): Map<string, string> {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase()
  if (type === 'application/json') return jsonBody(body)
  if (type !== 'application/xml' && type !== 'text/xml') throw new Answer(415)
  const [, inner] = new RegExp(`^\\s*(?:<\\?xml[^>]*\\?>)?\\s*<${tag}>(.*)</${tag}>\\s*$`, 's').exec(body) ?? []
  if (inner === undefined) throw new Answer(400)
  const fields = new Map<string, string>()
  const rest = inner.replace(/\s*<(\w+)>([^<]*)<\/\1>\s*/g, (_, name: string, value: string) => {
    fields.set(name, fromXml(value))
    return ''
  })
  if (rest.trim() !== '') throw new Answer(400)
  return fields
}

function fromXml(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_, code: string | undefined, name: string) => {
    const character = code === undefined ? named[name] : String.fromCodePoint(Number(code))
    if (character === undefined) throw new Answer(400)
    return character
  })
}

function jsonBody(body: string): Map<string, string> {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw new Answer(400)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Answer(400)
  return new Map(Object.entries(value).map(([name, each]) => [name, String(each)]))
}
