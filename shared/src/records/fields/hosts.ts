import { labelBytes, NameError, nameFromLabels, parseName, splitLabels } from '../../names.ts'
import { RdataError, type Field } from '../record-type.ts'
import type { Kind, WireReader } from './kind.ts'
import { readBytes } from './numbers.ts'
import { takeToken } from './tokens.ts'

/** A name that says which field it is of, when it is none. */
function fieldName(text: string, origin: string, field: Field): string {
  if (text === '') throw new RdataError(`${field.label} is missing.`, field.id)
  try {
    return parseName(text, origin)
  } catch (error) {
    throw error instanceof NameError ? new RdataError(error.message, field.id) : error
  }
}

function encodeName(name: string, out: number[]): void {
  for (const label of splitLabels(name)) {
    const bytes = labelBytes(label)
    out.push(bytes.length, ...bytes)
  }
  out.push(0)
}

/** A name without compression: RFC 3597 §4 has none in data of unknown types. */
function decodeName(reader: WireReader): string {
  const labels: number[][] = []
  let total = 1
  for (;;) {
    const [length = 0] = readBytes(reader, 1)
    if (length === 0) return nameFromLabels(labels)
    total += length + 1
    if (length > 63 || total > 255) throw new RdataError('The data holds a name that is none.')
    labels.push(readBytes(reader, length))
  }
}

export const host: Kind = {
  take: (reader, field) => fieldName(takeToken(reader, field).text, reader.origin, field),
  normalise: (value, field) => fieldName(String(value).trim(), '.', field),
  encode: (value, out) => encodeName(String(value), out),
  decode: decodeName,
}

/** Characters of a mailbox's local part that need no escape in the mailbox (RFC 5322 dot-atom), lower case. */
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/

/** `john\.doe.example.com.` → `john.doe@example.com`; a name that is no mailbox stays a name. */
function mailboxOf(name: string): string {
  const [first, ...rest] = splitLabels(name)
  if (first === undefined || rest.length === 0) return name
  const local = first.replaceAll('\\.', '.').replaceAll('\\$', '$')
  return localPart.test(local) ? `${local}@${rest.join('.')}` : name
}

/** RFC 1035 §8: the first label is the part before the `@`. */
function mailboxName(mailbox: string, field: Field): string {
  const at = mailbox.indexOf('@')
  if (at === -1 || mailbox[at - 1] === '\\') return fieldName(mailbox, '.', field)
  const local = mailbox.slice(0, at).toLowerCase()
  if (!localPart.test(local) || at === mailbox.length - 1) {
    throw new RdataError(`${field.label} is a mail address, such as hostmaster@example.com.`, field.id)
  }
  const domain = fieldName(mailbox.slice(at + 1), '.', field)
  return fieldName(`${local.replace(/[.$]/g, '\\$&')}.${domain}`, '.', field)
}

export const mailbox: Kind = {
  take: (reader, field) => fieldName(takeToken(reader, field).text, reader.origin, field),
  normalise(value, field) {
    const text = String(value).trim()
    if (text === '') throw new RdataError(`${field.label} is missing.`, field.id)
    return mailboxOf(mailboxName(text, field))
  },
  print: (value) => mailboxName(String(value), { id: '', label: 'The mailbox', kind: 'mailbox' }),
  encode: (value, out) => encodeName(mailbox.print!(value), out),
  decode: (reader) => mailboxOf(decodeName(reader)),
}
