import { fieldAdvice } from '@zonedeck/shared/records/advice'
import { fieldErrors, type FieldMessage } from '@zonedeck/shared/records/check'
import { recordTypes } from '@zonedeck/shared/records/index'
import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import type { Field, Fields, RecordType } from '@zonedeck/shared/records/record-type'
import { formatTtl, parseTtl } from '../zones/ttl.ts'
import { completeHost } from './complete-host.ts'

/** The fields of a form as they are typed, by field id. */
export type Values = Record<string, string>

/** Shown in a form: a type that is known, with fields. Others are edited as text. */
export function formOf(type: string): RecordType | null {
  const known = recordTypes.get(type)
  return known === undefined || known.fields.length === 0 ? null : known
}

/** Canonical rdata as the texts of a form (or an empty form); null when there is no form for it. */
export function readValues(type: string, rdata: string | null): Values | null {
  const form = formOf(type)
  if (form === null) return null
  try {
    const fields = rdata === null ? {} : form.parse(rdata)
    return Object.fromEntries(
      form.fields.map(({ id, kind, initial }) => {
        const value = fields[id] ?? (rdata === null ? (initial ?? '') : '')
        return [id, kind === 'ttl' && typeof value === 'number' ? formatTtl(value) : String(value)]
      }),
    )
  } catch {
    return null
  }
}

/**
 * What was typed as canonical rdata, or what is wrong by field id (`''`: the value as a whole).
 *
 * @param input a form's fields, or presentation text
 * @param origin absolute name of the zone; relative names in a text are completed with it
 */
export function writeValues(
  type: string,
  input: Values | string,
  origin: string,
): { rdata: string } | { errors: Record<string, string> } {
  if (typeof input === 'string') {
    if (input.trim() === '') return { errors: { '': 'Give a value, or remove it.' } }
    return toResult(() => canonicalRdata(type, input, origin))
  }
  const form = formOf(type)
  if (form === null) return { errors: { '': `There is no form for ${type}: edit it as text.` } }
  const fields: Fields = Object.fromEntries(
    form.fields.map((field) => [field.id, prepare(field, input[field.id] ?? '', origin)]),
  )
  const errors = fieldErrors(type, fields)
  if (errors.length > 0) return { errors: Object.fromEntries(errors.map(({ field, message }) => [field, message])) }
  return toResult(() => canonicalRdata(type, form.format(fields), origin))
}

/** What is allowed but hardly meant, by field id. */
export function adviceFor(type: string, values: Values, origin: string): readonly FieldMessage[] {
  const form = formOf(type)
  if (form === null) return []
  return fieldAdvice(
    type,
    Object.fromEntries(form.fields.map((field) => [field.id, prepare(field, values[field.id] ?? '', origin)])),
  )
}

function prepare(field: Field, text: string, origin: string): string {
  if (field.kind === 'host') return completeHost(text, origin)
  if (field.kind === 'ttl') {
    // Durations are shown as `1 h 30 min`, and may be typed so.
    const seconds = parseTtl(text)
    return typeof seconds === 'number' ? String(seconds) : text.trim()
  }
  return field.kind === 'longtext' || field.kind === 'text' || field.kind === 'quoted' ? text : text.trim()
}

function toResult(write: () => string): { rdata: string } | { errors: Record<string, string> } {
  try {
    return { rdata: write() }
  } catch (error) {
    return { errors: { '': error instanceof Error ? error.message : 'This value cannot be read.' } }
  }
}
