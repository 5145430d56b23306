import { defineType } from './define.ts'

export const uri = defineType({
  type: 'URI',
  label: 'Web address',
  help: 'The URI of a service, at a name such as _ftp._tcp (RFC 7553).',
  fields: [
    {
      id: 'priority',
      label: 'Priority',
      kind: 'uint16',
      help: 'Lower numbers are tried first.',
      placeholder: '10',
      initial: 10,
    },
    {
      id: 'weight',
      label: 'Weight',
      kind: 'uint16',
      help: 'Share of the load among targets of one priority.',
      placeholder: '1',
      initial: 1,
    },
    { id: 'target', label: 'URI', kind: 'quoted', quotes: true, placeholder: 'https://www.example.com/' },
  ],
})
