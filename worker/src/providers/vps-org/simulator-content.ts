import ipaddr from 'ipaddr.js'

/** What a record is made of, as it is stored. */
export interface Content {
  record_type: string
  name: string
  value: string
  ttl: number
  priority: number | null
}

/** A 400: in the documents' own words with one field, or as Django REST framework tells what its serialiser found. */
export class Invalid extends Error {
  readonly body: object

  constructor(field: string, detail: string, style: 'own' | 'native' = 'own') {
    super(detail)
    this.body =
      style === 'own' ? { detail, error_code: 'validation_error', field: field || null } : { [field]: [detail] }
  }
}

const TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'NS', 'SRV', 'CAA']
const WITH_PRIORITY = new Set(['MX', 'SRV'])
const LONGEST_TEXT = 4096
const TTL = { least: 60, most: 604_800, usual: 3600 }
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/i

/** Reads the body of a POST, PUT or PATCH over what is there; `before` is null for a new record. */
export function readContent(
  body: Readonly<Record<string, unknown>>,
  before: Content | null,
  zone: string,
  whole: boolean,
): Content {
  for (const field of ['record_type', 'name', 'value']) {
    if (whole && body[field] === undefined) throw new Invalid(field, 'This field is required.', 'native')
  }
  const given: Readonly<Record<string, unknown>> = { ...(before ?? { ttl: TTL.usual, priority: null }), ...body }
  const type = given.record_type
  if (typeof type !== 'string' || !TYPES.includes(type)) {
    throw new Invalid('record_type', `"${String(type)}" is not a valid choice.`, 'native')
  }
  if (before !== null && before.record_type !== type) {
    throw new Invalid('record_type', 'The type of a record cannot be changed')
  }
  const ttl = readInteger('ttl', given.ttl)
  if (ttl === null || ttl < TTL.least || ttl > TTL.most) {
    throw new Invalid('ttl', `TTL must be between ${TTL.least} and ${TTL.most}`)
  }
  return {
    record_type: type,
    name: readName(given.name, zone),
    value: readValue(type, given.value),
    ttl,
    priority: readPriority(type, given.priority),
  }
}

function readInteger(field: string, value: unknown): number | null {
  if (value === null || value === undefined) return null
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
  if (typeof number === 'number' && Number.isInteger(number)) return number
  throw new Invalid(field, 'A valid integer is required.', 'native')
}

function readPriority(type: string, value: unknown): number | null {
  if (!WITH_PRIORITY.has(type)) return null
  const priority = readInteger('priority', value)
  if (priority === null) throw new Invalid('priority', `${type} records require a priority value`)
  if (priority < 0 || priority > 65_535) throw new Invalid('priority', 'Priority must be between 0 and 65535')
  return priority
}

/** `@`, a name below the zone, or one in full, which is kept relative too. */
function readName(value: unknown, zone: string): string {
  const text = readText('name', value).toLowerCase().replace(/\.$/, '')
  if (text === '@' || text === zone) return '@'
  const name = text.endsWith(`.${zone}`) ? text.slice(0, -zone.length - 1) : text
  const labels = name.split('.')
  const fine = labels.every((label, index) => LABEL.test(label) || (index === 0 && label === '*'))
  if (!fine || `${name}.${zone}`.length > 253) throw new Invalid('name', 'Invalid record name')
  return name
}

function readText(field: string, value: unknown): string {
  if (typeof value !== 'string') throw new Invalid(field, 'Not a valid string.', 'native')
  if (value.trim() === '') throw new Invalid(field, 'This field may not be blank.', 'native')
  return value
}

function readValue(type: string, given: unknown): string {
  const value = readText('value', given)
  switch (type) {
    case 'A':
      if (!ipaddr.IPv4.isValidFourPartDecimal(value)) throw new Invalid('value', 'Invalid IPv4 address')
      return value
    case 'AAAA':
      if (!ipaddr.IPv6.isValid(value)) throw new Invalid('value', 'Invalid IPv6 address')
      return value
    case 'TXT':
      if (value.length > LONGEST_TEXT) {
        throw new Invalid('value', `Ensure this field has no more than ${LONGEST_TEXT} characters.`, 'native')
      }
      return value
    case 'SRV': {
      const [, numbers, host] = /^(\d+ \d+) (\S+)$/.exec(value) ?? []
      if (numbers === undefined) throw new Invalid('value', 'SRV value must be "weight port target"')
      return `${numbers} ${readHost(host)}`
    }
    case 'CAA':
      if (!/^\d{1,3} [a-z0-9]+ ".*"$/i.test(value)) throw new Invalid('value', 'CAA value must be: flags tag "value"')
      return value
    default:
      return readHost(value)
  }
}

function readHost(text = ''): string {
  const host = text.replace(/\.$/, '')
  if (host === '' || !host.split('.').every((label) => LABEL.test(label))) {
    throw new Invalid('value', 'Invalid hostname')
  }
  return host
}

export function readDomain(value: unknown): string {
  if (value === undefined) throw new Invalid('domain', 'This field is required.', 'native')
  const domain = readText('domain', value).toLowerCase()
  const labels = domain.split('.')
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label)) || domain.length > 253) {
    throw new Invalid('domain', 'Invalid domain name')
  }
  return domain
}
