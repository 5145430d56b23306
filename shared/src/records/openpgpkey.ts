import { defineType } from './define.ts'

export const openpgpkey = defineType({
  type: 'OPENPGPKEY',
  label: 'OpenPGP key',
  help: 'The public key of a mail address, at a name made from its hash (RFC 7929).',
  fields: [{ id: 'key', label: 'Public key', kind: 'base64', help: 'In base64, without the lines around it.' }],
})
