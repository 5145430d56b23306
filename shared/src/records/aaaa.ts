import { defineType } from './define.ts'
import { canonicalIpv6 } from './fields/address.ts'

export const aaaa = defineType({
  type: 'AAAA',
  label: 'IPv6 address',
  help: 'The IPv6 address this name leads to.',
  fields: [{ id: 'address', label: 'IPv6 address', kind: 'ipv6', placeholder: '2001:db8::1' }],
  quick: canonicalIpv6,
})
