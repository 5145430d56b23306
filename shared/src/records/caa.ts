import { defineType } from './define.ts'

export const caa = defineType({
  type: 'CAA',
  label: 'Certificate authority',
  help: 'Which certificate authority may issue certificates for this name (RFC 8659).',
  fields: [
    {
      id: 'flags',
      label: 'Flags',
      kind: 'uint8',
      options: [
        { value: 0, label: 'None' },
        { value: 128, label: 'Critical: an authority that does not know the tag must not issue' },
      ],
      initial: 0,
    },
    {
      id: 'tag',
      label: 'Tag',
      kind: 'word',
      options: [
        { value: 'issue', label: 'issue: who may issue certificates' },
        { value: 'issuewild', label: 'issuewild: who may issue wildcard certificates' },
        { value: 'issuemail', label: 'issuemail: who may issue mail (S/MIME) certificates' },
        { value: 'iodef', label: 'iodef: where to report violations' },
        { value: 'contactemail', label: 'contactemail: mail address of the owner' },
        { value: 'contactphone', label: 'contactphone: telephone number of the owner' },
      ],
      initial: 'issue',
    },
    {
      id: 'value',
      label: 'Value',
      kind: 'quoted',
      help: 'The authority’s domain, “;” for nobody, or a mailto: or https: address for iodef.',
      placeholder: 'letsencrypt.org',
    },
  ],
})
