import { defineType } from './define.ts'

export const naptr = defineType({
  type: 'NAPTR',
  label: 'Naming authority pointer',
  help: 'A rule that rewrites a name or number into another, for telephony and the like (RFC 3403).',
  fields: [
    {
      id: 'order',
      label: 'Order',
      kind: 'uint16',
      help: 'Lower numbers are read first.',
      placeholder: '100',
      initial: 100,
    },
    {
      id: 'preference',
      label: 'Preference',
      kind: 'uint16',
      help: 'Among equal orders, lower numbers first.',
      placeholder: '10',
      initial: 10,
    },
    {
      id: 'flags',
      label: 'Flags',
      kind: 'text',
      options: [
        { value: '', label: 'None: go on with the replacement' },
        { value: 'U', label: 'U: the result is a URI' },
        { value: 'S', label: 'S: look for SRV records next' },
        { value: 'A', label: 'A: look for addresses next' },
      ],
      initial: 'U',
    },
    { id: 'services', label: 'Services', kind: 'text', placeholder: 'E2U+sip', initial: '' },
    {
      id: 'regexp',
      label: 'Regular expression',
      kind: 'text',
      help: 'Leave it empty when there is a replacement.',
      placeholder: '!^.*$!sip:info@example.com!',
      initial: '',
    },
    {
      id: 'replacement',
      label: 'Replacement',
      kind: 'host',
      help: '“.” when there is a regular expression.',
      placeholder: '.',
      initial: '.',
    },
  ],
})
