import * as z from 'zod'
import { fieldError } from './check.ts'
import { recordTypes } from './index.ts'
import { RdataError, type Fields } from './record-type.ts'

/**
 * A zod object for the fields of one type, made from the same checks that read zone files: input as a form has it (numbers
 * or text), output canonical. Throws RdataError for a type without a form.
 */
export function fieldsSchema(type: string) {
  const module = recordTypes.get(type)
  if (module === undefined) throw new RdataError(`${type} records have no form.`)
  const shape: Record<string, z.ZodType<string | number | undefined>> = {}
  for (const field of module.fields) {
    const base = z.union([z.string(), z.number()], { error: `${field.label} is missing.` })
    shape[field.id] = (field.optional === true ? base.optional() : base).transform((value, context) => {
      const error = fieldError(module, field, value)
      if (error === null) return module.checkField(field, value)
      context.addIssue({ code: 'custom', message: error.message })
      return z.NEVER
    })
  }
  return z.strictObject(shape).superRefine((fields, context) => {
    try {
      module.format(fields as Fields)
    } catch (error) {
      if (!(error instanceof RdataError)) throw error
      context.addIssue({ code: 'custom', message: error.message, path: error.field === undefined ? [] : [error.field] })
    }
  })
}
