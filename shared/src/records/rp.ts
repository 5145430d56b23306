import { defineType } from './define.ts'

export const rp = defineType({
  type: 'RP',
  label: 'Responsible person',
  help: 'Whom to write to about this name (RFC 1183).',
  fields: [
    { id: 'mailbox', label: 'Mail address', kind: 'mailbox', help: '“.” for none.', placeholder: 'admin@example.com' },
    {
      id: 'text',
      label: 'More at',
      kind: 'host',
      help: 'A name with TXT records that say more; “.” for none.',
      placeholder: '.',
      initial: '.',
    },
  ],
})
