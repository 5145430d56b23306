import { defineType } from './define.ts'
import { quickHost } from './fields/quick.ts'

export const ns = defineType({
  type: 'NS',
  label: 'Name server',
  help: 'A server that answers for this name and everything below it.',
  fields: [
    {
      id: 'server',
      label: 'Name server',
      kind: 'host',
      placeholder: 'ns1.example.com.',
      help: 'A host name with an address of its own, not an alias.',
    },
  ],
  quick: quickHost(0),
})
