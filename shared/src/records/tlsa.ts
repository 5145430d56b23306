import { defineType } from './define.ts'
import { certificateFields } from './fields/certificate.ts'

export const tlsa = defineType({
  type: 'TLSA',
  label: 'TLS certificate',
  help: 'The certificate or key a TLS service must show, at a name such as _25._tcp.mail (RFC 6698).',
  fields: certificateFields,
})
