import { defineType } from './define.ts'
import { keyFields } from './fields/dnssec.ts'

export const dnskey = defineType({
  type: 'DNSKEY',
  label: 'DNSSEC key',
  help: 'A public key the zone is signed with. Servers that sign make it themselves.',
  fields: keyFields,
})
