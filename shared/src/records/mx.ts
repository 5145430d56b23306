import { defineType } from './define.ts'
import { quickHost } from './fields/quick.ts'

export const mx = defineType({
  type: 'MX',
  label: 'Mail server',
  help: 'The server that takes mail for this name. A lone “.” with preference 0 says: no mail at all (RFC 7505).',
  fields: [
    {
      id: 'preference',
      label: 'Preference',
      kind: 'uint16',
      help: 'Lower numbers are tried first.',
      placeholder: '10',
      initial: 10,
    },
    { id: 'exchange', label: 'Mail server', kind: 'host', placeholder: 'mail.example.com.' },
  ],
  quick: quickHost(1),
})
