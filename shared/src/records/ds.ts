import { defineType } from './define.ts'
import { checkDigest, dsFields } from './fields/dnssec.ts'

export const ds = defineType({
  type: 'DS',
  label: 'Delegation signer',
  help: 'Says that the zone below is signed, and with which key.',
  fields: dsFields,
  check: checkDigest,
})
