import { defineType } from './define.ts'
import { isIpv4 } from './fields/address.ts'

export const a = defineType({
  type: 'A',
  label: 'IPv4 address',
  help: 'The IPv4 address this name leads to.',
  fields: [{ id: 'address', label: 'IPv4 address', kind: 'ipv4', placeholder: '192.0.2.1' }],
  quick: (text) => (isIpv4(text) ? text : null),
})
