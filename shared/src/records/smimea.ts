import { defineType } from './define.ts'
import { certificateFields } from './fields/certificate.ts'

export const smimea = defineType({
  type: 'SMIMEA',
  label: 'S/MIME certificate',
  help: 'The certificate of a mail address, at a name made from its hash (RFC 8162).',
  fields: certificateFields,
})
