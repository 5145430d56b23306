import { defineType } from './define.ts'
import { quickHost } from './fields/quick.ts'

export const ptr = defineType({
  type: 'PTR',
  label: 'Pointer',
  help: 'The host name of an address, in a reverse zone.',
  fields: [{ id: 'target', label: 'Host name', kind: 'host', placeholder: 'host.example.com.' }],
  quick: quickHost(0),
})
