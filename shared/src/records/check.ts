import { canonicalIpv6, isIpv4 } from './fields/address.ts'
import type { TypeModule } from './define.ts'
import { recordTypes } from './index.ts'
import { RdataError, type Field, type Fields } from './record-type.ts'

/** What is wrong with, or odd about, one field: a sentence for a person. */
export interface FieldMessage {
  field: string
  message: string
}

/** A host that looks like an address: legal as a name, never meant as one. */
export function addressAsHost(type: string, host: string): string | null {
  const bare = host.trim().replace(/\.$/, '')
  const isAddress = isIpv4(bare) || canonicalIpv6(bare) !== null
  return isAddress ? `${/^[AEFHILMNORSX]/.test(type) ? 'An' : 'A'} ${type} needs a host name, not an address.` : null
}

function messageOf(error: unknown, fallback: string): FieldMessage {
  if (error instanceof RdataError) return { field: error.field ?? fallback, message: error.message }
  throw error
}

/**
 * Everything a form must refuse, by field; empty when the fields make a record. Stricter than a zone file, which may name
 * a host `192.0.2.1.`. Types without a form have no fields to check.
 */
export function fieldErrors(type: string, fields: Fields): FieldMessage[] {
  const module = recordTypes.get(type)
  if (module === undefined) return []
  const errors = module.fields.flatMap((field) => {
    const message = fieldError(module, field, fields[field.id])
    return message === null ? [] : [message]
  })
  if (errors.length > 0) return errors
  try {
    module.format(fields)
    return []
  } catch (error) {
    return [messageOf(error, module.fields[0]!.id)]
  }
}

/** What a form must refuse in one field alone, or null. */
export function fieldError(module: TypeModule, field: Field, value: unknown): FieldMessage | null {
  try {
    module.checkField(field, value)
  } catch (error) {
    return messageOf(error, field.id)
  }
  const message = field.kind === 'host' ? addressAsHost(module.type, String(value)) : null
  return message === null ? null : { field: field.id, message }
}
