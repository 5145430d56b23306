import { defineType } from './define.ts'

export const soa = defineType({
  type: 'SOA',
  label: 'Start of authority',
  help: 'The zone itself: its first server, whom to write to, and how copies are kept up to date.',
  fields: [
    { id: 'mname', label: 'Primary server', kind: 'host', placeholder: 'ns1.example.com.' },
    {
      id: 'rname',
      label: 'Responsible person',
      kind: 'mailbox',
      help: 'A mail address; the zone file writes it with a dot for the @.',
      placeholder: 'hostmaster@example.com',
    },
    {
      id: 'serial',
      label: 'Serial',
      kind: 'uint32',
      help: 'Other servers copy the zone when it grows.',
      placeholder: '2026010101',
    },
    {
      id: 'refresh',
      label: 'Refresh',
      kind: 'ttl',
      help: 'How often copies ask for changes.',
      placeholder: '1d',
      initial: 86_400,
    },
    {
      id: 'retry',
      label: 'Retry',
      kind: 'ttl',
      help: 'How soon they ask again when nobody answers.',
      placeholder: '2h',
      initial: 7200,
    },
    {
      id: 'expire',
      label: 'Expire',
      kind: 'ttl',
      help: 'When copies give up and stop to answer.',
      placeholder: '41d',
      initial: 3_542_400,
    },
    {
      id: 'minimum',
      label: 'Negative TTL',
      kind: 'ttl',
      help: 'How long “there is no such name” may be remembered.',
      placeholder: '1h',
      initial: 3600,
    },
  ],
})
