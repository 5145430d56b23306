import { addressAsHost, type FieldMessage } from './check.ts'
import { recordTypes } from './index.ts'
import type { Fields } from './record-type.ts'

/** Targets that must be hosts, not just any name: letters, digits and hyphens (RFC 1123 §2.1). */
const hostTypes = new Set(['MX', 'NS', 'SRV'])
const hostName = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+$/

function hostAdvice(type: string, value: string): string | null {
  if (value === '.') return null
  const address = addressAsHost(type, value)
  if (address !== null) return address
  if (value.includes('\\@')) return 'There is an @ in the name: a mail address does not belong here.'
  if (hostTypes.has(type) && !hostName.test(value)) {
    return 'A host name has letters, digits and hyphens only: some servers and resolvers refuse this one.'
  }
  if (/^[^.]+\.$/.test(value)) return `“${value.slice(0, -1)}” stands alone: is the domain after it missing?`
  return null
}

/** Rules of single types, on canonical fields. */
const rules: Record<string, (fields: Fields) => (FieldMessage | false)[]> = {
  MX: ({ preference, exchange }) => [
    exchange === '.' &&
      preference !== 0 && { field: 'preference', message: '“No mail” is written with preference 0 (RFC 7505).' },
  ],
  TXT: ({ text }) => [
    typeof text === 'string' &&
      /^".*"$/s.test(text) && {
        field: 'text',
        message: 'The quotation marks become a part of the text: leave them out.',
      },
    typeof text === 'string' &&
      text !== text.trim() && { field: 'text', message: 'The text begins or ends with a space.' },
  ],
  SPF: () => [{ field: 'text', message: 'Mail servers no longer read SPF records: use a TXT record (RFC 7208 §3.1).' }],
  SOA: ({ refresh, retry, expire }) => [
    Number(retry) > Number(refresh) && { field: 'retry', message: 'Retry is longer than refresh.' },
    Number(expire) < Number(refresh) + Number(retry) && {
      field: 'expire',
      message: 'Copies expire before they had a second try: expire is at least refresh and retry together.',
    },
  ],
  CAA: ({ flags, tag, value }) => [
    flags !== 0 && flags !== 128 && { field: 'flags', message: 'Only the flags 0 and 128 mean something.' },
    tag === 'iodef' &&
      !/^(?:mailto:|https?:)/i.test(String(value)) && {
        field: 'value',
        message: 'A report goes to a mailto: or https: address.',
      },
    /^issue(?:wild|mail)?$/.test(String(tag)) &&
      /:\/\//.test(String(value)) && {
        field: 'value',
        message: 'An authority is named by its domain, such as letsencrypt.org.',
      },
  ],
  DNSKEY: ({ protocol }) => [protocol !== 3 && { field: 'protocol', message: 'The protocol of a DNSSEC key is 3.' }],
  SVCB: serviceRules,
  HTTPS: serviceRules,
  NAPTR: ({ regexp, replacement }) => [
    regexp !== '' &&
      replacement !== '.' && { field: 'replacement', message: 'With a regular expression the replacement is “.”.' },
  ],
}

function serviceRules({ priority, params }: Fields): (FieldMessage | false)[] {
  return [priority === 0 && params !== '' && { field: 'params', message: 'An alias (priority 0) has no parameters.' }]
}

/** What is legal but hardly meant, by field. Fields that are wrong altogether get no advice: `fieldErrors` speaks of them. */
export function fieldAdvice(type: string, fields: Fields): FieldMessage[] {
  const module = recordTypes.get(type)
  if (module === undefined) return []
  const advice: FieldMessage[] = []
  const canonical: Fields = {}
  for (const field of module.fields) {
    try {
      canonical[field.id] = module.checkField(field, fields[field.id])
    } catch {
      continue
    }
    const message = field.kind === 'host' ? hostAdvice(type, String(canonical[field.id])) : null
    if (message !== null) advice.push({ field: field.id, message })
  }
  const complete = module.fields.every((field) => field.id in canonical)
  return complete ? [...advice, ...(rules[type]?.(canonical) ?? []).filter((found) => found !== false)] : advice
}
