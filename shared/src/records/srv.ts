import { defineType } from './define.ts'
import { quickHost } from './fields/quick.ts'

export const srv = defineType({
  type: 'SRV',
  label: 'Service',
  help: 'Host and port of a service, at a name such as _sip._tcp. A lone “.” as target says: no such service (RFC 2782).',
  fields: [
    {
      id: 'priority',
      label: 'Priority',
      kind: 'uint16',
      help: 'Lower numbers are tried first.',
      placeholder: '0',
      initial: 0,
    },
    {
      id: 'weight',
      label: 'Weight',
      kind: 'uint16',
      help: 'Share of the load among targets of one priority.',
      placeholder: '0',
      initial: 0,
    },
    { id: 'port', label: 'Port', kind: 'uint16', placeholder: '443' },
    { id: 'target', label: 'Target', kind: 'host', placeholder: 'server.example.com.' },
  ],
  quick: quickHost(3),
})
